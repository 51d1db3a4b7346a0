package io.github.cdkmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.RegistryFailure.HttpOnly;
import io.github.cdkmaven.registry.RegistryFailure.Tls;
import io.github.cdkmaven.registry.RegistryFailure.Unreachable;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When TLS with a registry fails, the user reads")
class TlsInWordsTest {

    @TempDir
    Path folder;

    @Test
    void whichAuthorityIsNotTrustedAndHowToNameIt() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tls(Kind.PRIVATE_CA).start()) {
            Tls tls = failure(Registry.to(registry.host()));

            assertThat(tls.reason()).isEqualTo(TlsReason.UNKNOWN_AUTHORITY);
            assertThat(tls.words())
                    .isEqualTo("the certificate of " + registry.host()
                            + " is signed by O=Corp Example,CN=Corp Test CA, which this JVM does not trust");
            assertThat(tls.fix()).contains("<registryCa>", "-Dcdk.registryCa");
            assertThat(ping(trusting(registry)).ok()).isTrue();
        }
    }

    @Test
    void whenTheCertificateExpired() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tls(Kind.EXPIRED).start()) {
            Tls tls = failure(trusting(registry));

            assertThat(tls.reason()).isEqualTo(TlsReason.EXPIRED);
            assertThat(tls.words()).isEqualTo("the certificate of " + registry.host() + " expired on 2020-01-02");
            assertThat(tls.fix()).contains("new certificate", "<registryInsecure>");
            assertThat(failure(Registry.to(registry.host())))
                    .as("the same without the authority")
                    .isEqualTo(tls);
            assertThat(ping(Registry.to(registry.host()).withInsecure(true)).ok())
                    .isTrue();
        }
    }

    @Test
    void forWhichNamesTheCertificateIs() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tls(Kind.WRONG_HOST).start()) {
            Tls tls = failure(trusting(registry));

            assertThat(tls.reason()).isEqualTo(TlsReason.WRONG_HOST);
            assertThat(tls.words())
                    .isEqualTo("the certificate of " + registry.host()
                            + " is for registry.other.example, not for this name");
            assertThat(tls.fix()).contains("<registry>");
            assertThat(ping(Registry.to(registry.host()).withInsecure(true)).ok())
                    .isTrue();
        }
    }

    @Test
    void thatPlainHttpIsSpokenWhereTlsWasExpected() {
        try (SimulatedRegistry registry = SimulatedRegistry.start()) {
            PingAnswer answer = ping(Registry.to(registry.host()));

            assertThat(answer.failure()).contains(new HttpOnly(registry.host()));
            assertThat(answer.failure().get().words()).isEqualTo(registry.host() + " speaks plain HTTP, not TLS");
            assertThat(answer.failure().get().fix()).contains("<registryInsecure>");
            assertThat(registry.requests()).as("nothing was sent without TLS").isEmpty();
        }
    }

    @Test
    @DisplayName("nothing, when TLS is spoken where plain HTTP was expected: it is used")
    void tlsOnThePlainPort() {
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().tls(Kind.PRIVATE_CA).start()) {
            PingAnswer answer = ping(Registry.to(registry.host()).withInsecure(true));

            assertThat(answer.ok()).isTrue();
            assertThat(answer.plainHttp()).isFalse();
        }
    }

    @Test
    void thatNoTlsVersionIsCommon() throws Exception {
        // A fatal alert, protocol_version.
        try (ServerSocket server = answering("15030300020246")) {
            Tls tls = failure(Registry.to("127.0.0.1:" + server.getLocalPort()));

            assertThat(tls.reason()).isEqualTo(TlsReason.PROTOCOL);
            assertThat(tls.words()).contains("have no TLS version");
        }
    }

    @Test
    void thatTheHandshakeWasCutOff() throws Exception {
        try (ServerSocket server = answering("")) {
            PingAnswer answer = ping(Registry.to("127.0.0.1:" + server.getLocalPort()));

            assertThat(answer.failure())
                    .contains(new Unreachable("127.0.0.1:" + server.getLocalPort() + " ended the TLS handshake"));
        }
    }

    @Test
    void thatNobodyListens() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = server.getLocalPort();
        }
        assertThat(ping(Registry.to("127.0.0.1:" + port)).failure())
                .contains(new Unreachable("127.0.0.1:" + port + " refuses the connection"));
    }

    @Test
    void thatNothingCameInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Registry access = Registry.to("127.0.0.1:" + silent.getLocalPort()).withTimeout(Duration.ofMillis(200));

            assertThat(ping(access).failure()).get().isInstanceOf(Unreachable.class);
        }
    }

    @Test
    void thatTheRegistryIsNoHost() {
        assertThat(ping(Registry.to("http://registry.corp.example")).failure())
                .contains(new Unreachable("\"http://registry.corp.example\" is no host with an optional port"));
    }

    @Test
    void thatTheFileOfTheAuthorityIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "nothing");

        assertThatThrownBy(() -> new RegistryClient(Registry.to("127.0.0.1:1").withCa(file)))
                .isInstanceOf(ProblemException.class)
                .hasMessage("The file of registryCa contains no readable certificate: " + file)
                .satisfies(
                        e -> assertThat(((ProblemException) e).problem().fix()).contains("<registryCa>"));
        assertThatThrownBy(() -> new RegistryClient(Registry.to("127.0.0.1:1").withCa(folder.resolve("absent.pem"))))
                .hasMessageContaining("absent.pem");
    }

    private Registry trusting(SimulatedRegistry registry) {
        return RegistryKind.access(registry, folder);
    }

    private static PingAnswer ping(Registry access) {
        try (RegistryClient client = new RegistryClient(access, pause -> {})) {
            return client.ping();
        }
    }

    private static Tls failure(Registry access) {
        RegistryFailure failure = ping(access).failure().orElseThrow();
        assertThat(failure).isInstanceOf(Tls.class);
        return (Tls) failure;
    }

    /** A server that answers any bytes with the given ones and hangs up. */
    private static ServerSocket answering(String hex) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(
                () -> {
                    while (!server.isClosed()) {
                        try (Socket client = server.accept()) {
                            client.getInputStream().read(new byte[4096]);
                            client.getOutputStream().write(HexFormat.of().parseHex(hex));
                        } catch (IOException e) {
                            // Closed, or the client hung up.
                        }
                    }
                },
                "odd-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }
}
