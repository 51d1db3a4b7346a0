package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.sim.Captures.Exchange;
import io.github.cdkmaven.sim.minishift.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The recorded machines were remote ones (generic driver) with a stand-in for {@code oc cluster up} and OpenShift 3.9
 * behind every release, so its output and the versions are not compared.
 */
@DisplayName("With a machine, the simulated minishift says what the real one said")
@EnabledIf("io.github.cdkmaven.sim.Captures#arePresent")
class RunningCaptureTest {

    private static final List<String> WHILE_RUNNING = List.of(
            "status-running",
            "ip-running",
            "console-url",
            "console-machine-readable",
            "oc-env-bash",
            "docker-env",
            "image-list-cache",
            "profile-list-running",
            "addons-list-running",
            "openshift-version",
            "openshift-config-set-bad-json",
            "openshift-config-set-whitelist",
            "openshift-config-set-whitelist-again",
            "openshift-config-view-master-after",
            "ssh-command-not-found",
            "ssh-exit-status",
            "ssh-docker-unit",
            "ssh-docker-info-registries",
            "config-view-running",
            "stop",
            "status-stopped",
            "ip-stopped",
            "ssh-stopped",
            "stop-again",
            "start-again",
            "status-after-restart",
            "start-when-running");

    /** Of a machine that holds and runs what the recorded one did, a stand-in without the registry of OpenShift. */
    private static final List<String> LISTINGS = List.of(
            "ssh-docker-images",
            "ssh-docker-images-as-in-the-recipe",
            "image-list-vm",
            "ssh-docker-ps",
            "openshift-registry");

    private static final String VIEW = "openshift-config-view-master";
    private static final String RECORD = "machine-config-engine-options";

    /** Starts that fail, and how the simulation is made to fail in that way. */
    private static final Map<String, Lie> FAILING = Map.of(
            "start-first-cluster-up-fails", Lie.START_FAILS_AFTER_VM_UP,
            "start-first-wrong-oc", Lie.OC_OF_ANOTHER_OPENSHIFT);

    private static final String NO_IMAGE = "start-first-image-not-available";
    private static final String SEEDED = "start-first-success-with-seeded-cache";
    private static final String OUR_KUBECONFIG = "start-first-with-a-kubeconfig-of-ours";
    private static final String SUCCESS = "start-first-success";
    private static final String NO_OC = "start-first-oc-not-cached";
    private static final String NO_DAEMON = "start-first-daemon-not-listening";

    private final String address = "127.99." + ThreadLocalRandom.current().nextInt(1, 255) + "."
            + ThreadLocalRandom.current().nextInt(1, 255);

    @TempDir
    Path folder;

    private final SoftAssertions soft = new SoftAssertions();
    private SimulatedCdk cdk;
    private final AnyImageRegistry registry = new AnyImageRegistry();

    @AfterEach
    void endTheWorld() {
        cdk.close();
        registry.close();
        assertThat(cdk.livingProcesses()).isEmpty();
        soft.assertAll();
    }

    private void world(String version) {
        cdk = SimulatedCdk.in(folder).version(version).create();
        cdk.run(Map.of(), "addons", "enable", "admin-user");
    }

    @Test
    void minishift1343() throws IOException {
        world("minishift-1.34.3");
        String set = "minishift-1.34.3-running";
        registry.lacks("control-plane");
        compare(set, NO_IMAGE);
        registry.lacks("nothing that it should have");
        forget();
        SeededCache.write(cdk.home(), "openshift/origin-control-plane:v3.11.0");
        compare(set, SEEDED);
        compareRecord(set);
        compareWhitelist(set, VIEW);
        WHILE_RUNNING.forEach(name -> compare(set, name));
        compareListings(set);
    }

