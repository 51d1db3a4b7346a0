package io.github.cdkmaven.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.sim.registry.DockerRegistry;
import io.github.cdkmaven.sim.registry.Nginx;
import io.github.cdkmaven.sim.registry.RegistryFlavour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A real nginx before a real docker-registry,")
@EnabledIf("available")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NginxTest {

    private static final List<String> IMAGES = List.of("a/a:1", "a/b:1", "a/c:1", "a/d:1", "a/e:1");

    @TempDir
    Path folder;

    private DockerRegistry registry;

    static boolean available() {
        return Nginx.available() && DockerRegistry.available();
    }

    @BeforeAll
    void start() {
        registry = DockerRegistry.start();
        IMAGES.forEach(registry::image);
    }

    @AfterAll
    void end() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "add_header Docker-Distribution-Api-Version registry/2.0 always;"})
    @DisplayName("which logs in by itself, is a registry with and without its version header")
    void logsIn(String header) throws IOException {
        List<Check> checks = preflight("location / { " + header + " @LOGIN@ @REGISTRY@ }", NginxTest::named);

        assertThat(failed(checks)).isEmpty();
        assertThat(check(checks, "registry.login").message()).isEqualTo("by user and password");
        assertThat(check(checks, "registry.docker").message()).contains("docker in the VM gets in");
        assertThat(check(checks, "registry.importer").message()).contains("OpenShift's importer gets in");
    }

    @Test
    @DisplayName("which logs in by itself, refuses a wrong password by name")
    void wrongPassword() throws IOException {
        List<Check> checks = preflight(
                "location / { @LOGIN@ @REGISTRY@ }",
                access -> access.withCredentials(new Credentials(RegistryFlavour.USER, "other", Optional.of("corp"))));

        assertThat(failed(checks)).singleElement().satisfies(check -> {
            assertThat(check.message()).contains("refused user 'jane' (server 'corp' in settings.xml)");
            assertThat(check.fix().orElseThrow()).contains("<server> 'corp'").doesNotContain("Put a <server>");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "location = /v2/ { return 403; } location / { @REGISTRY@ }",
                "location = /v2/ { return 302 /login; } location = /login { default_type text/html; return 200 '<html/>'; }"
                        + " location / { @REGISTRY@ }"
            })
    @DisplayName("whose /v2/ is a page, is a registry if the images are there")
    void page(String server) throws IOException {
        List<Check> checks = preflight(server, access -> access);

        assertThat(failed(checks)).isEmpty();
        assertThat(check(checks, "registry.api").message()).contains("text/html");
        assertThat(check(checks, "image.found").message()).isEqualTo("5 of 5 images are in the registry");
    }

    @Test
    @DisplayName("whose /v2/ is a page to who has logged in, has not refused the login")
    void pageBehindTheLogin() throws IOException {
        List<Check> checks = preflight(
                "location = /v2/ { add_header WWW-Authenticate 'Basic realm=\"x\"' always; if ($with_password = 0) { return 401; }"
                        + " return 403; } location / { @LOGIN@ @REGISTRY@ }",
                NginxTest::named);

        assertThat(failed(checks)).isEmpty();
        assertThat(check(checks, "registry.api").message()).contains("403, text/html");
        assertThat(check(checks, "registry.docker").message()).contains("with this login");
    }

    @Test
    @DisplayName("that is another web server, is no registry")
    void noRegistry() throws IOException {
        assertThat(failed(preflight("location / { default_type text/html; return 404 '<html/>'; }", NginxTest::named)))
                .extracting(Check::message)
                .anyMatch(message -> message.contains("not a registry"));
        assertThat(failed(preflight("location / { default_type text/html; return 200 '<html/>'; }", NginxTest::named)))
                .extracting(Check::message)
                .anyMatch(message -> message.contains("not a registry"));
    }

    @Test
    @DisplayName("whose /v2/ is open and whose images are not, lets this JVM in and nobody else")
    void closedImages() throws IOException {
        String server = "location = /v2/ { @REGISTRY@ } location / { @LOGIN@ @REGISTRY@ }";

        List<Check> checks = preflight(server, NginxTest::named);

        assertThat(check(checks, "image.found").message()).isEqualTo("5 of 5 images are in the registry");
        assertThat(failed(checks)).extracting(Check::id).containsExactly("registry.docker", "registry.importer");
        assertThat(failed(checks))
                .allSatisfy(check -> assertThat(check.message()).contains("only responds to the challenge of /v2/"));

        assertThat(failed(preflight(server, access -> access)))
                .as("without login, one finding")
                .singleElement()
                .satisfies(check -> assertThat(check.id() + ": " + check.message())
                        .startsWith("image.unauthorized: 5 images require a login"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Negotiate, Basic realm=\"x\"",
                "Digest realm=\"x\", Basic realm=\"y\"",
                "Basic realm=\"x\", Negotiate"
            })
    @DisplayName("with several schemes in one header, lets this JVM in and nobody else")
    void severalSchemes(String challenge) throws IOException {
        List<Check> checks = preflight(
                "location / { add_header WWW-Authenticate '" + challenge
                        + "' always; if ($with_password = 0) { return 401; } @REGISTRY@ }",
                NginxTest::named);

        assertThat(check(checks, "registry.login").outcome()).isEqualTo(CheckOutcome.OK);
        assertThat(failed(checks)).extracting(Check::id).containsExactly("registry.docker", "registry.importer");
    }

    @Test
    @DisplayName("that requires a client certificate, is refused in those words")
    void clientCertificate() throws IOException {
        assertThat(failed(preflight(
                        "ssl_client_certificate @CA@; ssl_verify_client on; location / { @REGISTRY@ }",
                        access -> access)))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.message()).contains("requires a client certificate");
                    assertThat(check.fix().orElseThrow())
                            .contains("not supported by docker options nor by the importer");
                });
    }

    @Test
    @DisplayName("that redirects to another host with a login, names that host")
    void redirect() throws IOException {
        assertThat(failed(preflight("return 301 https://localhost:@PORT@/x$request_uri;", access -> access)))
                .isNotEmpty();
        List<Check> checks = preflight(
                "if ($host = 127.0.0.1) { return 301 https://localhost:@PORT@$request_uri; } location / { @LOGIN@ @REGISTRY@ }",
                NginxTest::named);

        assertThat(failed(checks)).singleElement().satisfies(check -> {
            assertThat(check.message()).contains("redirects to a host that requires a login", "https://localhost:");
            assertThat(check.fix().orElseThrow()).contains("<registry>").doesNotContain("Put a <server>");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("whose realm redirects from http to https, proves no login")
    void droppedLogin(boolean insecure) throws IOException {
        List<Check> checks = preflight(
                "location /token { default_type application/json; return 200 '{\"token\":\"\",\"access_token\":\"anybody\"}'; }"
                        + " location / { add_header WWW-Authenticate 'Bearer realm=\"http://127.0.0.1:@PLAIN@/token\",service=\"s\"' always;"
                        + " if ($with_token = 0) { return 401; } @REGISTRY@ }",
                access -> access.withInsecure(insecure).withCredentials(new Credentials("jane", "wrong")));

        assertThat(failed(checks)).isEmpty();
        assertThat(check(checks, "registry.login").outcome()).isEqualTo(CheckOutcome.WARN);
        assertThat(check(checks, "registry.login").message())
                .contains("not proven", "the password is not sent there")
                .doesNotContain("by a token for the user");
    }

    @Test
    @DisplayName("whose realm is http on its TLS port, is sent no password")
    void httpRealmOnTlsPort() throws IOException {
        List<Check> checks = preflight(
                "location / { add_header WWW-Authenticate 'Bearer realm=\"http://127.0.0.1:@PORT@/token\",service=\"s\"' always;"
                        + " return 401; }",
                NginxTest::named);

        assertThat(failed(checks)).singleElement().satisfies(check -> {
            assertThat(check.message()).contains("names as its realm", "plain HTTP");
            assertThat(check.fix().orElseThrow()).doesNotContain("Put a <server>");
        });
    }

    @Test
    @DisplayName("that says 401 and not how to log in, is told so")
    void noChallenge() throws IOException {
        assertThat(failed(preflight("location / { return 401; }", NginxTest::named)))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.message()).contains("no WWW-Authenticate header");
                    assertThat(check.fix().orElseThrow()).doesNotContain("Put a <server>");
                });
    }

    @Test
    @DisplayName("whose blobs are gone, has no whole image; a redirect counts as there and is not followed")
    void blobsGone() throws IOException {
        List<Check> checks = preflight(
                "location ~ /a/b/blobs/ { return 404; } location ~ /a/c/blobs/ { return 307 http://127.0.0.1:1/x; }"
                        + " location / { @REGISTRY@ }",
                access -> access);

        assertThat(check(checks, "image.found").message()).isEqualTo("4 of 5 images are in the registry");
        assertThat(failed(checks)).singleElement().satisfies(check -> {
            assertThat(check.id()).isEqualTo("image.incomplete");
            assertThat(check.subject()).endsWith("/a/b:1");
            assertThat(check.message()).contains("NotFound", "its configuration sha256:");
        });
    }

    private static Registry named(Registry access) {
        return access.withCredentials(new Credentials(RegistryFlavour.USER, RegistryFlavour.PASSWORD));
    }

    private List<Check> preflight(String server, UnaryOperator<Registry> how) throws IOException {
        Path home = Files.createTempDirectory(folder, "nginx");
        String plain = "return 301 https://127.0.0.1:@PORT@$request_uri;";
        try (Nginx nginx = Nginx.before(registry.host(), home, server, plain)) {
            Path ca = Files.writeString(home.resolve("trusted.pem"), nginx.caPem());
            return OneImagePreflight.of(how.apply(Registry.to(nginx.host()).withCa(ca)), IMAGES, folder);
        }
    }

    private static List<Check> failed(List<Check> checks) {
        return checks.stream()
                .filter(check -> check.outcome() == CheckOutcome.FAIL)
                .toList();
    }

    private static Check check(List<Check> checks, String id) {
        return checks.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not in " + checks));
    }
}
