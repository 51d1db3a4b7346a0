package io.github.cdkmaven.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.Stranger;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The look at the registry ends at the first step that fails:")
class RegistryCheckTest {

    @TempDir
    Path folder;

    @Test
    void aNameThatNobodyKnows() {
        Registry access = Registry.to("registry.corp.example:5000");
        try (RegistryClients registries = new RegistryClients(Registries.of(access))) {
            RegistryCheck check = new RegistryCheck(registries, access.host(), name -> {
                throw new UnknownHostException(name);
            });

            assertEnds(check.get(), "registry.dns", "this machine cannot resolve the name", "<registry>");
            assertThat(check.usable()).isFalse();
        }
    }

    @Test
    void aPortThatNobodyListensTo() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = server.getLocalPort();
        }
        assertEnds(look(Registry.to("127.0.0.1:" + port)), "registry.tcp", "(Connection refused)", "firewall");
    }

    @Test
    void anotherHostThatWantsALoginWhichItIsNotGiven() {
        try (Stranger stranger = Stranger.withToken(false);
                SimulatedRegistry registry = SimulatedRegistry.start()) {
            registry.inject(Fault.redirect(302, stranger.address() + "/v2/"), Integer.MAX_VALUE);
            Registry access =
                    Registry.to(registry.host()).withInsecure(true).withCredentials(new Credentials("jane", "s3cret"));

            assertEnds(
                    look(access),
                    "registry.api",
                    "redirects to a host that requires a login of its own: from http://" + registry.host() + " to "
                            + stranger.address(),
                    "<registry>");
            stranger.assertWasSentNoLogin();
        }
    }

    @Test
    void anAuthorityThatThisMachineDoesNotTrust() {
        assertTls(Kind.PRIVATE_CA, access -> access, "CN=Corp Test CA, which this JVM does not trust", "<registryCa>");
    }

    @Test
    void aCertificateWhoseTimeIsOver() {
        assertTls(Kind.EXPIRED, access -> access, "expired on 2020-01-02", "<registryInsecure>");
    }

    @Test
    void aCertificateForAnotherName() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tls(Kind.WRONG_HOST).start()) {
            Registry access = Registry.to(registry.host())
                    .withCa(Files.writeString(
                            folder.resolve("ca.pem"), registry.caPem().orElseThrow()));

            assertEnds(look(access), "registry.tls", "is for registry.other.example, not for this name", "<registry>");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void plainHttpWhereTlsIsExpected() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            assertEnds(
                    look(Registry.to(registry.host())),
                    "registry.tls",
                    "speaks plain HTTP, not TLS",
                    "<registryInsecure>true</registryInsecure>");
        }
    }

    @Test
    @DisplayName("TLS where plain HTTP was expected is used, with a warning that any certificate will do")
    void tlsOnThePlainPort() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tls(Kind.PRIVATE_CA).start()) {
            List<Check> checks = look(Registry.to(registry.host()).withInsecure(true));

            assertThat(checks)
                    .extracting(check -> check.id() + " " + check.outcome().word())
                    .containsExactly(
                            "registry.dns ok",
                            "registry.tcp ok",
                            "registry.tls warn",
                            "registry.api ok",
                            "registry.login ok");
            assertThat(checks.get(2).message()).isEqualTo("TLS is used, but any certificate is accepted");
        }
    }

    @Test
    void aLoginThatIsMissing() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().basicAuth("jane", "secret").start()) {
            assertEnds(
                    look(Registry.to(registry.host()).withInsecure(true)),
                    "registry.login",
                    "the registry requires a login",
                    "<registryServerId>");
        }
    }

    @Test
    @DisplayName("a password that goes over plain HTTP, as registryInsecure allows, is used with a warning")
    void passwordOverPlainHttp() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().basicAuth("jane", "secret").start()) {
            List<Check> checks = look(
                    Registry.to(registry.host()).withInsecure(true).withCredentials(new Credentials("jane", "secret")));

            Check login = checks.get(checks.size() - 1);
            assertThat(login.id() + " " + login.outcome().word()).isEqualTo("registry.login warn");
            assertThat(login.message()).isEqualTo("user and password go over plain HTTP");
            assertThat(login.fix().orElseThrow()).contains("<registryInsecure>");
        }
    }

    @Test
    @DisplayName("with the login accepted, the connections for the images are opened, no more than may be used")
    void opensConnections() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tokenAuth("jane", "secret").start()) {
            look(Registry.to(registry.host()).withInsecure(true).withCredentials(new Credentials("jane", "secret")));

            assertThat(registry.requests())
                    .filteredOn(request -> request.method().equals("HEAD"))
                    .hasSize(8)
                    .allSatisfy(request -> assertThat(request.authorization()).isPresent());
            assertThat(registry.maxInFlight()).isLessThanOrEqualTo(8);
            assertThat(registry.tokenRequests()).hasSize(1);
        }
    }

    private static List<Check> look(Registry access) {
        try (RegistryClients registries = new RegistryClients(Registries.of(access))) {
            return new RegistryCheck(registries, access.host()).get();
        }
    }

    private static void assertTls(Kind kind, UnaryOperator<Registry> how, String words, String fix) {
        try (SimulatedRegistry registry = SimulatedRegistry.builder().tls(kind).start()) {
            assertEnds(look(how.apply(Registry.to(registry.host()))), "registry.tls", words, fix);
        }
    }

    private static void assertEnds(List<Check> checks, String id, String words, String fix) {
        Check last = checks.get(checks.size() - 1);
        assertThat(last.id()).isEqualTo(id);
        assertThat(last.outcome().word()).isEqualTo("fail");
        assertThat(last.message()).contains(words);
        assertThat(last.fix().orElseThrow()).contains(fix);
        assertThat(checks.subList(0, checks.size() - 1))
                .allSatisfy(check -> assertThat(check.outcome().word()).isNotEqualTo("fail"));
    }
}
