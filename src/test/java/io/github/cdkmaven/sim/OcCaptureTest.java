package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.sim.Captures.Exchange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The simulated oc says what the real one said")
@EnabledIf("io.github.cdkmaven.sim.Captures#arePresent")
class OcCaptureTest {

    private static final String SET = "oc-3.9";

    @TempDir
    static Path folder;

    private static SimulatedCdk cdk;
    private static String address = "";

    private final SoftAssertions soft = new SoftAssertions();

    @BeforeAll
    static void aClusterIsUp() {
        cdk = SimulatedCdk.in(folder)
                .version("minishift-1.20.0")
                .pacing(false)
                .running(true)
                .create();
        address = cdk.run(Map.of(), "ip").stdout().trim();
    }

    @AfterAll
    static void endTheWorld() {
        cdk.close();
        assertThat(cdk.livingProcesses()).isEmpty();
    }

    private SimulatedCdk.Output oc(String kubeconfig, Exchange real, String stdin) {
        String[] arguments = real.arguments().stream()
                .map(word -> word.replace("127.0.0.1", address))
                .toArray(String[]::new);
        return cdk.runOc(Map.of("KUBECONFIG", folder.resolve(kubeconfig).toString()), stdin, arguments);
    }

    private void compare(String kubeconfig, String name) {
        Exchange real = Captures.named(SET, name);
        SimulatedCdk.Output ours = oc(kubeconfig, real, real.stdin());
        soft.assertThat(ours.exit()).as("exit of %s: %s", name, ours).isEqualTo(real.exit());
        soft.assertThat(meaning(ours.stdout())).as("stdout of %s", name).isEqualTo(meaning(real.stdout()));
        soft.assertThat(meaning(ours.stderr())).as("stderr of %s", name).isEqualTo(meaning(real.stderr()));
    }

    /** Projects and tokens differ from run to run, and so do the builds of the servers. */
    private static String meaning(String text) {
        return text.replace(address, "127.0.0.1")
                .replace(address.replace('.', '-'), "127-0-0-1")
                .replaceAll("\\+\\w+|(?m)^( {2}\\* | {4})[a-z-]+$\\n?", "")
                .replaceAll("\"token\": \".*\"|(?m)^[\\w-]{43}$|<token>", "TOKEN")
                .replaceAll("v1\\.9\\.1.*", "v1.9.1")
                .stripTrailing();
    }

    @Test
    void loginAndIdentity() {
        for (String name : List.of(
                "login-no-server",
                "version-not-logged-in",
                "login-unknown-ca",
                "login-wrong-port",
                "login-empty-password-no-terminal",
                "login-success",
                "version-logged-in",
                "whoami",
                "whoami-token",
                "whoami-server",
                "login-again",
                "config-view-minify",
                "auth-can-i-yes")) {
            compare("admin", name);
        }
        soft.assertAll();
    }

    @Test
    void aDeveloperMayLookButNotChange() {
        Exchange login = Captures.named(SET, "login-developer");
        assertThat(oc("developer", login, "").exit()).isZero();
        compare("developer", "auth-can-i-no");
        compare("developer", "get-is-as-system-admin");
        Exchange forbidden = Captures.named(SET, "import-image-forbidden");
        SimulatedCdk.Output ours = oc("developer", forbidden, "");
        assertThat(ours.exit()).isEqualTo(forbidden.exit());
        assertThat(ours.stderr()).startsWith("Error from server (Forbidden): ");
        soft.assertAll();
    }

    @Test
    void streamsAreReadReplacedAndImported() {
        assertThat(oc("streams", Captures.named(SET, "login-success"), "").exit())
                .isZero();
        for (String name : List.of("get-is-empty-namespace", "import-image-missing-stream", "replace-empty-stdin")) {
            compare("streams", name);
        }
        assertThat(oc("streams", Captures.named(SET, "get-is-name"), "")
                        .stdout()
                        .lines())
                .contains("imagestreams/jenkins", "imagestreams/redis");
        SimulatedCdk.Output redis = oc("streams", Captures.named(SET, "get-is-redis-json"), "");
        assertThat(redis.stdout()).contains("\"apiVersion\": \"image.openshift.io/v1\"", "\"name\": \"redis\"");
        Exchange replace = Captures.named(SET, "replace-stdin");
        assertThat(oc("streams", replace, redis.stdout().replace("\"Redis\"", "\"Redis!\""))
                        .stdout())
                .isEqualTo(replace.stdout());
        SimulatedCdk.Output again = oc("streams", replace, redis.stdout());
        Exchange conflict = Captures.named(SET, "replace-stdin-conflict");
        assertThat(again.exit()).isEqualTo(conflict.exit());
        assertThat(again.stderr()).isEqualTo(conflict.stderr());
        SimulatedCdk.Output failing = oc("streams", Captures.named(SET, "import-image-all-failing"), "");
        assertThat(failing.exit()).as("although every tag failed").isZero();
        assertThat(failing.stderr().lines().limit(1).collect(Collectors.joining()))
                .isEqualTo("The import completed with errors.");
        soft.assertAll();
    }
}
