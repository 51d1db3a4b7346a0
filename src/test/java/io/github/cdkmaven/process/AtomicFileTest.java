package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file that is written whole or not at all")
class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("takes the place of the old one, and its folder is made")
    void takesThePlace() throws IOException {
        Path file = folder.resolve("deep/report.html");

        AtomicFile.write(file, out -> out.write("old and long"));
        AtomicFile.write(file, out -> out.write("Grüße"));

        assertThat(Files.readString(file)).isEqualTo("Grüße");
        assertThat(files(file.getParent())).containsExactly(file);
    }

    @Test
    @DisplayName("keeps its old content when writing breaks off in the middle")
    void keepsItsOldContent() throws IOException {
        Path file = folder.resolve("report.html");
        Files.writeString(file, "old");

        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write("half");
                    out.flush();
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(file).hasContent("old");
        assertThat(files(folder)).containsExactly(file);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("that is private is nobody else's to read, also where the old one was")
    void isPrivate() throws IOException {
        Path ordinary = Files.writeString(folder.resolve("ordinary"), "");
        Path file = Files.writeString(folder.resolve("kubeconfig"), "for all");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        AtomicFile.writePrivate(file, "token");

        assertThat(file).hasContent("token");
        assertThat(permissions(file)).isEqualTo("rw-------");

        AtomicFile.write(file, out -> out.write("no token"));

        assertThat(permissions(file)).isEqualTo(permissions(ordinary));
    }

    @Test
    @DisplayName("is written by a thread that was interrupted, too: what it did has to be told")
    void interrupted() throws IOException {
        Path file = folder.resolve("report.html");
        Path own = folder.resolve("kubeconfig");

        Thread.currentThread().interrupt();
        AtomicFile.write(file, out -> out.write("interrupted"));
        AtomicFile.writePrivate(own, "token");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("interrupted");
        assertThat(own).hasContent("token");
    }

    @Test
    @DisplayName("takes bytes as they are")
    void bytes() throws IOException {
        Path file = folder.resolve("kubeconfig");
        byte[] bytes = {(byte) 0xff, '\r', '\n', 0};

        AtomicFile.writePrivate(file, bytes);

        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    @DisplayName("leaves nothing behind when it cannot take its place")
    void leavesNothingBehind() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("kubeconfig/with")).getParent();

        assertThatThrownBy(() -> AtomicFile.writePrivate(taken, "token: CANARY"))
                .isInstanceOf(IOException.class);

        assertThat(files(folder)).containsExactly(taken);
    }

    @Test
    @DisplayName("leaves nothing behind on a full disk, and what was there before is whole")
    @EnabledIf(value = "io.github.cdkmaven.process.Root#available", disabledReason = "only root can mount a small disk")
    void leavesNothingBehindOnAFullDisk() throws Exception {
        try (AutoCloseable disk = Root.smallDisk(folder, "64k")) {
            Path file = folder.resolve("kubeconfig");
            AtomicFile.writePrivate(file, "old");

            assertThatThrownBy(() -> AtomicFile.writePrivate(file, "token: CANARY" + "x".repeat(100_000)))
                    .isInstanceOf(IOException.class);

            assertThat(file).hasContent("old");
            assertThat(files(folder)).containsExactly(file);
            assertThat(disk).isNotNull();
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
