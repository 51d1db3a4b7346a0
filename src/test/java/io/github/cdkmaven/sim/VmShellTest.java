package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The shell of a simulated VM")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VmShellTest {

    private SimulatedCdk cdk;

    @BeforeAll
    void boot(@TempDir Path folder) {
        cdk = SimulatedCdk.in(folder).version("cdk-3.10").create();
        bootAgain();
    }

    @AfterAll
    void end() {
        cdk.close();
    }

    private void bootAgain() {
        SimulatedCdk.Output start = cdk.run(
                Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "true"), "start", "--no-provision", "--skip-registration");
        assertThat(start.exit()).as("%s", start).isZero();
    }

    private SimulatedCdk.Output ssh(String command) {
        return cdk.ssh("", command);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "echo 'a && b' \"; c | d\"                       # a && b ; c | d",
                "echo $HOME ~ '$HOME' \"$HOME\"                  # /home/docker /home/docker $HOME /home/docker",
                "A=1; echo ${A}$A$B                              # 11",
                "echo a | cat | tee /tmp/a >/dev/null; cat /tmp/a # a",
                "printf '%s-%s\\n' a b                           # a-b",
                "false && echo no || echo yes                    # yes",
                "true || echo no; echo $?                        # 0",
                "! true; echo $?                                 # 1",
                "if [ -f /etc/os-release ]; then echo y; else echo n; fi # y",
                "if test -d /nowhere; then echo y; else echo n; fi # n",
                "x=$(echo a b); echo \"$x\"                      # a b",
                "(exit 3); echo $?                               # 3",
                "sh -c 'exit 4'; echo $?                         # 4",
                "echo a > /tmp/b; echo b >> /tmp/b; cat < /tmp/b | wc -l # 2",
                "cat /nowhere 2>/dev/null || echo gone           # gone",
                "nosuch 2>&1                                     # bash: line 1: nosuch: command not found",
                "{ echo a; echo b; } | wc -l                     # 2",
                "echo YQBi | base64 -d | base64                  # YQBi",
                "printf abc | sha256sum # ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  -",
                "id -u; sudo id -u                               # 1000 0",
                "sudo sh -c 'echo $HOME'                         # /root"
            })
    @DisplayName("does what a real one does")
    void does(String command, String output) {
        assertThat(ssh(command).stdout().strip().replace('\n', ' ')).isEqualTo(output);
    }

    @Test
    @DisplayName("lets only root write to the system, and a redirection is not root's because of sudo")
    void rights() {
        String file = "/etc/docker/certs.d/registry.corp.example:5000/ca.crt";

        assertThat(ssh("echo x > " + file).stderr()).contains(file + ": Permission denied");
        assertThat(ssh("sudo echo x > " + file).stderr()).contains(file + ": Permission denied");
        assertThat(ssh("echo x | sudo tee " + file).stderr()).contains("tee: " + file + ": No such file or directory");
        assertThat(ssh("mkdir -p " + file.replace("/ca.crt", "")).stderr()).contains("Permission denied");
        assertThat(ssh("sudo mkdir -p " + file.replace("/ca.crt", "") + " && echo x | sudo tee " + file)
                        .stdout())
                .isEqualTo("x\n");
        assertThat(ssh("sudo sh -c 'echo y > " + file + "'; cat " + file).stdout())
                .isEqualTo("y\n");
        assertThat(ssh("echo z > /root/z").exit()).isOne();
        assertThat(ssh("cat /root/z").stderr()).contains("Permission denied");
        assertThat(ssh("sudo mkdir /etc/docker/a/b").stderr()).contains("No such file or directory");
    }

    @Test
    @DisplayName("reads what the caller of ssh has on its standard input, byte by byte")
    void standardInput() {
        byte[] bytes = {0, 1, (byte) 0xc3, (byte) 0xbc, 10, (byte) 0xff};
        cdk.ssh(Base64.getEncoder().encodeToString(bytes), "base64 -d > /tmp/bytes");

        assertThat(ssh("base64 -w0 /tmp/bytes").stdout())
                .isEqualTo(Base64.getEncoder().encodeToString(bytes));
        assertThat(cdk.ssh("häh\n", "cat").stdout()).isEqualTo("häh\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {"for i in 1 2; do echo $i; done", "cat << EOF", "sleep 1 &", "echo `date`", "echo 'a", "rm /tmp/*"
            })
    @DisplayName("refuses what it does not know")
    void unknown(String command) {
        SimulatedCdk.Output output = ssh(command.replace("``", "`"));
        assertThat(output.exit()).isOne();
        assertThat(output.stderr()).contains("bash: ", "Command failed: exit status 2");
    }

    @Test
    @DisplayName("finds only the disk as it was after the next boot: CA and login are gone")
    void forgets() {
        ssh("sudo mkdir -p /etc/docker/certs.d/h:1; echo x | sudo tee /etc/docker/certs.d/h:1/ca.crt");
        ssh("mkdir -p ~/.docker; echo {} > ~/.docker/config.json");
        ssh("echo x | sudo tee /var/lib/minishift/kept");
        cdk.run(Map.of(), "stop", "--skip-unregistration");
        bootAgain();

        assertThat(ssh("ls /etc/docker/certs.d ~/.docker").stdout()).doesNotContain("ca.crt", "config.json");
        assertThat(ssh("cat /etc/docker/certs.d/h:1/ca.crt ~/.docker/config.json")
                        .exit())
                .isOne();
        assertThat(ssh("cat /var/lib/minishift/kept").stdout()).isEqualTo("x\n");
    }
}
