package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.sim.Lie;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.SimulatedCdkBuilder;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.Log;
import io.github.cdkmaven.world.Mirror;
import io.github.cdkmaven.world.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a start finds: homes and VMs in every state")
class VmStatesTest {

    @TempDir
    Path folder;

    private SimulatedRegistry registry;

    @BeforeEach
    void startRegistry() {
        registry = SimulatedRegistry.start();
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    @DisplayName("CDK 3.4 gets its platform images by the cache, and its cache-config is as it was afterwards")
    void cdk34() {
        try (SimulatedCdk cdk = cdk("cdk-3.4").create()) {
            cdk.run(Map.of(), "image", "cache-config", "add", "example.org/the-users-own:1");
            Site site = site(cdk);

            String log = Log.of(site::start);

            assertThat(log)
                    .containsOnlyOnce("CDK 3.4.0-2 (minishift 1.15.1) contacts github.com before it reads any setting")
                    .contains("'127.0.0.1 github.com' in this machine's hosts file");
            assertThat(cdk.run(Map.of(), "image", "list").stdout().lines())
                    .contains(
                            "registry.access.redhat.com/openshift3/ose:v3.9.14",
                            "registry.access.redhat.com/openshift3/ose-pod:v3.9.14",
                            "registry.access.redhat.com/openshift3/ose-web-console:v3.9.14");
            assertThat(cdk.run(Map.of(), "image", "cache-config", "view").stdout())
                    .isEqualTo("example.org/the-users-own:1\n");
            assertThat(cdk.journal().outside())
                    .as("beside OpenShift's own look at its streams, one try that no setting of 1.15 turns off")
                    .allMatch(contact -> List.of("controller", "release check").contains(contact.by()));
        }
    }

    @Test
    @DisplayName("a CDK whose home does not exist yet is set up first, without force and with nothing to answer")
    void setsUp() {
        try (SimulatedCdk cdk = cdk("cdk-3.10").installed(false).create()) {
            assertThat(cdk.home()).doesNotExist();

            site(cdk).start();

            assertThat(cdk.journal().minishiftCalls()).contains("setup-cdk").noneMatch(call -> call.contains("force"));
            assertThat(cdk.journal().invocations())
                    .filteredOn(call -> call.arguments().contains("setup-cdk"))
                    .allMatch(call -> call.hadClosedStdin());
            assertThat(cdk.home().resolve("cdk")).exists();
        }
    }

    @Test
    @DisplayName("a home in which only the plugin has left something is set up, and so is one that is empty")
    void setsUpWhereOnlyThePluginWas() throws IOException {
        try (SimulatedCdk cdk = cdk("cdk-3.10").installed(false).create()) {
            Files.createDirectories(cdk.home().resolve("cdk-maven-plugin"));
            Files.writeString(cdk.home().resolve("cdk-maven-plugin/minishift.lock"), "");

            assertThat(site(cdk).start().startedByThisBuild()).isTrue();
        }
    }

    @Test
    @DisplayName("a CDK whose home holds anything is not set up over it")
    void neverOverwritesAHome() throws IOException {
        try (SimulatedCdk cdk = cdk("cdk-3.10").installed(false).create()) {
            Files.createDirectories(cdk.home());
            Path precious = Files.writeString(cdk.home().resolve("precious"), "mine");

            Problem problem = failure(site(cdk)::start);

            assertThat(problem.what()).isEqualTo("The CDK is not set up in its home.");
            assertThat(problem.fix()).contains("setup-cdk").contains("<home>");
            assertThat(precious).hasContent("mine");
            assertThat(cdk.journal().minishiftCalls()).doesNotContain("setup-cdk");
        }
    }

    @Test
    @DisplayName("a VM that was created with other settings is left alone, and the differences are told side by side")
    void drift() {
        try (SimulatedCdk cdk = cdk("cdk-3.10").running(true).create()) {
            Site site = site(cdk).option(StartOption.CPUS, "4");

            Problem problem = failure(site::start);

            assertThat(problem.what()).contains("was created with different settings");
            assertThat(problem.evidence()).first().asString().matches("OPTION +POM +VM");
            assertThat(problem.evidence())
                    .anyMatch(line -> line.matches("cpus +4 +2"))
                    .anyMatch(line -> line.matches("docker-opt +add-registry=" + registry.host() + " +–"));
            assertThat(problem.fix()).contains("mvn cdk:delete");
            assertThat(cdk.journal().changingCalls()).isEmpty();
            assertThat(cdk.status()).contains("Minishift:  Running");
        }
    }

    @Test
    @DisplayName(
            "a profile that nobody has made is made, with a word on it, and the VM of the other profile is left alone")
    void wrongProfile() {
        try (SimulatedCdk cdk =
                cdk("cdk-3.10").running(true).lie(Lie.START_DIES).create()) {
            String log = Log.of(() -> failure(site(cdk).profile("tpyo")::start));

            assertThat(log)
                    .contains(
                            "Profile 'tpyo' does not exist in " + cdk.home() + "; this start creates it with a new VM")
                    .contains("<profile>");
            assertThat(cdk.run(Map.of(), "--profile", "minishift", "status").stdout())
                    .contains("Minishift:  Running");
        }
    }

    @Test
    @DisplayName("a VM of which only the record is there is told apart from none")
    void halfCreated() throws IOException {
        try (SimulatedCdk cdk = cdk("cdk-3.10").create()) {
            Path record = cdk.home().resolve("machines/minishift/config.json");
            Files.createDirectories(record.getParent());
            Files.writeString(record, "{\"DriverName\": \"kvm\"}");
            assertThat(cdk.status()).isEqualTo("Does Not Exist\n");

            Problem problem = failure(site(cdk)::start);

            assertThat(problem.what()).contains("is incomplete");
            assertThat(problem.fix()).contains("mvn cdk:delete");
            assertThat(cdk.journal().changingCalls()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "a VM that failed half-way is told of, cdk:delete deletes it with its cache kept, and the next start is a first one")
    void deleteAndStartAgain() {
        try (SimulatedCdk cdk = cdk("cdk-3.10").lie(Lie.START_FAILS_AFTER_VM_UP).create()) {
            Site site = site(cdk).keepOnFailure();
            failure(site::start);
            assertThat(failure(site::start).what()).contains("an earlier start failed");

            site.delete();

            assertThat(cdk.status()).isEqualTo("Does Not Exist\n");
            assertThat(cdk.home().resolve("cache/images/index.json")).exists();
            assertThat(cdk.journal().minishiftCalls()).contains("delete --force");
        }
    }

    @Test
    @DisplayName("a delete that leaves the VM there is a failure")
    void deleteFails() {
        try (SimulatedCdk cdk =
                cdk("cdk-3.10").running(true).lie(Lie.DELETE_FAILS).create()) {
            Problem problem = failure(site(cdk)::delete);

            assertThat(problem.what()).isEqualTo("'minishift delete --force' exited 1, and the VM is still there.");
            assertThat(String.join("\n", problem.evidence())).contains("cannot acquire state change lock");
            assertThat(problem.fix())
                    .contains("mvn cdk:delete -Dcdk.home=" + cdk.home().toAbsolutePath(), "-Dcdk.profile=");
        }
    }

    @Test
    @DisplayName("without a VM there is nothing to delete, which is no failure and changes nothing")
    void nothingToDelete() {
        try (SimulatedCdk cdk = cdk("cdk-3.10").create()) {
            site(cdk).delete();

            assertThat(cdk.journal().changingCalls()).isEmpty();
        }
    }

    private SimulatedCdkBuilder cdk(String version) {
        String openshift = version.equals("cdk-3.4") ? "v3.9.14" : "v3.11.141";
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
}