    @Test
    void minishift1200() {
        world("minishift-1.20.0");
        String set = "minishift-1.20.0-running";
        SeededCache.write(cdk.home(), "openshift/origin:v3.9.0");
        compare(set, OUR_KUBECONFIG);
        forget();
        compare(set, SUCCESS);
        cdk = cdk.lying(Lie.MASTER_CONFIG_UNREADABLE);
        compare(set, VIEW);
        cdk = cdk.lying();
        WHILE_RUNNING.forEach(name -> {
            if (name.equals("openshift-config-view-master-after")) {
                compareWhitelist(set, name);
            } else {
                compare(set, name);
            }
        });
        compareListings(set);
    }

    @Test
    void minishift1343WithoutOc() throws IOException {
        world("minishift-1.34.3");
        Files.delete(cdk.home().resolve("cache/oc/v3.11.0/linux/oc"));
        compare("minishift-1.34.3-running", NO_OC);
    }

    @Test
    void minishift1343WithADaemonThatDoesNotListen() {
        cdk = SimulatedCdk.in(folder)
                .version("minishift-1.34.3")
                .lie(Lie.DOCKER_DOES_NOT_START)
                .create();
        compare("minishift-1.34.3-running", NO_DAEMON);
    }

    @Test
    void minishift1343WithAFailingClusterUp() {
        world("minishift-1.34.3");
        SeededCache.write(cdk.home(), "openshift/origin-control-plane:v3.11.0");
        FAILING.forEach((name, lie) -> {
            cdk = cdk.lying(lie);
            compare("minishift-1.34.3-running", name);
            cdk.dropMachine();
        });
    }

    @ParameterizedTest
    @DisplayName("no recorded exchange is left out of these comparisons")
    @CsvSource({"minishift-1.34.3-running", "minishift-1.20.0-running"})
    void nothingIsLeftOut(String set) {
        Set<String> compared = new TreeSet<>(WHILE_RUNNING);
        compared.addAll(LISTINGS);
        compared.addAll(FAILING.keySet());
        compared.addAll(List.of(VIEW, RECORD, NO_IMAGE, SEEDED, OUR_KUBECONFIG, SUCCESS, NO_OC, NO_DAEMON));

        soft.assertThat(Captures.names(set)).isNotEmpty().isSubsetOf(compared);
        world("minishift-1.34.3");
    }

    /** What the machine was created with, as docker-machine writes it down. */
    private void compareRecord(String set) throws IOException {
        JsonNode real = new ObjectMapper().readTree(Captures.text(set, RECORD)).path("engineOptions");
        JsonNode ours = JsonFile.read(cdk.home().resolve("machines/minishift/config.json"))
                .path("HostOptions")
                .path("EngineOptions");
        soft.assertThat(normal(ours.toString())).isEqualTo(normal(real.toString()));
    }

    /** Of the master's configuration, what anybody here looks at. */
    private void compareWhitelist(String set, String name) {
        Exchange real = Captures.named(set, name);
        SimulatedCdk.Output ours = cdk.run(Map.of(), real.arguments().toArray(String[]::new));
        soft.assertThat(ours.exit()).as("exit status of %s: %s", name, ours).isEqualTo(real.exit());
        soft.assertThat(ours.stdout()).as(name).contains("kind: MasterConfig", "imagePolicyConfig:");
        if (!name.equals(VIEW)) { // before it was set, the recorded 3.9 had a list where ours, an 3.11, has none
            soft.assertThat(whitelist(ours.stdout())).as(name).isEqualTo(whitelist(real.stdout()));
        }
    }

    private static List<String> whitelist(String yaml) {
        return yaml.lines()
                .dropWhile(line -> !line.contains("allowedRegistriesForImport"))
                .skip(1)
                .takeWhile(line -> line.matches(" +(- .*|insecure: .*)"))
                .map(line -> line.replaceAll("[\"' -]", ""))
                .sorted()
                .toList();
    }

