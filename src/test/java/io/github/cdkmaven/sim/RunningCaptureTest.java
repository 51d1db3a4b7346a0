package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.sim.Captures.Exchange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

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
    void minishift1343() {
        world("minishift-1.34.3");
        String set = "minishift-1.34.3-running";
        registry.lacks("control-plane");
        compare(set, "start-first-image-not-available");
        registry.lacks("nothing that it should have");
        forget();
        SeededCache.write(cdk.home(), "openshift/origin-control-plane:v3.11.0");
        compare(set, "start-first-success-with-seeded-cache");
        WHILE_RUNNING.forEach(name -> compare(set, name));
    }

    @Test
    void minishift1200() {
        world("minishift-1.20.0");
        String set = "minishift-1.20.0-running";
        SeededCache.write(cdk.home(), "openshift/origin:v3.9.0");
        compare(set, "start-first-with-a-kubeconfig-of-ours");
        forget();
        compare(set, "start-first-success");
        WHILE_RUNNING.forEach(name -> compare(set, name));
    }

    @Test
    void minishift1343WithoutOc() throws Exception {
        world("minishift-1.34.3");
        java.nio.file.Files.delete(cdk.home().resolve("cache/oc/v3.11.0/linux/oc"));
        compare("minishift-1.34.3-running", "start-first-oc-not-cached");
    }

    @Test
    void minishift1343WithADaemonThatDoesNotListen() {
        cdk = SimulatedCdk.in(folder)
                .version("minishift-1.34.3")
                .lie(Lie.DOCKER_DOES_NOT_START)
                .create();
        compare("minishift-1.34.3-running", "start-first-daemon-not-listening");
    }

    private void forget() {
        cdk.run(Map.of(), "ssh", "--", "true");
        SimulatedCdk.Output deleted = cdk.run(Map.of(), "delete", "--force");
        if (deleted.exit() != 0) {
            cdk.dropMachine();
        }
    }

    private void compare(String set, String name) {
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
        soft.assertThat(normal(ours.stdout())).as("stdout of %s", name).isEqualTo(normal(real.stdout()));
        soft.assertThat(normal(ours.stderr())).as("stderr of %s", name).isEqualTo(normal(real.stderr()));
    }

    private String normal(String text) {
        String named = text.replace(address, "127.0.0.1")
                .replace(registry.host(), "127.0.0.1:5000")
                .replace(cdk.home().toString(), "<MINISHIFT_HOME>")
                .replace(folder + "/kubeconfig", "<KUBECONFIG>");
        List<String> volatileParts = List.of(
                "(?<=')[ .]+(?= OK)",
                "\\.{2,}|(?<= )\\.(?= |$|\\n)|(?m)^\\.(?= OK)",
                "(?<=pid )\\d+",
                "v3\\.\\d+\\.\\d+\\+\\w+|v1\\.\\d+\\.\\d+\\S*|v3\\.\\d+\\.\\d+(?=\\)|\\n)",
                "\\d+% of \\d+G",
                "(?<=CacheUsage: )[0-9.]+ \\w+",
                "(?s)(?<=-- Starting OpenShift cluster).*?(?=OpenShift server started|$)",
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
