package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.crc.CrcStartSettings.Configure;
import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.engine.MachineEngine.Pull;
import io.github.cdkmaven.engine.State.Phase;
import io.github.cdkmaven.lifecycle.StartedCdk;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.Builds;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.VmRecord;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.sim.SimulatedCrc;
import io.github.cdkmaven.sim.SimulatedCrcBuilder;
import io.github.cdkmaven.sim.crc.CrcFault;
import io.github.cdkmaven.sim.crc.CrcSituation;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.InvokedLocal;
import io.github.cdkmaven.world.LocalSite;
import io.github.cdkmaven.world.Log;
import io.github.cdkmaven.world.Mirror;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("OpenShift Local")
class CrcEngineTest {

    private static final Path SAMPLES = InvokedLocal.SAMPLES;

    @TempDir
    Path folder;

    private SimulatedRegistry registry;

    @BeforeEach
    void startRegistry() {
        registry = SimulatedRegistry.start();
        new Mirror(registry).imageStreams(SAMPLES);
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    private SimulatedCrcBuilder crc(CrcSituation state) {
        return SimulatedCrc.in(folder.resolve("crc")).state(state).pacing(false);
    }

    private LocalSite site(SimulatedCrc crc) {
        return new LocalSite(
                crc, Registries.of(Registry.to(registry.host()).withInsecure(true)), folder.resolve("reports"));
    }

    private static String problemOf(Runnable goal) {
        return String.join(
                "\n",
                catchThrowableOfType(ProblemException.class, goal::run)
                        .problem()
                        .toLines());
    }

    private static List<String> changes(SimulatedCrc crc) {
        return crc.journal().crcCalls().stream()
                .filter(call -> call.matches("(start|stop|delete|setup)\\b.*"))
                .filter(call -> !call.contains("--check-only"))
                .map(call -> call.replaceAll(" -[pb] \\S+| -o json", ""))
                .toList();
    }

    @Test
    @DisplayName(
            "is started, handed over, attached to by the next start, stopped and deleted; the second of each does nothing")
    void life() throws IOException {
        try (SimulatedCrc crc = crc(CrcSituation.ABSENT).create()) {
            LocalSite site = new LocalSite(
                    crc,
                    Registries.of(Registry.to(registry.host())
                            .withInsecure(true)
                            .withCredentials(new Credentials("ci", "canary-password"))),
                    folder.resolve("reports"));
            AtomicReference<StartedCdk> started = new AtomicReference<>();

            String log = Log.of(() -> started.set(site.verifying().start()));

            assertThat(started.get().startedByThisBuild()).isTrue();
            assertThat(started.get().ip()).isEqualTo(crc.address());
            assertThat(started.get().consoleUrl()).contains("https://console-openshift-console.apps-crc.testing");
            assertThat(started.get().routingSuffix()).contains("apps-crc.testing");
            assertThat(started.get().oc()).contains(crc.crcFolder().resolve("bin/oc/oc"));
            assertThat(started.get().pushLogin())
                    .as("a client certificate is no login for a registry")
                    .isEmpty();
            String kubeadmin = Files.readString(crc.crcFolder().resolve("machines/crc/kubeadmin-password"));
            assertThat(log).doesNotContain("canary-password", kubeadmin, "Y2k6Y2FuYXJ5LXBhc3N3b3Jk");
            assertThat(Files.readString(folder.resolve("reports/crc-start.log")))
                    .contains("Operators are stable")
                    .doesNotContain(kubeadmin);
            try (Stream<Path> left = Files.list(crc.home().resolve(".cdk-maven-plugin"))) {
                assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("pull-secret"));
            }
            assertThat(crc.home().resolve(".kube/config")).doesNotExist();
            assertThat(site.report().path("cdk").path("version").asText()).isEqualTo("2.53.0");
            assertThat(site.report().path("cdk").path("openshift").asText()).isEqualTo("v4.19.3");

            assertThat(log).contains("Changed in the cluster: image.config/cluster: insecureRegistries with");
            assertThat(site.report().path("checks").findValuesAsText("subject"))
                    .contains("image.config/cluster", "imagedigestmirrorset/cdk-maven-plugin", "operatorhub/cluster");
            assertThat(Files.readAllLines(crc.crcFolder().resolve("cdk-maven-plugin/crc.bundled")))
                    .hasSizeGreaterThan(50);
            assertThat(site.report().path("images").findValuesAsText("verdict")).containsOnly("bundled");
            assertThat(site.report().path("checks").findValuesAsText("id"))
                    .contains("verify.blocked", "verify.registries");
            List<String> written = writes(crc);
            assertThat(written).isNotEmpty();

            site.start();
            site.status();
            assertThat(writes(crc)).isEqualTo(written);
            assertThat(changes(crc)).containsExactly("start");
            site.stop();
            site.stop();
            assertThat(changes(crc)).containsExactly("start", "stop");
            assertThat(site.engine().state().phase()).isEqualTo(Phase.STOPPED);
            site.delete();
            site.delete();
            assertThat(changes(crc)).containsExactly("start", "stop", "delete -f");
            assertThat(site.engine().state().phase()).isEqualTo(Phase.ABSENT);
        }
    }

