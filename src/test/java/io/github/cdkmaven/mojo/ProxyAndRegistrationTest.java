package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.Mirror;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MojoTest
@DisplayName("Secrets of proxies and of the registration")
class ProxyAndRegistrationTest {

    private static final String PROXY_CANARY = "proxy-canary @:/#%$'\"\\ !";
    private static final String PROXY_ENCODED = "proxy-canary%20%40%3A%2F%23%25%24%27%22%5C%20%21";
    private static final String RED_HAT_CANARY = "redhat-canary @:/#%$'\"\\ !";

    @TempDir
    Path folder;

    @Test
    @InjectMojo(goal = "start")
    @DisplayName("go by environment, encoded once, and appear in no argument, file, report or message of ours")
    void canaries(StartMojo mojo) throws IOException {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCdk cdk = SimulatedCdk.in(folder.resolve("site"))
                        .version("cdk-3.10")
                        .pacing(false)
                        .create()) {
            new Mirror(registry).platform("openshift3/ose", cdk.openshift()).defaultImageStreams();
            Wiring.bound(mojo, "start", folder);
            mojo.minishift = cdk.minishift().toFile();
            mojo.home = cdk.home().toFile();
            mojo.registry = registry.host();
            mojo.registryInsecure = true;
            mojo.skipPreflight = true;
            mojo.useSettingsProxy = true;
            mojo.registrationServerId = "red-hat";
            mojo.session.getSettings().addProxy(proxy());
            mojo.session.getSettings().addServer(redHat());

            // Red Hat is not reachable from this world: the registration fails, and minishift tells of it.
            Throwable failure = catchThrowable(mojo::execute);

            assertThat(failure).hasMessageContaining("could not be registered");
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertSafe("the exception", trace.toString());
            assertThat(cdk.journal().invocations()).allSatisfy(call -> assertSafe("arguments", call.commandLine()));
            Map<String, String> environment = cdk.journal().invocations().stream()
                    .filter(call -> call.arguments().contains("start"))
                    .findFirst()
                    .orElseThrow()
                    .environment();
            assertThat(environment)
                    .containsEntry("http_proxy", "http://build:" + PROXY_ENCODED + "@proxy.corp.example:3128")
                    .containsEntry("HTTPS_PROXY", "http://build:" + PROXY_ENCODED + "@proxy.corp.example:3128")
                    .containsEntry("MINISHIFT_USERNAME", "jane")
                    .containsEntry("MINISHIFT_PASSWORD", RED_HAT_CANARY)
                    .containsEntry("MINISHIFT_SAVE_START_FLAGS", "false");
            assertThat(environment.get("no_proxy"))
                    .isEqualTo(environment.get("MINISHIFT_NO_PROXY"))
                    .isEqualTo(".corp.example,10.0.0.0/8,127.0.0.1,localhost,172.30.0.0/16,.svc,.cluster.local");
            assertNoFileHoldsSecrets(folder.resolve("target"));
            assertNoFileHoldsSecrets(cdk.home().resolve("config"));
        }
    }

    @Test
    @InjectMojo(goal = "start")
    @DisplayName("a password in the parameter is refused without being repeated")
    void passwordInParameter(StartMojo mojo) {
        Wiring.bound(mojo, "start", folder);
        mojo.registry = "registry.corp.example:5000";
        mojo.httpProxy = "http://build:hunter2@proxy.corp.example:3128";

        assertThat(catchThrowable(mojo::execute))
                .hasMessageContaining("'httpProxy' is '***@proxy.corp.example:3128'")
                .hasMessageContaining("<useSettingsProxy>")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    @InjectMojo(goal = "start")
    @DisplayName("a registration with nobody to register is refused before minishift could ask for a password")
    void nobodyToRegister(StartMojo mojo) {
        Wiring.bound(mojo, "start", folder);
        mojo.registry = "registry.corp.example:5000";
        mojo.skipRegistration = false;

        assertThat(catchThrowable(mojo::execute)).hasMessageContaining("<registrationServerId>");
    }

    @Test
    @DisplayName("Java's patterns for hosts without a proxy become Go's")
    void nonProxyHosts() {
        assertThat(SettingsProxies.without("localhost|*.corp.example|10.*|192.168.*|*corp.example|[::1]"))
                .containsExactly("localhost", ".corp.example", "10.0.0.0/8", "192.168.0.0/16", "corp.example", "[::1]");
        assertThat(SettingsProxies.without("*")).containsExactly("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*foo*", "registry*", "10.*.1"})
    @DisplayName("patterns that Go has no words for are refused, not left out")
    void patternWithoutWords(String pattern) {
        assertThat(catchThrowable(() -> SettingsProxies.without("localhost|" + pattern)))
                .hasMessageContaining("'" + pattern + "' in <nonProxyHosts>");
    }

    private static Proxy proxy() {
        Proxy proxy = new Proxy();
        proxy.setId("corp");
        proxy.setActive(true);
        proxy.setProtocol("http");
        proxy.setHost("proxy.corp.example");
        proxy.setPort(3128);
        proxy.setUsername("build");
        proxy.setPassword(PROXY_CANARY);
        proxy.setNonProxyHosts("*.corp.example|10.*");
        return proxy;
    }

    private static Server redHat() {
        Server server = new Server();
        server.setId("red-hat");
        server.setUsername("jane");
        server.setPassword(RED_HAT_CANARY);
        return server;
    }

    private static void assertSafe(String where, String text) {
        for (String secret : List.of(PROXY_CANARY, PROXY_ENCODED, RED_HAT_CANARY, "-canary")) {
            assertThat(text).as(where).doesNotContain(secret);
        }
    }

    private static void assertNoFileHoldsSecrets(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertSafe(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }
}
