package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.Log;
import io.github.cdkmaven.world.Mirror;
import io.github.cdkmaven.world.Spellings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every goal with programs that show all they know, in every spelling, on both streams. */
@MojoTest
@DisplayName("Secrets that programs show")
class CanariesTest {

    private static final String REGISTRY = "registry" + Spellings.TRICKY;
    private static final String RED_HAT = "redhat" + Spellings.TRICKY;
    private static final String SETTINGS_PROXY = "settings" + Spellings.TRICKY;
    private static final String ENVIRONMENT_PROXY = "environment" + Spellings.TRICKY;
    private static final String ENVIRONMENT_RED_HAT = "variable" + Spellings.TRICKY;
    private static final String TOKEN = "token" + Spellings.TRICKY;

    private static final List<String> KNOWN =
            List.of(REGISTRY, RED_HAT, SETTINGS_PROXY, ENVIRONMENT_PROXY, ENVIRONMENT_RED_HAT);

    /** Words of which the answers of minishift, docker and OpenShift are full. */
    private static final List<String> WORDS = List.of("openshift", "Running", "|", "minishift");

    @TempDir
    Path folder;

    private final StringBuilder log = new StringBuilder();

    @Test
    @DisplayName("appear nowhere where all goes well, and verdicts are the same whatever word a password is")
    void succeeding(
            @InjectMojo(goal = "preflight") PreflightMojo preflight,
            @InjectMojo(goal = "start") StartMojo start,
            @InjectMojo(goal = "status") StatusMojo status,
            @InjectMojo(goal = "verify") VerifyMojo verify,
            @InjectMojo(goal = "imagestreams") ImageStreamsMojo imageStreams,
            @InjectMojo(goal = "images") ImagesMojo images,
            @InjectMojo(goal = "stop") StopMojo stop,
            @InjectMojo(goal = "delete") DeleteMojo delete)
            throws IOException {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                        .version("cdk-3.10")
                        .pacing(false)
                        .create()) {
            new Mirror(registry).platform("openshift3/ose", cdk.openshift()).defaultImageStreams();
            Path minishift = loud(cdk.minishift());
            for (AbstractCdkMojo goal : List.of(preflight, start, status, verify, imageStreams, images)) {
                wire(goal, minishift, cdk.home());
                useRegistry(goal, registry.host());
            }
            start.skipPreflight = true;
            images.openshiftVersion = cdk.openshift();

            assertThat(run(start)).isNull();
            assertThat(run(status)).isNull();
            assertThat(run(verify)).isNull();
            JsonNode proven = ReportSchema.valid(folder.resolve("target/cdk/verify/report.json"));
            assertThat(proven.path("images").size())
                    .as("images that verify has seen")
                    .isGreaterThan(5);
            assertThat(proven.path("cdk").path("minishift").asText()).isEqualTo("1.34.1");
            assertThat(proven.toString())
                    .contains("openshift3/ose-pod:" + cdk.openshift())
                    .doesNotContain("***");
            run(preflight);
            run(imageStreams);
            run(images);
            assertThat(folder.resolve("target/cdk/images/images.txt")).content().contains("/openshift3/ose-pod:");
            for (AbstractCdkMojo goal : List.of(stop, delete)) {
                wire(goal, minishift, cdk.home());
                goal.session = start.session;
                assertThat(run(goal)).isNull();
            }
            assertThat(cdk.status()).isEqualTo("Does Not Exist\n");
            assertThat(cdk.journal().minishiftCalls()).anyMatch(call -> call.startsWith("stop"));
        }
        assertShownNowhere();
        assertThat(log).contains("minishift | plain: [********]");
    }

    @Test
    @DisplayName("appear nowhere where all fails: in no message, nor in what is kept to find out why")
    void failing(
            @InjectMojo(goal = "start") StartMojo start,
            @InjectMojo(goal = "status") StatusMojo status,
            @InjectMojo(goal = "verify") VerifyMojo verify,
            @InjectMojo(goal = "imagestreams") ImageStreamsMojo imageStreams,
            @InjectMojo(goal = "preflight") PreflightMojo preflight,
            @InjectMojo(goal = "stop") StopMojo stop,
            @InjectMojo(goal = "delete") DeleteMojo delete)
            throws IOException {
        Path state = Files.writeString(folder.resolve("state"), "Does Not Exist");
        Path minishift = script("minishift", """
                case " $* " in
                *" version "*) echo 'minishift v1.34.1+4ff6a31'; echo 'CDK v3.10.0-1';;
                *" status "*) cat '%1$s';;
                *) case " $* " in *" start "*) echo 'Minishift:  Running' >'%1$s';; esac
                   cat '%2$s'; cat '%2$s' >&2; exit 1;;
                esac
                """.formatted(state, lines(KNOWN)));
        Path home = Files.createDirectories(folder.resolve("home/machines/minishift"))
                .getParent()
                .getParent();
        Files.createDirectories(home.resolve("cdk"));
        SimulatedRegistry registry = SimulatedRegistry.start();
        new Mirror(registry).platform("openshift3/ose", "v3.11.141");
        for (AbstractCdkMojo goal : List.of(start, status, verify, imageStreams, preflight)) {
            wire(goal, minishift, home);
            useRegistry(goal, registry.host());
            useOc(goal, minishift);
        }
        start.skipPreflight = true;
        start.oc = script("good-oc", "echo 'oc v3.11.141'\n").toFile();

        assertThat(run(start)).hasMessageContaining("********").hasMessageContaining("minishift start exited 1");
        Files.writeString(
                state, "Minishift:  Running\nProfile:    minishift\nOpenShift:  Running (openshift v3.11.141)\n");
        run(status);
        assertThat(run(verify)).isNotNull();
        assertThat(run(imageStreams)).isNotNull();
        assertThat(run(preflight)).isNotNull();
        for (AbstractCdkMojo goal : List.of(stop, delete)) {
            wire(goal, minishift, home);
            run(goal);
        }

        assertThat(run(delete)).hasMessageContaining("********").hasMessageContaining("the VM is still there");
        assertThat(folder.resolve("target/cdk/debug/config.txt")).content().contains("plain: [********]");
        assertShownNowhere();
    }

    @Test
    @DisplayName("appear nowhere where the plug-in of a kubeconfig prints them, and fails, whatever the goal")
    void ofAKubeconfig(
            @InjectMojo(goal = "preflight") PreflightMojo preflight,
            @InjectMojo(goal = "start") StartMojo start,
            @InjectMojo(goal = "imagestreams") ImageStreamsMojo imageStreams,
            @InjectMojo(goal = "verify") VerifyMojo verify,
            @InjectMojo(goal = "status") StatusMojo status,
            @InjectMojo(goal = "images") ImagesMojo images,
            @InjectMojo(goal = "stop") StopMojo stop,
            @InjectMojo(goal = "delete") DeleteMojo delete)
            throws IOException {
        Path kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"),
                "users:\n- name: jane\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1\n"
                        + "      command: ./login\n      args: [" + TOKEN + "]\ncurrent-context: x\n"
                        + "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:9'}}]\n"
                        + "contexts: [{name: x, context: {cluster: c, user: jane}}]\n");
        script("login", "cat '" + lines(List.of(TOKEN)) + "' | tee /dev/stderr; exit 1\n");
        List<AbstractCdkMojo> goals = List.of(preflight, start, imageStreams, verify, status, images, stop, delete);
        for (AbstractCdkMojo goal : goals) {
            wire(goal, folder.resolve("minishift"), folder.resolve("home"));
            useRegistry(goal, "127.0.0.1:9");
            goal.engine = "cluster";
            goal.kubeconfig = kubeconfig.toFile();
        }
        images.imagesSource = "cluster";
        start.skipPreflight = true;

        for (AbstractCdkMojo goal : List.of(start, imageStreams, verify, images)) {
            assertThat(run(goal)).hasMessageContaining("exited 1").hasMessageContaining("********");
        }
        assertThat(run(preflight)).hasMessageContaining("********");
        run(status);
        run(stop);
        assertThat(run(delete)).hasMessageContaining("is not deleted");

        Files.delete(kubeconfig);
        assertShownNowhere();
    }

    private <M extends AbstractCdkMojo> void wire(M mojo, Path minishift, Path home) {
        String goal = mojo.getClass().getSimpleName().replace("Mojo", "").toLowerCase(Locale.ROOT);
        Wiring.byHand(mojo, goal, folder);
        mojo.minishift = minishift.toFile();
        mojo.home = home.toFile();
        mojo.environment = Map.of(
                "https_proxy",
                "http://build:" + ENVIRONMENT_PROXY + "@proxy.corp.example:3128",
                "MINISHIFT_PASSWORD",
                ENVIRONMENT_RED_HAT);
        Proxy proxy = new Proxy();
        proxy.setHost("proxy.corp.example");
        proxy.setUsername("build");
        proxy.setPassword(SETTINGS_PROXY);
        mojo.session.getSettings().addProxy(proxy);
        List<String> passwords = new ArrayList<>(WORDS);
        passwords.addAll(List.of(REGISTRY, RED_HAT));
        for (String password : passwords) {
            Server server = new Server();
            server.setId("server-" + passwords.indexOf(password));
            server.setPassword(password);
            mojo.session.getSettings().addServer(server);
        }
    }

    private static void useRegistry(AbstractCdkMojo mojo, String host) {
        if (mojo instanceof AbstractVmMojo goal) {
            goal.registry = host;
            goal.registryInsecure = true;
        } else if (mojo instanceof AbstractRegistryMojo goal) {
            goal.registry = host;
            goal.registryInsecure = true;
        }
    }

    private static void useOc(AbstractCdkMojo mojo, Path oc) {
        if (mojo instanceof AbstractStartMojo goal) {
            goal.oc = oc.toFile();
        } else if (mojo instanceof AbstractRegistryMojo goal) {
            goal.oc = oc.toFile();
        }
    }

    /** Runs a goal and keeps what it logs and throws. */
    private Throwable run(AbstractCdkMojo mojo) {
        Throwable[] failure = new Throwable[1];
        log.append(Log.of(() -> failure[0] = catchThrowable(mojo::execute)));
        if (failure[0] != null) {
            StringWriter trace = new StringWriter();
            failure[0].printStackTrace(new PrintWriter(trace));
            log.append(trace);
        }
        return failure[0];
    }

    private void assertShownNowhere() throws IOException {
        assertSafe("the log", log.toString());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("loud.txt") && !file.startsWith(folder.resolve("site/world")))
                    .toList()) {
                assertSafe(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** Not the text itself: a failure would print it. */
    private static void assertSafe(String where, String text) {
        List<String> pieces = new ArrayList<>(List.of("canary", "CANARY", "\u001b", "\u009b", "\u202e"));
        for (String before : List.of("", "x", "xx")) {
            byte[] bytes = (before + "-canary").getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            pieces.add(encoded.substring(before.isEmpty() ? 0 : before.length() + 1, encoded.length() - 2));
        }
        assertThat(pieces.stream().filter(text::contains).toList())
                .as("what " + where + " shows")
                .isEmpty();
    }

    private Path lines(List<String> secrets) throws IOException {
        return Files.writeString(folder.resolve("loud.txt"), Spellings.lines(secrets));
    }

    /** A minishift that shows all this, and then does what it is to do. */
    private Path loud(Path real) throws IOException {
        return script("loud-minishift", """
                cat '%1$s' >&2
                case " $* " in *" start "*|*" stop "*|*" delete "*) cat '%1$s';; esac
                exec '%2$s' "$@"
                """.formatted(lines(KNOWN), real));
    }

    private Path script(String name, String text) throws IOException {
        Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }
}