    private void compareListings(String set) {
        List<String> images = Captures.named(set, "ssh-docker-images")
                .stdout()
                .lines()
                .filter(line -> !line.startsWith("<none>"))
                .toList();
        List<String> containers = Captures.named(set, "ssh-docker-ps")
                .stdout()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.replaceFirst("^(\\S+ \\S+).*", "$1"))
                .toList();
        cdk.containers(containers, images);
        LISTINGS.forEach(name -> compare(set, name, RunningCaptureTest::sorted));
    }

    /** The newest comes first, and which one that was is chance. */
    private static String sorted(String lines) {
        return lines.lines().sorted().reduce("", (all, line) -> all + line + "\n");
    }

    private void forget() {
        cdk.run(Map.of(), "ssh", "--", "true");
        SimulatedCdk.Output deleted = cdk.run(Map.of(), "delete", "--force");
        if (deleted.exit() != 0) {
            cdk.dropMachine();
        }
    }

    private void compare(String set, String name) {
        compare(set, name, UnaryOperator.identity());
    }

    private void compare(String set, String name, UnaryOperator<String> order) {
        Exchange real = Captures.named(set, name);
        UnaryOperator<String> local = text -> text.replace("<a file that does not exist yet>", folder + "/kubeconfig");
        Map<String, String> environment = real.environment().isEmpty() && set.contains("1.20")
                ? Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "y")
                : real.environment();
        String[] arguments = real.arguments().stream()
                .map(word -> word.startsWith("{") ? word : word.replace("127.0.0.1:5000", registry.host()))
                .map(word -> word.equals("127.0.0.1") ? address : word)
                .toArray(String[]::new);
        SimulatedCdk.Output ours = cdk.run(
                environment.entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                Map.Entry::getKey, one -> local.apply(one.getValue()))),
                arguments);
        soft.assertThat(ours.exit()).as("exit status of %s: %s", name, ours).isEqualTo(real.exit());
        soft.assertThat(order.apply(normal(ours.stdout())))
                .as("stdout of %s", name)
                .isEqualTo(order.apply(normal(real.stdout())));
        soft.assertThat(normal(ours.stderr())).as("stderr of %s", name).isEqualTo(normal(real.stderr()));
    }

    private String normal(String text) {
        String named = text.replace(address, "127.0.0.1")
                .replace(registry.host(), "127.0.0.1:5000")
                .replace(cdk.home().toString(), "<MINISHIFT_HOME>")
                .replace(folder + "/kubeconfig", "<KUBECONFIG>");
        List<String> volatileParts = List.of(
                "(?<=')[ .]+(?= OK| ?CACHE MISS)",
                "\\.{2,}|(?<= )\\.(?= |$|\\n)|(?m)^\\.(?= OK)",
                "(?<=pid )\\d+",
                "v3\\.\\d+\\.\\d+\\+\\w+|v1\\.\\d+\\.\\d+\\S*|v3\\.\\d+\\.\\d+(?=\\)|\\n)",
                "\\d+% of \\d+G",
                "(?<=CacheUsage: )[0-9.]+ \\w+",
                "(?s)(?<=-- Starting OpenShift cluster).*?(?=OpenShift server started|$)",
                "(?<=command : /var/lib/minishift/bin/oc cluster up).*",
                "(?<=command : docker exec -t )\\S+(?= cat)",
                "(?<=Container )[0-9a-f]+",
                "(?s)(?<=output  : )docker: Error response.*|(?s)(?<=output  : )(?:Getting a Docker|Error: could not run).*",
                "(?s)(?<=oc cluster up \\[options]).*",
                "(?<=Up )\\d+ \\w+",
                "(?s)You are logged in as:.*?system:admin",
                "(?m)^E\\d{4} .*?start.go:\\d+]",
                "(?<=on )192[0-9.:]+",
                " +(?=--)");
        String plain = named;
        for (String part : volatileParts) {
            plain = plain.replaceAll(part, "~");
        }
        return Stream.of(plain.split("\n"))
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.matches("~|etcd .*"))
                .reduce("", (all, line) -> all + line + "\n");
    }
}
