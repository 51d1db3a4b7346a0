package io.github.cdkmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.registry.ManifestAnswer.Found;
import io.github.cdkmaven.registry.RegistryFailure.Broken;
import io.github.cdkmaven.registry.RegistryFailure.Unauthorized;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.ServedRequest;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import io.github.cdkmaven.sim.registry.TinyImage;
import io.github.cdkmaven.world.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Logging in at a registry")
class LoginTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"token", "access_token"})
    void readsTheTokenUnderBothOfItsNames(String field) {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                .basicAuth("jane", "secret")
                .tokens(field, MINUTE, false)
                .start()) {
            registry.image("a/b:1");

            assertThat(ask(registry, "a/b", "1")).isInstanceOf(Found.class);
        }
    }

    @Test
    void asksTheTokenServerForOneRepositoryAndOnlyOnce() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tokenAuth("jane doe", "secret").start()) {
            registry.image("a/b:1");
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                client.manifest("a/b", "1");
                client.manifest("a/b", "1");
                client.manifest("a/b", "2");
            }
            assertThat(registry.tokenRequests())
                    .containsExactly("service=registry,+the+one&scope=repository:a/b:pull&account=jane+doe");
        }
    }

    @Test
    void throwsTokensAwayWhenTheirTimeIsOver() {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                .basicAuth("jane", "secret")
                .tokens("token", Duration.ZERO, false)
                .start()) {
            registry.image("a/b:1");
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                assertThat(client.manifest("a/b", "1")).isInstanceOf(Found.class);
                assertThat(client.manifest("a/b", "1")).isInstanceOf(Found.class);
            }
            assertThat(registry.tokenRequests()).as("each lasts 0 seconds").hasSize(2);
        }
    }

    @Test
    void fetchesANewTokenWhenTheRegistryForgotTheOldOne() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tokenAuth("jane", "secret").start()) {
            registry.image("a/b:1");
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                client.manifest("a/b", "1");
                registry.forgetTokens();

                assertThat(client.manifest("a/b", "1")).isInstanceOf(Found.class);
            }
        }
    }

    @Test
    void takesTheTokenThatStrangersGet() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tokens("token", MINUTE, true).start()) {
            registry.image("a/b:1");

            assertThat(ask(registry, "a/b", "1")).isInstanceOf(Found.class);
        }
    }

    @Test
    void saysWhenTheTokenServerRefusesTheUser() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tokenAuth("jane", "secret").start()) {
            Registry access = RegistryKind.access(registry, folder).withCredentials(new Credentials("jane", "other"));
            try (RegistryClient client = new RegistryClient(access)) {
                assertThat(client.manifest("a/b", "1").words())
                        .startsWith(
                                "registry " + registry.host() + " refused user 'jane': incorrect username or password")
                        .contains("(401 of its token server 127.0.0.1:");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANARY\\nX: y", "CANARY\\u001b[31m", "CANARY\\u2028\\u00e9", "CANARY "})
    void refusesATokenThatNoHeaderMayHaveWithoutQuotingIt(String token) {
        try (SimulatedRegistry server = SimulatedRegistry.start();
                SimulatedRegistry registry = SimulatedRegistry.start()) {
            server.inject(Fault.page(200, "application/json", "{\"token\":\"" + token + "\"}"), Integer.MAX_VALUE);
            registry.inject(Fault.challenge("Bearer realm=\"http://" + server.host() + "/token\""), Integer.MAX_VALUE);

            ManifestAnswer answer = ask(registry, "a/b", "1");

            assertThat(answer).isInstanceOf(RegistryFailure.TokenServer.class);
            assertThat(answer.words())
                    .contains("token server " + server.host() + ", which " + registry.host() + " names")
                    .doesNotContain("CANARY");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a/token",
                "file:///etc/passwd",
                "gopher://a/x",
                "http://a:99999/x",
                "http://x\u00a0<script>",
                "mailto:x",
                "/token"
            })
    void refusesARealmThatCannotBeAskedOverHttp(String realm) {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(Fault.challenge("Bearer realm=\"" + realm + "\""), Integer.MAX_VALUE);

            assertThat(ask(registry, "a/b", "1"))
                    .isEqualTo(new Broken(401, "the realm of its login is not an http or https URL"));
        }
    }

    @Test
    void asksForATokenWithoutTheRealmsFragment() {
        try (SimulatedRegistry server = SimulatedRegistry.start();
                SimulatedRegistry registry = SimulatedRegistry.start()) {
            server.inject(Fault.page(200, "application/json", "{\"token\":\"t\"}"), Integer.MAX_VALUE);
            registry.inject(
                    Fault.challenge("Bearer realm=\"http://u:p@" + server.host() + "/token?x=y#z\",service=\"s\""),
                    Integer.MAX_VALUE);

            ask(registry, "a/b", "1");

            assertThat(server.requests()).first().satisfies(request -> assertThat(request.path())
                    .isEqualTo("/token?x=y&service=s&scope=repository%3Aa%2Fb%3Apull"));
        }
    }

    @Test
    void warnsOnceThatThePasswordGoesToATokenServerOverPlainHttpThoughTheRegistrySpeaksTls() {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                .tls(Kind.PRIVATE_CA)
                .tokenAuth("jane", "s3cret")
                .start()) {
            registry.image("a/b:1");
            Registry access = RegistryKind.access(registry, folder).withInsecure(true);
            String log = Log.of(() -> {
                try (RegistryClient client = new RegistryClient(access)) {
                    assertThat(client.ping().plainLogin()).isTrue();
                    assertThat(client.ping().plainHttp()).isFalse();
                    assertThat(client.manifest("a/b", "1")).isInstanceOf(Found.class);
                    assertThat(client.manifest("a/b", "2")).isNotNull();
                }
            });
            assertThat(log).containsOnlyOnce("WARN").contains("User and password go to 127.0.0.1:", "over plain HTTP");
        }
    }

    @Test
    void warnsOnceThatStrangersTokensComeOverPlainHttpThoughTheRegistrySpeaksTls() {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                .tls(Kind.PRIVATE_CA)
                .tokens("token", MINUTE, true)
                .start()) {
            registry.image("a/b:1");

            String log = Log.of(() -> assertThat(ask(registry, "a/b", "1")).isInstanceOf(Found.class));

            assertThat(log).containsOnlyOnce("WARN").contains("The token server 127.0.0.1:", "speaks plain HTTP");
        }
    }

    @Test
    void neverSendsThePasswordToATokenServerWithoutTls() {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                .tls(Kind.PRIVATE_CA)
                .tokenAuth("jane", "secret")
                .start()) {
            assertThat(ask(registry, "a/b", "1"))
                    .isInstanceOf(Unauthorized.class)
                    .extracting(ManifestAnswer::words)
                    .asString()
                    .contains("speaks plain HTTP, so the password was not sent");
            assertThat(registry.tokenRequests()).as("asked without it").allSatisfy(query -> assertThat(query)
                    .doesNotContain("jane"));
        }
    }

    @Test
    void neverSendsThePasswordOverPlainHttpUnasked() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().basicAuth("jane", "secret").start()) {
            Registry access = RegistryKind.access(registry, folder).withInsecure(false);
            try (RegistryClient client = new RegistryClient(access)) {
                client.manifest("a/b", "1");
            }
            assertThat(registry.requests()).isEmpty();
        }
    }

    @Test
    void warnsOnceThatThePasswordGoesOverPlainHttpWhereThatIsAllowed() {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().basicAuth("jane", "s3cret").start()) {
            registry.image("a/b:1");
            System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                assertThat(client.manifest("a/b", "1")).isInstanceOf(Found.class);
                assertThat(client.manifest("a/b", "1")).isInstanceOf(Found.class);
            } finally {
                System.setErr(before);
            }
            assertThat(log.toString(StandardCharsets.UTF_8))
                    .containsOnlyOnce("WARN")
                    .contains("User and password go to " + registry.host() + " over plain HTTP")
                    .doesNotContain("jane", "s3cret");
        }
    }

    @Test
    void keepsThePasswordFromTheHostThatABlobComesFrom() throws Exception {
        try (SimulatedRegistry storage = SimulatedRegistry.start();
                SimulatedRegistry registry =
                        SimulatedRegistry.builder().basicAuth("jane", "secret").start()) {
            TinyImage image = registry.image("a/b:1");
            storage.put("a/b:1", image);
            String layer = image.layerDigests().get(0);
            String path = "/v2/a/b/blobs/" + layer;
            registry.inject(Fault.redirect(307, "http://" + storage.host() + path), 1, request -> request.path()
                    .equals(path));
            try (RegistryClient client = RegistryKind.client(registry, folder)) {
                client.fetchBlob("a/b", layer, image.blobs().get(layer).length, folder.resolve("blob"), MINUTE);
            }
            assertThat(folder.resolve("blob")).hasBinaryContent(image.blobs().get(layer));
            assertThat(registry.requests()).last().satisfies(r -> assertThat(r.authorization())
                    .contains("Basic"));
            assertThat(storage.requests()).singleElement().satisfies(r -> assertThat(r.authorization())
                    .isEmpty());
        }
    }

    @Test
    void keepsThePasswordOnTheSameHost() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().basicAuth("jane", "secret").start()) {
            registry.image("a/b:1");
            registry.inject(
                    Fault.redirect(301, "/v2/a/b/manifests/1"),
                    1,
                    request -> request.path().contains("/old/")
                            && request.authorization().isPresent());

            assertThat(ask(registry, "old/b", "1")).isInstanceOf(Found.class);
            assertThat(registry.requests()).last().satisfies(r -> assertThat(r.authorization())
                    .contains("Basic"));
        }
    }

    @Test
    void doesNotFollowARedirectOutOfTls() {
        try (SimulatedRegistry storage = SimulatedRegistry.start();
                SimulatedRegistry registry =
                        SimulatedRegistry.builder().tls(Kind.PRIVATE_CA).start()) {
            registry.inject(Fault.redirect(307, "http://" + storage.host() + "/v2/"), 1, request -> request.path()
                    .contains("/manifests/"));

            assertThat(ask(registry, "a/b", "1"))
                    .isEqualTo(new Broken(307, "a redirect to plain HTTP at " + storage.host()));
            assertThat(storage.requests()).isEmpty();
        }
    }

    @Test
    void doesNotRunInCircles() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(Fault.redirect(302, "/v2/a/b/manifests/1"), Integer.MAX_VALUE, request -> request.path()
                    .contains("/manifests/"));

            assertThat(ask(registry, "a/b", "1")).isEqualTo(new Broken(302, "more than 5 redirects"));
            assertThat(registry.requests()).extracting(ServedRequest::method).hasSize(7);
        }
    }

    @Test
    void understandsSeveralOffersInOneHeaderAndPrefersAToken() {
        assertThat(Challenge.of(
                        headers("Negotiate, Basic realm=\"a, \\\"b\\\"\", BEARER realm=\"https://t/x?y\",service=s")))
                .contains(new Challenge("bearer", Map.of("realm", "https://t/x?y", "service", "s")));
        assertThat(Challenge.of(headers("Negotiate", "Basic realm=\"a, \\\"b\\\"\"")))
                .contains(new Challenge("basic", Map.of("realm", "a, \"b\"")));
        assertThat(Challenge.of(headers("Negotiate"))).map(Challenge::auth).contains(AuthScheme.OTHER);
        assertThat(Challenge.of(headers())).isEmpty();
    }

    @Test
    void readsAChallengeOfAnyLength() {
        String realm = "https://t/" + "x\\a\\\"".repeat(5000);

        assertThat(Challenge.of(headers("Bearer realm=\"" + realm + '"'))
                        .orElseThrow()
                        .parameters())
                .containsEntry("realm", "https://t/" + "xa\"".repeat(5000));
        assertThat(Challenge.of(headers("Bearer realm=\"\\\\\",service=s")))
                .contains(new Challenge("bearer", Map.of("realm", "\\", "service", "s")));
    }

    @Test
    void neverShowsThePassword() {
        Credentials credentials = new Credentials("jane", "s3cret");

        assertThat(Registry.to("host").withCredentials(credentials).toString()).doesNotContain("s3cret", "jane");
        assertThat(TokenEndpoint.Token.lasting("s3cret", MINUTE, true).toString())
                .doesNotContain("s3cret");
        assertThat(Optional.of(credentials).toString()).doesNotContain("s3cret");
    }

    private ManifestAnswer ask(SimulatedRegistry registry, String repository, String reference) {
        try (RegistryClient client = RegistryKind.client(registry, folder)) {
            return client.manifest(repository, reference);
        }
    }

    private static HttpHeaders headers(String... challenges) {
        return HttpHeaders.of(Map.of("WWW-Authenticate", List.of(challenges)), (name, value) -> true);
    }
}
