package io.github.cdkmaven.minishift.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.report.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The look at minishift's home")
class HomeCheckTest {

    @TempDir
    Path folder;

    @Test
    void isContentWithAFolderThatCanStillBeMade() {
        assertThat(look(Host.OperatingSystem.LINUX, folder.resolve("not/yet/there"), "", "")
                        .outcome()
                        .word())
                .isEqualTo("ok");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysThatAFileIsInTheWay() throws IOException {
        Path file = Files.createFile(folder.resolve("cdk"));

        Check home = look(Host.OperatingSystem.LINUX, file.resolve("home"), "", "");

        assertThat(home.outcome().word()).isEqualTo("fail");
        assertThat(home.message()).isEqualTo(file + " is a file, not a folder");
        assertThat(home.fix().orElseThrow()).contains("<home>", "-Dcdk.home");
    }

    @ParameterizedTest(name = "home {0}, build in {1}, program {2}: {3}")
    @CsvSource({
        "C:/cdk, c:/team/app, C:/bin/minishift.exe, can be written to",
        "C:/cdk, D:/team/app, C:/bin/minishift.exe, 'it is on a different drive from D:/team/app, which minishift does not support (minishift#236)'",
        "D:/cdk, D:/team/app, C:/bin/minishift.exe, 'it is on a different drive from C:/bin/minishift.exe, which minishift does not support (minishift#236)'",
        "'\\\\homes\\jane\\cdk', C:/team/app, C:/bin/minishift.exe, minishift cannot keep a VM on a network share (minishift#1098)"
    })
    void wantsOneDriveOnWindows(String home, String directory, String program, String words) {
        Check check = look(Host.OperatingSystem.WINDOWS, Path.of(home), directory, program);

        assertThat(check.message()).isEqualTo(words);
        assertThat(check.outcome().word()).isEqualTo(words.startsWith("can") ? "ok" : "warn");
    }

    private Check look(Host.OperatingSystem system, Path home, String directory, String program) {
        Host host = new Host(system, 1, path -> 1, List.of(), folder, Path.of(directory));
        return new HomeCheck(home, () -> Path.of(program), host).get().get(0);
    }
}
