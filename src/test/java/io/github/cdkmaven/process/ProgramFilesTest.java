package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The file of a program")
class ProgramFilesTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("is called like the program everywhere but on Windows, where PATHEXT has the suffixes in their order")
    void suffixes() {
        assertThat(ProgramFiles.of(false, Optional.of(".EXE")).suffixes()).containsExactly("");
        assertThat(ProgramFiles.of(true, Optional.of(".COM;.EXE; .BAT;;JS")).suffixes())
                .containsExactly(".COM", ".EXE", ".BAT");
        assertThat(ProgramFiles.of(true, Optional.empty()).suffixes()).containsExactly(".exe", ".cmd", ".bat");
    }

    @Test
    @DisplayName("is the first one on the PATH that may be executed and is no folder")
    void find() throws IOException {
        Path first = Files.createDirectories(folder.resolve("first"));
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.createFile(first.resolve("minishift.EXE")); // may not be executed
        Files.createDirectories(first.resolve("minishift.BAT"));
        Path wanted = executable(second.resolve("minishift.BAT"));

        ProgramFiles windows = ProgramFiles.of(true, Optional.of(".EXE;.BAT"));

        assertThat(windows.find("minishift", List.of(first, second))).contains(wanted);
        assertThat(windows.find("oc", List.of(first, second))).isEmpty();
    }

    @Test
    @DisplayName("may be named without its suffix on Windows, and is itself where it is there")
    void complete() throws IOException {
        Path program = executable(folder.resolve("cdk-3.10.0-1-minishift-windows-amd64.EXE"));
        ProgramFiles windows = ProgramFiles.of(true, Optional.of(".COM;.EXE"));

        assertThat(windows.complete(folder.resolve("cdk-3.10.0-1-minishift-windows-amd64")))
                .isEqualTo(program);
        assertThat(windows.complete(program)).isEqualTo(program);
        assertThat(windows.complete(folder.resolve("nowhere"))).isEqualTo(folder.resolve("nowhere"));
    }

    private static Path executable(Path file) throws IOException {
        Files.createFile(file);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