    /** Of cluster objects, not of what moves the ImageStreams. */
    private static List<String> writes(SimulatedCrc crc) {
        return crc.journal().changingCalls().stream()
                .filter(call ->
                        call.matches("(PATCH|POST|PUT) .*(/config.openshift.io/|/openshift-config/|machineconfig).*"))
                .toList();
    }

    @Test
    @DisplayName(
            "that a person has started is used, and left running with all of its files; what its cluster lacks is told")
    void ofAPerson() throws IOException {
        try (SimulatedCrc crc = crc(CrcSituation.RUNNING)
                .accountKubeconfig("# mine\ncurrent-context: crc-admin\n")
                .create()) {
            LocalSite site = site(crc);
            Map<String, String> before = files(crc);

            String log =
                    Log.of(() -> assertThat(site.start().startedByThisBuild()).isFalse());
            site.stop();

            assertThat(changes(crc)).isEmpty();
            assertThat(writes(crc)).isEmpty();
            assertThat(log).contains("The cluster lacks", "-Dcdk.configureCluster=true");
            assertThat(files(crc)).isEqualTo(before);
            assertThat(site.engine().state().isRunning()).isTrue();
        }
    }

    /** What crc and its user have in the home, but for the log of each command. */
    private static Map<String, String> files(SimulatedCrc crc) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(crc.home())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = crc.home().relativize(file).toString();
                if (!name.contains("cdk-maven-plugin") && !name.endsWith(".log")) {
                    files.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that cannot be started says why, and what helps")
    @CsvSource({
        "API_DEAD, does not answer, 'crc stop -f'",
        "NO_DAEMON, daemon does not answer, systemctl --user start crc-http.socket",
        "NOT_SET_UP, helper, crc setup"
    })
    void states(CrcSituation state, String what, String fix) {
        try (SimulatedCrc crc = crc(state).create()) {
            LocalSite site = site(crc);
            String before = site.engine().state().toString();

            String problem = problemOf(site::start) + site.report();

            assertThat(problem).contains(what, fix);
            assertThat(site.engine().state()).hasToString(before);
            assertThat(changes(crc)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("whose start fails says why, what helps, and nothing secret")
    @CsvSource({
        "CREATE_FAILS, hypervisor could not start, virsh",
        "BUNDLE_SPOILED, certificates have expired, newer bundle",
        "PULL_SECRET_PATCH_FAILS, could not store the pull secret, start again",
        "START_DIES, without an error message, memory",
        "API_SERVER_DIES, reported success, crc stop -f",
    })
    void failures(CrcFault fault, String what, String fix) {
        Instant old = Instant.now().minus(Duration.ofDays(60));
        try (SimulatedCrc crc = crc(CrcSituation.ABSENT).bundleBuilt(old).create()) {
            crc.with(fault);
            LocalSite site = site(crc).withoutPreflight();

            String problem = problemOf(site::start);

            assertThat(problem).contains(what, fix).doesNotContainPattern("[A-Za-z0-9+/=]{60,}");
            assertThat(site.engine().state().isStopped()).isTrue();
        }
    }

    @Test
    @DisplayName("whose operators never settle is no success, though crc calls it one")
    void neverReady() {
        try (SimulatedCrc crc =
                crc(CrcSituation.ABSENT).faults(CrcFault.OPERATORS_NEVER_SETTLE).create()) {
            LocalSite site = site(crc).startTimeout(Duration.ofSeconds(25)).withoutPreflight();

            AtomicReference<String> problem = new AtomicReference<>();
            String log = Log.of(() -> problem.set(problemOf(site::start)));

            assertThat(log).contains("given up waiting");
            assertThat(problem.get()).contains("was not ready within", "is progressing", "oc get clusteroperators");
        }
    }

    @Test
    @DisplayName("does not hang on a locked keyring, and is powering it off when it does not stop")
    void hangs() {
        try (SimulatedCrc crc = crc(CrcSituation.STOPPED)
                .faults(CrcFault.KEYRING_LOCKED, CrcFault.STOP_FAILS)
                .create()) {
            LocalSite site = site(crc);
            site.start();

            String log = Log.of(site::stop);

            assertThat(log).contains("powering it off");
            assertThat(changes(crc)).containsExactly("start", "stop", "stop -f");
            assertThat(site.engine().state().isStopped()).isTrue();
        }
    }

    @Test
    @DisplayName(
            "that a killed build has left with a dead API is stopped by force and started by the next one, and not deleted")
    void afterAKill() {
        try (SimulatedCrc crc = crc(CrcSituation.API_DEAD).create()) {
            LocalSite site = site(crc);
            OwnershipFiles place = OwnershipFiles.of(site.engine().machine());
            place.create();
            Build dead = Builds.dead("killed");
            place.record().write(VmRecord.starting(dead, true, Instant.now()));

            assertThat(site.start().startedByThisBuild()).isTrue();
            assertThat(changes(crc)).containsExactly("stop -f", "start");

            place.record()
                    .write(VmRecord.starting(dead, true, Instant.now())
                            .running(Optional.empty())
                            .usedBy(dead));
            crc.endApi();
            site.build(Builds.living("next")).start();
            assertThat(changes(crc)).containsExactly("stop -f", "start", "stop -f", "start");
        }
    }

    @Test
    @DisplayName("of the preset microshift is told of, stopped and deleted, and not started")
    void microshift() {
        try (SimulatedCrc crc = crc(CrcSituation.STOPPED).preset("microshift").create()) {
            LocalSite site = site(crc).bundle(Optional.empty());

            assertThat(problemOf(site::start))
                    .contains("'microshift'", "neither ImageStreams", "crc config set preset");
            site.status();
            site.stop();
            site.delete();

            assertThat(changes(crc)).containsExactly("delete -f");
        }
    }

    @ParameterizedTest
    @DisplayName("of every age is started and stopped, and okd as well")
    @CsvSource({"2.25.0, openshift, id_ecdsa 22", "2.62.0, openshift, id_ed25519 2222", "2.53.0, okd, id_ed25519 2222"})
    void versions(String version, String preset, String key) {
        try (SimulatedCrc crc =
                crc(CrcSituation.ABSENT).version(version).preset(preset).create()) {
            LocalSite site = site(crc);
            assertThat(site.start().consoleUrl()).contains("https://console-openshift-console.apps-crc.testing");
            site.stop();

            assertThat(changes(crc)).containsExactly("start", "stop");
            assertThat(nodeKeys(crc)).containsExactly(key);
            assertThat(folder.resolve("reports/engine.kubeconfig"))
                    .as("logins of a cluster that has stopped")
                    .doesNotExist();
        }
    }

    /** By which key and port the VM's node is asked: crc's age and its network mode decide. */
    private static List<String> nodeKeys(SimulatedCrc crc) {
        return crc.journal().invocations().stream()
                .filter(call -> call.program().equals("ssh"))
                .map(call -> Path.of(call.arguments().get(1)).getFileName() + " "
                        + call.arguments().get(3))
                .distinct()
                .toList();
    }

    @Test
    @DisplayName(
            "of a person is looked into and left as it is, until the POM asks for more; then its node shows what was written")
    void inside() throws IOException {
        try (SimulatedCrc crc = crc(CrcSituation.RUNNING).create()) {
            LocalSite site = site(crc);
            List<String> before = crc.journal().changingCalls();
            Contents person = site.engine().contents(Duration.ofMinutes(1));

            letPull(site);

            assertThat(crc.journal().changingCalls()).isEqualTo(before);
            assertThat(person.policy().orElseThrow().blocked()).isEmpty();
            assertThat(person.findings().toString())
                    .contains("does not block docker.io, quay.io", "were not listed when it was created");
            assertThat(person.containers()).anyMatch(container -> container.isOf("console-operator-6d9c", "console"));
            assertThat(person.images())
                    .filteredOn(image -> image.name().startsWith("quay.io/crcont/routes-controller:4.19"))
                    .singleElement()
                    .satisfies(image -> assertThat(person.bundled()).contains(image.digest()));

            letPull(site.configure(Configure.TRUE));
            Contents told = site.engine().contents(Duration.ofMinutes(1));

            assertThat(told.policy().orElseThrow().blocked())
                    .contains(
                            "docker.io", "quay.io", "registry.redhat.io", "quay.io/openshift-release-dev/ocp-release");
            assertThat(told.policy().orElseThrow().insecure()).contains(registry.host());
            assertThat(told.findings().toString()).doesNotContain("does not block");
            registry.image("library/hello-world:latest");
            List<Pull> pulls = site.engine()
                    .pull(
                            List.of(
                                    "docker.io/library/hello-world:latest",
                                    registry.host() + "/library/hello-world:latest"),
                            Duration.ofMinutes(1));
            assertThat(pulls).extracting(Pull::succeeded).containsExactly(false, true);
            assertThat(pulls.get(0).text()).contains("docker.io is blocked").doesNotContain("manifest unknown");
            assertThat(site.engine().contents(Duration.ofMinutes(1)).images()).isEqualTo(told.images());
        }
    }

    private static void letPull(LocalSite site) {
        Deadline deadline = Deadline.in(Duration.ofMinutes(2));
        site.engine().letPull(site.engine().login(List.of(), deadline), deadline);
    }
}
