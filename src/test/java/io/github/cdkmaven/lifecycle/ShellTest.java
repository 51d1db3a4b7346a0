package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A variable's line")
class ShellTest {

    @Test
    @DisplayName("gives a real sh the value, whatever letters it has")
    void sh() throws IOException {
        String value = "/home/o'hara/a b/$HOME/`id`/\"x\"";
        String script = Shell.SH.set("KUBECONFIG", value) + "\n" + Shell.SH.prepend(value)
                + "\nprintf '%s|%s' \"$KUBECONFIG\" \"$PATH\"";
        Process shell = new ProcessBuilder("sh", "-c", script).start();

        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(printed).startsWith(value + "|" + value + ":");
    }

    @ParameterizedTest
    @CsvSource({"0, seen", "1, ''"})
    @DisplayName("is carried out by a real sh, and what a goal that failed printed is not")
    void failedGoal(int exit, String expected) throws IOException {
        String script =
                "mvn() { echo 'SEEN=seen'; return " + exit + "; }\n" + Shell.SH.use("cdk:env") + "\nprintf \"$SEEN\"";
        Process shell = new ProcessBuilder("sh", "-c", script).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("is one of PowerShell or of cmd on request")
    void windows() {
        assertThat(Shell.POWERSHELL.set("KUBECONFIG", "C:\\o'hara\\kubeconfig"))
                .isEqualTo("$Env:KUBECONFIG = 'C:\\o''hara\\kubeconfig'");
        assertThat(Shell.POWERSHELL.prepend("C:\\oc")).isEqualTo("$Env:PATH = 'C:\\oc;' + $Env:PATH");
        assertThat(Shell.CMD.set("KUBECONFIG", "C:\\a b")).isEqualTo("SET \"KUBECONFIG=C:\\a b\"");
        assertThat(Shell.CMD.prepend("C:\\oc")).isEqualTo("SET \"PATH=C:\\oc;%PATH%\"");
    }
}
