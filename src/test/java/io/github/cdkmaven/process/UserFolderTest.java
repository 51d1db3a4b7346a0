package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The user's folder")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions of POSIX, and HOME")
class UserFolderTest {

    @TempDir
    Path home;

    @Test
    @DisplayName("lies in the home that the environment names, else in the JVM's")
    void liesInTheHome() {
        assertThat(UserFolder.accountHome(Optional.of("/home/jane"), "/root")).isEqualTo(Path.of("/home/jane"));
        assertThat(UserFolder.accountHome(Optional.of(" "), "/root")).isEqualTo(Path.of("/root"));
        assertThat(UserFolder.accountHome(Optional.empty(), "/root")).isEqualTo(Path.of("/root"));
    }

    @Test
    @DisplayName("is the user's alone, also where it was open before")
    void isPrivate() throws IOException {
        Path folder = UserFolder.create(home);
        assertThat(permissions(folder)).isEqualTo("rwx------");

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(UserFolder.create(home)).isEqualTo(folder);
        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @Test
    @DisplayName("is refused, with what to do, where its place is taken or the home is not there")
    void isRefused() throws IOException {
        Files.writeString(UserFolder.in(home), "a file");
        assertThat(refusal(home)).contains(UserFolder.in(home).toString()).contains("HOME");

        assertThat(refusal(home.resolve("none"))).contains(home.resolve("none").toString());
    }

    private static String refusal(Path home) {
        return catchThrowableOfType(ProblemException.class, () -> UserFolder.create(home))
                .problem()
                .toLines()
                .toString();
    }

    private static String permissions(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }
}
