package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.lifecycle.StartRequest.IfRunning;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.sim.Lie;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.SimulatedCdkBuilder;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import io.github.cdkmaven.world.Mirror;
import io.github.cdkmaven.world.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("cdk:start and cdk:stop over a simulated CDK")
class StartCdkTest {

    private static final String USERS_OWN = "apiVersion: v1\nkind: Config\n# the user's own\ncurrent-context: work\n";

    @TempDir
    Path folder;

    private static final String OTHER = "rhscl/nodejs-8-rhel7:latest";

    private SimulatedRegistry registry;

    @BeforeEach
    void startRegistry() {
        registry = SimulatedRegistry.start();
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({
        "cdk-3.5, v3.9.31, version status start status openshift openshift ssh console, version status openshift ssh console",
        "cdk-3.10, v3.11.141, version status start status ssh console, version status ssh console"
    })
    @DisplayName(
            "starts, moves, attaches without changing anything, stops, and leaves the user's kubeconfig byte for byte, and asks minishift seldom")
    void mainJob(String version, String openshift, String first, String attached) throws IOException {
        try (SimulatedCdk cdk =
                cdk(version, openshift).accountKubeconfig(USERS_OWN).create()) {
            Path kubeconfig = cdk.accountHome().resolve(".kube/config");
            Files.setPosixFilePermissions(kubeconfig, PosixFilePermissions.fromString("rw-r-----"));
            Site site = site(cdk).preflight();

            StartedCdk started = site.start();

            assertThat(commands(cdk, 0)).containsExactly(first.split(" "));
            assertThat(started.startedByThisBuild()).isTrue();
            assertThat(started.apiUrl()).isEqualTo("https://" + started.ip() + ":8443");
            assertThat(started.oc().orElseThrow()).isExecutable();
            assertThat(started.pushRegistry()).contains("172.30.1.1:5000").isEqualTo(started.internalRegistry());
            assertThat(started.pushLogin()).isPresent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(started.kubeconfig())))
                    .isEqualTo("rw-------");
            assertThat(site.report().path("outcome").asText()).isEqualTo("ok");
            assertThat(summary(site)).isEqualTo("5 streams, 11 tags: 7 imported, 0 unchanged, 4 skipped, 0 failed");
            assertThat(kubeconfig).hasContent(USERS_OWN);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kubeconfig)))
                    .isEqualTo("rw-r-----");

            int changes = cdk.journal().changingCalls().size();
            int asked = cdk.journal().minishiftCalls().size();
            assertThat(site.start().startedByThisBuild()).isTrue();
            assertThat(commands(cdk, asked)).containsExactly(attached.split(" "));
            assertThat(summary(site)).isEqualTo("5 streams, 11 tags: 0 imported, 7 unchanged, 4 skipped, 0 failed");
            assertThat(cdk.journal().changingCalls()).hasSize(changes);

            site.stop();
            assertThat(cdk.status()).contains("Minishift:  Stopped");
            assertThat(kubeconfig).hasContent(USERS_OWN);

            site.start();
            site.stop();
            assertThat(cdk.status()).contains("Minishift:  Stopped");
            assertThat(kubeconfig).hasContent(USERS_OWN);
        }
    }

    @ParameterizedTest
    @CsvSource({"minishift-1.20.0, v3.9.0", "minishift-1.34.3, v3.11.0"})
    @DisplayName(
            "upstream minishift on a machine reached by SSH: OpenShift's line tells the state, since the machine runs on")
    void genericDriver(String version, String openshift) {
        new Mirror(registry).platform("openshift/origin", openshift).defaultImageStreams();
        registry.image("openshift/origin-control-plane:" + openshift);
        try (SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                .version(version)
                .pacing(false)
                .create()) {
            Site site = generic(cdk);

            assertThat(site.start().startedByThisBuild()).isTrue();
            assertThat(summary(site)).contains("7 imported");
            site.stop();
            assertThat(cdk.status()).contains("Minishift:  Running").contains("OpenShift:  Stopped");

            assertThat(site.start().startedByThisBuild()).isTrue();
            assertThat(summary(site)).contains("7 unchanged");
            site.stop();
            assertThat(cdk.status()).contains("OpenShift:  Stopped");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Lie.class,
            names = {"START_FAILS_AFTER_VM_UP", "DOCKER_DOES_NOT_START"})
    @DisplayName("what a failed start leaves on a machine reached by SSH is stopped, and cleared by the next start")
    void genericDriverFails(Lie lie) {
        new Mirror(registry).platform("openshift/origin", "v3.11.0").defaultImageStreams();
        registry.image("openshift/origin-control-plane:v3.11.0");
        try (SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                .version("minishift-1.34.3")
                .pacing(false)
                .lie(lie)
                .create()) {
            Site site = generic(cdk);

            failure(site::start);
            assertThat(life(cdk)).as("whatever one line of status says").containsExactly("start", "stop");

            failure(site.keepOnFailure()::start);
            assertThat(life(cdk)).containsExactly("start", "stop", "delete", "start");
            assertThat(failure(site::start).what()).as("it was kept").contains("an earlier start failed");
            assertThat(life(cdk)).hasSize(4);

            site.delete();
            assertThat(cdk.status()).isEqualTo("Does Not Exist\n");
        }
    }

    private static List<String> life(SimulatedCdk cdk) {
        return commands(cdk, 0).stream()
                .filter(List.of("start", "stop", "delete")::contains)
                .toList();
    }

    private Site generic(SimulatedCdk cdk) {
        return site(cdk)
                .option(StartOption.VM_DRIVER, "generic")
                .option(StartOption.REMOTE_IP_ADDRESS, "127.0.0.1")
                .option(StartOption.REMOTE_SSH_USER, "ci")
                .option(StartOption.REMOTE_SSH_KEY, folder.resolve("key").toString());
    }

    @Test
    @DisplayName(
            "an image that the registry lacks, or has as OCI only, fails the build by name, and every other tag is moved")
    void missingImage() {
        try (SimulatedCdk cdk = cdk("cdk-3.10", "v3.11.141").create()) {
            registry.remove("rhscl/redis-32-rhel7:latest");
            registry.put(OTHER, TinyImage.oci("other"));
            Site site = site(cdk);

            Problem problem = failure(site::start);

            assertThat(problem.what()).contains("2 of 7").contains(registry.host());
            assertThat(String.join("\n", problem.toLines()))
                    .contains("openshift/redis:3.2")
                    .contains(registry.host() + "/rhscl/redis-32-rhel7:latest")
                    .contains("NotFound")
                    .contains("OciOnly")
                    .contains("--format v2s2")
                    .contains("Fix: ")
                    .contains("<excludes>");
            assertThat(site.report().path("outcome").asText()).isEqualTo("failed");
            assertThat(summary(site)).isEqualTo("5 streams, 11 tags: 5 imported, 0 unchanged, 4 skipped, 2 failed");
            assertThat(tag(site, "redis", "3.2").path("reason").asText()).isEqualTo("NotFound");
            assertThat(tag(site, "nodejs", "8").path("reason").asText()).isEqualTo("OciOnly");
            assertThat(cdk.status()).as("this build had started it").contains("Stopped");
        }
    }

    @Test
    @DisplayName("a CDK that ran before is left running when the goal fails, and when the build stops")
    void leavesWhatItDidNotStart() {
        try (SimulatedCdk cdk = cdk("cdk-3.10", "v3.11.141").create()) {
            registry.remove("rhscl/redis-32-rhel7:latest");
            failure(site(cdk).build("by-hand", false).keepOnFailure()::start);
            assertThat(cdk.status()).contains("Minishift:  Running");

            Problem problem = failure(site(cdk).build("build-2", true)::start);

            assertThat(problem.what()).contains("1 of 7");
            assertThat(folder.resolve("reports/debug/imagestreams.json"))
                    .content()
                    .contains("redis-32-rhel7");
            assertThat(folder.resolve("reports/debug/pods.txt")).content().contains("docker-registry");
            assertThat(cdk.status()).contains("Minishift:  Running");
            assertThat(failure(site(cdk).build("build-3", true).ifRunning(IfRunning.FAIL)::start)
                            .what())
                    .contains("is already running");
            assertThat(cdk.status()).contains("Minishift:  Running");

            registry.image("rhscl/redis-32-rhel7:latest");
            Site site = site(cdk).build("build-2", true);
            assertThat(site.start().startedByThisBuild()).isFalse();
            site.stop();
            assertThat(cdk.status()).contains("Minishift:  Running");

            site.build("by-hand-again", false).stop();
            assertThat(cdk.status()).contains("Minishift:  Stopped");
        }
    }

    @Test
    @DisplayName("a start that fails after the VM came up stops it again, and keeps what tells why")
    void rollsBack() {
        try (SimulatedCdk cdk =
                cdk("cdk-3.10", "v3.11.141").lie(Lie.START_FAILS_AFTER_VM_UP).create()) {
            Site site = site(cdk);

            Problem problem = failure(site::start);

            assertThat(problem.what()).contains("cluster up");
            assertThat(problem.log()).isPresent();
            assertThat(problem.log().get()).isNotEmptyFile();
            assertThat(folder.resolve("reports/debug"))
                    .isDirectoryContaining(file -> file.endsWith("arguments.txt"))
                    .isDirectoryContaining(file -> file.endsWith("config.txt"))
                    .isDirectoryContaining(file -> file.endsWith("version.txt"))
                    .isDirectoryContaining(file -> file.endsWith("logs.txt"));
            assertThat(folder.resolve("reports/debug/start.txt")).content().contains("cluster up");
            assertThat(folder.resolve("reports/debug/status.txt")).content().contains("Minishift:  Running");
            assertThat(cdk.status()).contains("Minishift:  Stopped");

            failure(site::start);
            assertThat(cdk.journal().changingCalls().stream().filter(call -> call.contains("delete")))
                    .as("a first start that failed leaves a VM that no start completes any more")
                    .containsExactly("minishift delete --force");
        }
    }

    @Test
    @DisplayName("with onFailure keep, a failed start leaves the VM up for a look at it")
    void keepsOnFailure() {
        try (SimulatedCdk cdk =
                cdk("cdk-3.10", "v3.11.141").lie(Lie.START_FAILS_AFTER_VM_UP).create()) {
            Site site = site(cdk).keepOnFailure();

            failure(site::start);

            assertThat(cdk.status()).contains("Minishift:  Running");
            assertThat(failure(site::start).what()).contains("an earlier start failed");
        }
    }

    @Test
    @DisplayName("a stop that exits 0 with the VM still up is a failure")
    void stopLies() {
        try (SimulatedCdk cdk =
                cdk("cdk-3.10", "v3.11.141").lie(Lie.STOP_EXITS_0_VM_UP).create()) {
            Site site = site(cdk);
            site.start();

            Problem problem = failure(site::stop);

            assertThat(problem.what()).isEqualTo("'minishift stop' exited 0, but the VM is still up.");
            assertThat(problem.evidence()).anyMatch(line -> line.contains("Minishift: running"));
        }
    }

    @Test
    @DisplayName(
            "a start that exits 0 because somebody else was quicker is not taken for a start of ours: its images betray it, and it stays up")
    void startLies() {
        try (SimulatedCdk cdk =
                cdk("cdk-3.10", "v3.11.141").lie(Lie.START_SAYS_ALREADY_RUNNING).create()) {
            Site site = site(cdk);

            assertThat(failure(site::start).what()).contains("not from the registry");

            site.stop();
            assertThat(cdk.status()).contains("Minishift:  Running");
        }
    }

    private static List<String> commands(SimulatedCdk cdk, int from) {
        return cdk.journal().minishiftCalls().stream()
                .skip(from)
                .map(call -> call.split(" ")[0])
                .toList();
    }

    @Test
    @DisplayName("where admin is nobody, developer acts for system:admin")
    void withoutAdmin() {
        try (SimulatedCdk cdk =
                cdk("cdk-3.10", "v3.11.141").lie(Lie.ADMIN_NOT_ADMIN).create()) {
            Site site = site(cdk);

            StartedCdk started = site.start();

            assertThat(started.kubeconfig()).content().contains("\"as\" : \"system:admin\"");
            assertThat(summary(site)).contains("7 imported");
        }
    }

    private SimulatedCdkBuilder cdk(String version, String openshift) {
        new Mirror(registry).platform("openshift3/ose", openshift).defaultImageStreams();
        return SimulatedCdk.in(folder.resolve("site")).version(version).pacing(false);
    }

    private Site site(SimulatedCdk cdk) {
        return new Site(cdk, registry, folder.resolve("reports"));
    }

    private static Problem failure(Runnable goal) {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, goal::run);
        assertThat(thrown).as("the goal fails").isNotNull();
        return thrown.problem();
    }

    private static String summary(Site site) {
        JsonNode summary = site.report().path("summary");
        return "%d streams, %d tags: %d imported, %d unchanged, %d skipped, %d failed"
                .formatted(List.of("streams", "tags", "imported", "unchanged", "skipped", "failed").stream()
                        .map(field -> summary.path(field).asInt())
                        .toArray());
    }

    private static JsonNode tag(Site site, String stream, String tag) {
        for (JsonNode candidate : site.report().path("imageStreams")) {
            if (candidate.path("name").asText().equals(stream)) {
                for (JsonNode found : candidate.path("tags")) {
                    if (found.path("tag").asText().equals(tag)) {
                        return found;
                    }
                }
            }
        }
        throw new AssertionError("no " + stream + ":" + tag + " in the report");
    }
}
