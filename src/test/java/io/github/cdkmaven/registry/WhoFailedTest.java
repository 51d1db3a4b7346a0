package io.github.cdkmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.registry.ManifestAnswer.Found;
import io.github.cdkmaven.registry.RegistryFailure.TokenServer;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.RegistryFlavour;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Who failed is named, and the fix is not what is there already:")
class WhoFailedTest {

    private static final int ALWAYS = Integer.MAX_VALUE;
    private static final Credentials JANE =
            new Credentials(RegistryFlavour.USER, RegistryFlavour.PASSWORD, Optional.of("corp"));

    @TempDir
    Path folder;

    @Test
    @DisplayName("a token server that is down, and which registry names it")
    void tokenServerDown() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(Fault.challenge("Bearer realm=\"http://localhost:1/api/auth\""), ALWAYS);

            RegistryFailure failure = ping(registry, JANE);

            assertThat(failure).isInstanceOf(TokenServer.class);
            assertThat(failure.words())
                    .contains("the token server localhost:1, which " + registry.host() + " names as its realm");
            assertThat(failure.fix()).contains("localhost:1").doesNotContain("<server>");
        }
    }

    @Test
    @DisplayName("a realm by http at the registry's own TLS port, which ends such connections without a word")
    void httpRealmOfItself() {
        try (SimulatedRegistry registry = RegistryFlavour.OPEN.start(Kind.PRIVATE_CA)) {
            registry.inject(Fault.challenge("Bearer realm=\"http://" + registry.host() + "/token\""), ALWAYS);

            RegistryFailure failure =
                    failure(RegistryKind.access(registry, folder).withCredentials(JANE));

            assertThat(failure.words()).contains("names as its realm", "plain HTTP", "the password was not sent");
            assertThat(failure.fix()).contains("realm with https").doesNotContain("<server>");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Your authorization token has expired. Reauthenticate and try again., Renew the password of <server> 'corp'",
        "wrong, Correct user and password of <server> 'corp'"
    })
    @DisplayName("the user, with the server of settings.xml that is to be renewed or corrected")
    void refusedUser(String said, String fix) {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(
                    Fault.page(
                            403,
                            "application/json",
                            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + said + "\"}]}"),
                    ALWAYS,
                    request -> request.authorization().isPresent());
            registry.inject(Fault.challenge("Basic realm=\"x\""), ALWAYS);

            RegistryFailure failure = ping(registry, JANE);

            assertThat(failure.words())
                    .startsWith("registry " + registry.host() + " refused user 'jane' (server 'corp' in settings.xml)")
                    .contains(said);
            assertThat(failure.fix()).startsWith(fix).doesNotContain("Put a <server>");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RegistryFlavour.class,
            names = {"BASIC", "BASIC_BY_PROXY", "TOKEN", "TOKEN_WITH_SCOPE", "EMPTY_TOKEN", "BASIC_BEARER_IN_TWO"})
    @DisplayName("a wrong password, however it is asked for")
    void wrongPassword(RegistryFlavour flavour) {
        try (SimulatedRegistry registry = flavour.start()) {
            RegistryFailure failure = ping(registry, new Credentials("jane", "other", Optional.of("corp")));

            assertThat(failure.words()).contains("refused user 'jane' (server 'corp' in settings.xml)");
            assertThat(failure.fix()).startsWith("Correct user and password");
        }
    }

    @Test
    @DisplayName("a stranger whom a token server gives nothing without a scope, and a token with one")
    void tokenWithScope() {
        try (SimulatedRegistry registry = RegistryFlavour.TOKEN_WITH_SCOPE.start()) {
            registry.image("a/b:1");
            try (RegistryClient client =
                    new RegistryClient(Registry.to(registry.host()).withInsecure(true), pause -> {})) {
                assertThat(client.ping().failure()).isEmpty();
                assertThat(client.manifest("a/b", "1")).isInstanceOf(Found.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Negotiate", "Digest realm=\"x\"", "Bearer service=\"x\""})
    @DisplayName("a scheme that nobody who pulls can answer; the password was not sent")
    void unknownScheme(String challenge) {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(Fault.challenge(challenge), ALWAYS);

            RegistryFailure failure = ping(registry, JANE);

            assertThat(failure.words()).contains("alone").doesNotContain("refused user");
            assertThat(failure.fix()).contains("Basic");
            assertThat(registry.requests())
                    .allSatisfy(request -> assertThat(request.authorization()).isEmpty());
        }
    }

    @Test
    @DisplayName("the missing intermediate of a chain, whose root was given; with it, all is well")
    void intermediate() throws IOException {
        try (SimulatedRegistry registry = RegistryFlavour.OPEN.start(Kind.INTERMEDIATE_NOT_SENT)) {
            String root = registry.caPem().orElseThrow();
            Path pem = Files.writeString(folder.resolve("root.pem"), root);
            Registry access = Registry.to(registry.host());

            RegistryFailure failure = failure(access.withCa(pem));

            assertThat(failure.words()).contains("Corp Test Issuing CA", "neither the registry sends");
            assertThat(failure.fix()).contains("intermediate").isNotEqualTo(TlsReason.UNKNOWN_AUTHORITY.fix());
            Files.writeString(pem, root + registry.intermediatePem());
            try (RegistryClient client = new RegistryClient(access.withCa(pem), pause -> {})) {
                assertThat(client.ping().ok()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("an authority of the same name and another key")
    void renewedAuthority() throws IOException {
        try (SimulatedRegistry old = RegistryFlavour.OPEN.start(Kind.PRIVATE_CA);
                SimulatedRegistry registry = RegistryFlavour.OPEN.start(Kind.PRIVATE_CA)) {
            Path pem = Files.writeString(folder.resolve("old.pem"), old.caPem().orElseThrow());

            RegistryFailure failure = failure(Registry.to(registry.host()).withCa(pem));

            assertThat(failure.words()).contains("another certificate of that name");
            assertThat(failure.fix()).contains("current certificate");
        }
    }

    @Test
    @DisplayName("a client certificate that is wanted at the handshake")
    void clientCertificate() {
        try (SimulatedRegistry registry = RegistryFlavour.CLIENT_CERTIFICATE.start(Kind.PRIVATE_CA)) {
            RegistryFailure failure = failure(RegistryKind.access(registry, folder));

            assertThat(failure.words()).contains("requires a client certificate");
            assertThat(failure.fix()).contains("not supported by docker options nor by the importer");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("nobody, where the next address of a name answers")
    void nextAddress(boolean tls) throws IOException {
        try (SimulatedRegistry registry =
                tls ? RegistryFlavour.BASIC.start(Kind.PRIVATE_CA) : RegistryFlavour.BASIC.start()) {
            registry.image("a/b:1");
            String port = registry.host().substring(registry.host().indexOf(':'));
            Registry access = Registry.to("registry.corp.example" + port).withCredentials(JANE);
            access = tls
                    ? access.withCa(Files.writeString(
                            folder.resolve("ca.pem"), registry.caPem().orElseThrow()))
                    : access.withInsecure(true);
            Routes.Names names = name -> new InetAddress[] {
                InetAddress.getByAddress(name, new byte[] {127, 0, 0, 3}),
                InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1})
            };
            try (RegistryClient client = new RegistryClient(access, pause -> {}, names)) {
                assertThat(client.ping().failure()).isEmpty();
                assertThat(client.manifest("a/b", "1")).isInstanceOf(Found.class);
            }
        }
    }

    private RegistryFailure ping(SimulatedRegistry registry, Credentials login) {
        return failure(Registry.to(registry.host()).withInsecure(true).withCredentials(login));
    }

    private static RegistryFailure failure(Registry access) {
        try (RegistryClient client = new RegistryClient(access, pause -> {})) {
            return client.ping().failure().orElseThrow();
        }
    }
}
