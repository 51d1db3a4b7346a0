package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The VM of a start that stopped after booting")
class VmTest {

    @TempDir
    Path folder;

    private final AnyImageRegistry registry = new AnyImageRegistry();
    private SimulatedCdk cdk;

    @BeforeEach
    void aVmIsUp() {
        registry.lacks("missing");
        cdk = SimulatedCdk.in(folder)
                .version("cdk-3.10")
                .hosts(Map.of("registry.corp.example:5000", registry.host()))
                .create();
        SimulatedCdk.Output start = cdk.run(
                Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "true"),
                "start",
                "--no-provision",
                "--skip-registration",
                "--insecure-registry",
                "registry.corp.example:5000",
                "--docker-opt",
                "add-registry=registry.corp.example:5000",
                "--docker-opt",
                "block-registry=docker.io");
        assertThat(start.exit()).as("%s", start).isZero();
    }

    @AfterEach
    void endTheWorld() {
        cdk.close();
        registry.close();
        assertThat(cdk.livingProcesses()).isEmpty();
    }

    private SimulatedCdk.Output ssh(String command) {
        return cdk.run(Map.of(), "ssh", "--", command);
    }

    @Test
    void looksAtRedHatsRegistryBeforeOurs() {
        assertThat(ssh("docker pull rhscl/httpd-24-rhel7").stdout())
                .contains("registry.corp.example:5000/rhscl/httpd-24-rhel7:latest");
        assertThat(cdk.journal().outside())
                .contains(new Journal.OutsideContact("registry.access.redhat.com", "docker pull"))
                .doesNotContain(new Journal.OutsideContact("registry-1.docker.io", "docker pull"));
    }

    @Test
    void pullsQualifiedNamesFromTheirRegistryAlone() {
        assertThat(ssh("docker pull registry.corp.example:5000/a/b:1").exit()).isZero();
        SimulatedCdk.Output missing = ssh("docker pull registry.corp.example:5000/a/missing:1");
        assertThat(missing.exit()).isOne();
        assertThat(missing.stderr())
                .contains(
                        "manifest for registry.corp.example:5000/a/missing:1 not found",
                        "Command failed: exit status 1");
        assertThat(ssh("docker pull docker.io/library/busybox").stderr()).contains("All endpoints blocked.");
        assertThat(ssh("docker pull quay.io/a/b").stderr()).contains("lookup quay.io");
    }

    @Test
    void hasAShell() {
        assertThat(ssh("docker images -q nosuch; echo rc=$?").stdout()).isEqualTo("rc=0\n");
        assertThat(ssh("nosuch; echo rc=$?").stdout()).isEqualTo("rc=127\n");
        assertThat(ssh("false && echo no || echo yes").stdout()).isEqualTo("yes\n");
        assertThat(ssh("exit 7").stderr()).isEqualTo("Command failed: exit status 7\n");
        assertThat(
                        ssh("sudo mkdir -p /etc/docker/certs.d/x; echo secret | sudo tee /etc/docker/certs.d/x/ca.crt >/dev/null; cat /etc/docker/certs.d/x/ca.crt")
                                .stdout())
                .isEqualTo("secret\n");
        assertThat(ssh("cat /etc/systemd/system/docker.service.d/10-machine.conf")
                        .stdout())
                .contains("--add-registry registry.access.redhat.com", "--add-registry=registry.corp.example:5000")
                .contains("--insecure-registry registry.corp.example:5000 --insecure-registry 172.30.0.0/16");
    }

    @Test
    void keepsWhatItWasCreatedWith() {
        cdk.run(Map.of(), "stop", "--skip-unregistration");
        assertThat(ssh("true").stderr()).contains("Host \"minishift\" is not running");
        assertThat(cdk.run(Map.of(), "ip").stdout()).contains("no VM is running");
        cdk.run(
                Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "true"),
                "start",
                "--no-provision",
                "--skip-registration",
                "--docker-opt",
                "add-registry=other");
        assertThat(ssh("cat /etc/systemd/system/docker.service.d/10-machine.conf")
                        .stdout())
                .contains("--add-registry=registry.corp.example:5000")
                .doesNotContain("other");
    }
}
