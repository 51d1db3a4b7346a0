package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.sim.Lie;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.SimulatedCdkBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Each way in which a simulated start fails leads to its own advice")
class SimulatedFailuresTest {

    @TempDir
    Path folder;

    @Test
    void noHypervisor() {
        assertThat(explain(cdk("cdk-3.10").hypervisor(false)).what())
                .isEqualTo("The hypervisor of the VM is not ready on this machine.");
    }

    @Test
    void noHypervisorAndNoStartupChecks() {
        assertThat(explain(cdk("cdk-3.10").hypervisor(false), "--skip-startup-checks")
                        .fix())
                .contains("<vmDriver>");
    }

    @Test
    void flagThatThisVersionRefuses() {
        Problem problem = explain(cdk("cdk-3.4"), "--extra-clusterup-flags", "--image=registry.corp.example:5000/ose");
        assertThat(problem.what()).contains("'extra-clusterup-flags'").contains("minishift#2318");
        assertThat(problem.fix()).contains("<startArguments>");
    }

    @Test
    void flagThatNobodyKnows() {
        assertThat(explain(cdk("cdk-3.10"), "--frobnicate").what())
                .isEqualTo("This minishift does not know the flag '--frobnicate'.");
    }

    @Test
    void openshiftWithoutItsOc() {
        Problem problem = explain(cdk("cdk-3.10"), "--openshift-version", "v3.11.59");
        assertThat(problem.what()).contains("no 'oc' for this OpenShift version");
        assertThat(problem.fix()).contains("<openshiftVersion>");
    }

    @Test
    void openshiftTooOld() {
        assertThat(explain(cdk("cdk-3.10"), "--openshift-version", "v3.9.31").what())
                .isEqualTo("This minishift does not start OpenShift v3.9.31.");
    }

    @Test
    void imageToCopyOcFrom() {
        Problem problem = explain(
                cdk("cdk-3.10"), "--docker-opt", "block-registry=registry.access.redhat.com", "--skip-startup-checks");
        assertThat(problem.what()).contains("from which minishift copies 'oc'");
        assertThat(problem.fix()).contains("mirror that image").contains("delete");
    }

    @Test
    void platformImage() {
        Problem problem = explain(cdk("cdk-3.4"), "--docker-opt", "block-registry=registry.access.redhat.com");
        assertThat(problem.what()).isEqualTo("OpenShift could not pull one of its images.");
        assertThat(problem.fix()).contains("cdk:images");
    }

    @Test
    void registration() {
        Problem problem = explainAsIs(cdk("cdk-3.10"), "start");
        assertThat(problem.what()).contains("could not be registered");
        assertThat(problem.fix()).contains("<skipRegistration>");
    }

    @Test
    void genericDriverWithoutItsMachine() {
        assertThat(explain(cdk("minishift-1.34.3"), "--vm-driver", "generic").fix())
                .contains("<remoteIpAddress>");
    }

    @Test
    void fullDisk() {
        Problem problem = explain(cdk("cdk-3.4").lie(Lie.DISK_FULL));
        assertThat(problem.what()).isEqualTo("The VM's disk is full.");
        assertThat(problem.fix()).contains("<diskSize>");
    }

    @Test
    void dockerThatDoesNotStart() {
        Problem problem = explain(cdk("cdk-3.10").lie(Lie.DOCKER_DOES_NOT_START));
        assertThat(problem.what()).isEqualTo("The docker of the VM did not start.");
        assertThat(problem.fix()).contains("<blockedRegistries>").contains("cdk:delete");
    }

    @Test
    void noFileForTheIso() {
        assertThat(explain(cdk("cdk-3.10"), "--iso-url", "file:///nowhere.iso").fix())
                .contains("<isoUrl>");
    }

    @Test
    void wrongProxy() {
        assertThat(explain(cdk("cdk-3.10"), "--http-proxy", "htp:/x y").what())
                .isEqualTo("The proxy's URL is not valid.");
    }

    private SimulatedCdkBuilder cdk(String version) {
        return SimulatedCdk.in(folder.resolve("site")).version(version);
    }

    private static Problem explain(SimulatedCdkBuilder builder, String... more) {
        List<String> arguments = new ArrayList<>(List.of("start", "--skip-registration"));
        arguments.addAll(List.of(more));
        return explainAsIs(builder, arguments.toArray(String[]::new));
    }

    private static Problem explainAsIs(SimulatedCdkBuilder builder, String... arguments) {
        try (SimulatedCdk cdk = builder.create()) {
            SimulatedCdk.Output output = cdk.run(Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "true"), arguments);
            assertThat(output.exit()).isNotZero();
            Problem problem = StartFailure.explain(
                    new CommandResult(output.exit(), output.stdout(), output.stderr(), Duration.ZERO, false));
            assertThat(problem.evidence()).as("the last lines").hasSizeGreaterThan(1);
            return problem;
        }
    }
}
