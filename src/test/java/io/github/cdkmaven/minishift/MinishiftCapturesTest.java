package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.Captures;
import io.github.cdkmaven.minishift.VmStatus.Vm;
import io.github.cdkmaven.openshift.AllowedRegistry;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What minishift really printed")
@EnabledIf("io.github.cdkmaven.Captures#present")
class MinishiftCapturesTest {

    @ParameterizedTest
    @DisplayName("tells its version")
    @CsvSource({"minishift-1.34.3/version, minishift 1.34.3", "minishift-1.15.1/version, minishift 1.15.1"})
    void version(String capture, String product) {
        assertThat(MinishiftVersion.parse(out(capture))).hasToString(product);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("tells the state of the VM and of OpenShift")
    @CsvSource({
        "minishift-1.15.1/status-absent, DOES_NOT_EXIST, false",
        "minishift-1.34.3/status-absent, DOES_NOT_EXIST, false",
        "minishift-1.20.0-running/status-running, RUNNING, true",
        "minishift-1.20.0-running/status-after-restart, RUNNING, true",
        "minishift-1.20.0-running/status-stopped, RUNNING, false",
        "minishift-1.34.3-running/status-running, RUNNING, true",
        "minishift-1.34.3-running/status-after-restart, RUNNING, true",
        "minishift-1.34.3-running/status-stopped, RUNNING, false",
    })
    void status(String capture, Vm vm, boolean openshift) {
        VmStatus status = VmStatus.parse(out(capture));

        assertThat(status.vm()).isEqualTo(vm);
        assertThat(status.openshiftRunning()).isEqualTo(openshift);
        assertThat(status.toState(true, true).isStopped()).isEqualTo(!openshift);
        if (openshift) {
            assertThat(status.openshift()).contains("v3.9.0");
            assertThat(status.profile()).contains("minishift");
        }
    }

    @Test
    @DisplayName("holds the whitelist of OpenShift 3.9")
    void whitelist() {
        Whitelist whitelist = Whitelist.find(out("minishift-1.34.3-running/openshift-config-view-master"))
                .orElseThrow();

        assertThat(whitelist.entries())
                .extracting(AllowedRegistry::domainName)
                .containsExactly(
                        "docker.io",
                        "*.docker.io",
                        "*.redhat.com",
                        "gcr.io",
                        "quay.io",
                        "registry.centos.org",
                        "registry.redhat.io",
                        "*.amazonaws.com");
        assertThat(whitelist.admits("registry.access.redhat.com", false)).isTrue();
        assertThat(whitelist.admits("registry.corp:5000", false)).isFalse();
    }

    @Test
    @DisplayName("when it failed to start is explained")
    void failures() {
        List<String> starts =
                Captures.names("start-", "minishift-1.15.1", "minishift-1.34.3", "minishift-1.34.3-running");
        List<Problem> problems = starts.stream()
                .map(Captures::read)
                .filter(capture -> capture.path("exit").asInt() != 0)
                .map(capture -> StartFailure.explain(
                        result(capture),
                        new MachineFiles(Path.of("home"), "minishift"),
                        Registries.of(Registry.to("registry.corp.example:5000"))))
                .toList();

        assertThat(problems)
                .hasSizeGreaterThan(10)
                .extracting(Problem::what)
                .doesNotContain("'minishift start' failed.");
    }

    private static String out(String capture) {
        return Captures.read(capture).path("stdout").asText();
    }

    private static CommandResult result(JsonNode capture) {
        return new CommandResult(
                capture.path("exit").asInt(),
                capture.path("stdout").asText(),
                capture.path("stderr").asText(),
                Duration.ZERO,
                false);
    }
}
