package io.github.cdkmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdkmaven.registry.RegistryFailure.RedirectedLogin;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.ServedRequest;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.Stranger;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A host to which a registry redirects, and which wants a login of its own")
class RedirectedLoginTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    /** The places at which a redirect is followed. */
    enum Place {
        PING(request -> request.path().equals("/v2/")) {
            @Override
            ManifestAnswer ask(RegistryClient client, TinyImage image, Path file) {
                return client.ping().failure().orElseThrow();
            }
        },
        TOKEN_HOST(request -> request.path().equals("/v2/")) {
            @Override
            ManifestAnswer ask(RegistryClient client, TinyImage image, Path file) {
                assertThat(client.tokenHost()).isEmpty();
                return client.manifest("a/b", "1");
            }
        },
        MANIFEST_HEAD(request -> request.path().contains("/manifests/")) {
            @Override
            ManifestAnswer ask(RegistryClient client, TinyImage image, Path file) {
                return client.manifest("a/b", "1");
            }
        },
        MANIFEST_GET(request -> request.method().equals("GET") && request.path().contains("/manifests/")) {
            @Override
            ManifestAnswer ask(RegistryClient client, TinyImage image, Path file) throws IOException {
                return thrown(() -> client.fetchManifest("a/b", "1"));
            }
        },
        CONFIGURATION(request -> request.path().contains("/blobs/")) {
            @Override
            ManifestAnswer ask(RegistryClient client, TinyImage image, Path file) {
                return client.manifestWithArchitecture("a/b", "1");
            }
        },
        BLOB(request -> request.path().contains("/blobs/")) {
            @Override
            ManifestAnswer ask(RegistryClient client, TinyImage image, Path file) throws IOException {
                ManifestAnswer answer = thrown(
                        () -> client.fetchBlob("a/b", image.layerDigests().get(0), 1_000_000, file, MINUTE));
                assertThat(file).doesNotExist();
                return answer;
            }
        };

        /** Something that throws. */
        private interface Fetch {
            void run() throws IOException;
        }

        private final Predicate<ServedRequest> asked;

        Place(Predicate<ServedRequest> asked) {
            this.asked = asked;
        }

        abstract ManifestAnswer ask(RegistryClient client, TinyImage image, Path file) throws IOException;

        private static ManifestAnswer thrown(Fetch fetch) throws IOException {
            try {
                fetch.run();
                throw new AssertionError("it was fetched");
            } catch (RegistryException e) {
                return e.answer();
            }
        }
    }

    static Stream<Arguments> places() {
        return Stream.of(Place.values())
                .flatMap(place -> Stream.of(
                        arguments(place, true, true, false),
                        arguments(place, true, true, true),
                        arguments(place, true, false, true),
                        arguments(place, false, true, false),
                        arguments(place, false, false, true)));
    }

    @ParameterizedTest(name = "{0}, TLS {1} to TLS {2}, token {3}")
    @MethodSource("places")
    @DisplayName(
            "gets none of the registry's, wherever the redirect stands and whether or not there is TLS on its ways")
    void getsNoLogin(Place place, boolean tls, boolean strangersTls, boolean token) throws IOException {
        try (Stranger stranger = token ? Stranger.withToken(strangersTls) : Stranger.withBasic(strangersTls);
                SimulatedRegistry registry = registry(tls)) {
            TinyImage image = registry.image("a/b:1");
            registry.inject(Fault.redirect(307, stranger.address() + "/x"), Integer.MAX_VALUE, place.asked);
            try (RegistryClient client = client(registry, stranger, !tls || !strangersTls)) {
                ManifestAnswer answer = place.ask(client, image, folder.resolve("blob"));

                assertThat(answer).isEqualTo(new RedirectedLogin(address(registry), stranger.address()));
                assertThat(answer.words()).contains("the registry redirects to a host that requires a login");
            }
            stranger.assertWasSentNoLogin();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("gets none of the token server's either")
    void tokenServer(boolean tls) throws IOException {
        try (Stranger stranger = Stranger.withToken(tls);
                SimulatedRegistry server = registry(tls);
                SimulatedRegistry registry = registry(tls)) {
            server.inject(Fault.redirect(302, stranger.address() + "/x"), Integer.MAX_VALUE);
            registry.inject(Fault.challenge("Bearer realm=\"" + address(server) + "/token\""), Integer.MAX_VALUE);
            Registry access =
                    access(!tls, registry, stranger.caPem() + server.caPem().orElse(""));
            try (RegistryClient client = new RegistryClient(access)) {
                assertThat(client.manifest("a/b", "1"))
                        .isEqualTo(new RedirectedLogin(address(server), stranger.address()));
            }
            assertThat(server.requests())
                    .allSatisfy(request -> assertThat(request.authorization()).contains("Basic"));
            stranger.assertWasSentNoLogin();
        }
    }

    @Test
    @DisplayName("is not followed out of TLS, which is what the registry is asked over")
    void outOfTls() throws IOException {
        try (Stranger stranger = Stranger.withBasic(false);
                SimulatedRegistry registry = registry(true)) {
            TinyImage image = registry.image("a/b:1");
            registry.inject(Fault.redirect(307, stranger.address() + "/x"), Integer.MAX_VALUE, Place.BLOB.asked);
            try (RegistryClient client = client(registry, stranger, false)) {
                assertThat(Place.BLOB.ask(client, image, folder.resolve("blob")).words())
                        .contains("a redirect to plain HTTP");
            }
        }
    }

    @Test
    @DisplayName("is not followed to what cannot be asked over HTTP")
    void oddAddresses() throws IOException {
        for (String location : new String[] {
            "gopher://127.0.0.1/x",
            "file:///etc/passwd",
            "mailto:x@y",
            "http://127.0.0.1:0/x",
            "http://127.0.0.1:99999/x",
            "http://[::bad",
            "http://127.0.0.1:1/a b",
            ""
        }) {
            try (SimulatedRegistry registry = registry(false)) {
                registry.inject(Fault.redirect(307, location), Integer.MAX_VALUE, Place.MANIFEST_HEAD.asked);
                try (RegistryClient client = RegistryKind.client(registry, folder)) {
                    assertThat(client.manifest("a/b", "1"))
                            .as(location)
                            .isInstanceOf(RegistryFailure.Broken.class)
                            .extracting(ManifestAnswer::words)
                            .asString()
                            .contains("a redirect to");
                }
            }
        }
    }

    @Test
    @DisplayName(
            "says nothing about the TLS of the registry: nobody is asked over plain HTTP because that host has none")
    void noFallback() throws IOException {
        try (SimulatedRegistry registry = registry(true)) {
            registry.inject(Fault.redirect(307, "https://127.0.0.1:1/v2/"), Integer.MAX_VALUE);
            try (RegistryClient client = new RegistryClient(access(true, registry, ""))) {
                assertThat(client.ping().failure().orElseThrow().words())
                        .contains("127.0.0.1:1 refuses the connection");
            }
            assertThat(registry.requests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("is told from the registry by scheme, host and port")
    void origins() {
        assertThat(Origin.of(URI.create("HTTPS://A.example/x")))
                .isEqualTo(Origin.of(URI.create("https://a.example:443")));
        assertThat(Origin.of(URI.create("http://a.example")))
                .isNotEqualTo(Origin.of(URI.create("https://a.example")))
                .isNotEqualTo(Origin.of(URI.create("http://a.example:8080")))
                .isNotEqualTo(Origin.of(URI.create("http://b.example")))
                .map(Origin::toString)
                .contains("http://a.example");
        assertThat(Origin.of(URI.create("/x"))).isEqualTo(Optional.empty());
    }

    private static SimulatedRegistry registry(boolean tls) {
        SimulatedRegistry.Builder builder = SimulatedRegistry.builder().basicAuth("jane", "s3cret");
        return tls ? builder.tls(Kind.PRIVATE_CA).start() : builder.start();
    }

    private static String address(SimulatedRegistry registry) {
        return (registry.caPem().isPresent() ? "https://" : "http://") + registry.host();
    }

    private RegistryClient client(SimulatedRegistry registry, Stranger stranger, boolean insecure) throws IOException {
        return new RegistryClient(access(insecure, registry, stranger.caPem()));
    }

    /** Trusts the registry and the other servers. */
    private Registry access(boolean insecure, SimulatedRegistry registry, String others) throws IOException {
        Registry access =
                Registry.to(registry.host()).withInsecure(insecure).withCredentials(new Credentials("jane", "s3cret"));
        String authorities = registry.caPem().orElse("") + others;
        return authorities.isEmpty()
                ? access
                : access.withCa(Files.writeString(folder.resolve("authorities.pem"), authorities));
    }
}
