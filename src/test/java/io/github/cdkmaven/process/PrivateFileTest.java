package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A private file")
class PrivateFileTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("is readable for its owner alone, also in place of one that was not")
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions of POSIX")
    void isPrivate() throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        PrivateFile.write(file, "token: ü");

        assertThat(file).hasContent("token: ü");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    @DisplayName("leaves nothing behind when it cannot take its place")
    void leavesNothingBehind() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("kubeconfig/with"));

        assertThat(catchThrowable(() -> PrivateFile.write(taken.getParent(), "token: CANARY")))
                .isInstanceOf(IOException.class);

        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    @DisplayName("leaves nothing behind on a full disk, and what was there before is whole")
    @EnabledIf(value = "io.github.cdkmaven.process.Root#available", disabledReason = "only root can mount a small disk")
    void leavesNothingBehindOnAFullDisk() throws Exception {
        try (AutoCloseable disk = Root.smallDisk(folder, "64k")) {
            Path file = folder.resolve("kubeconfig");
            PrivateFile.write(file, "old");

            assertThat(catchThrowable(() -> PrivateFile.write(file, "token: CANARY" + "x".repeat(100_000))))
                    .isInstanceOf(IOException.class);

            assertThat(file).hasContent("old");
            assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
            assertThat(disk).isNotNull();
        }
    }
}
