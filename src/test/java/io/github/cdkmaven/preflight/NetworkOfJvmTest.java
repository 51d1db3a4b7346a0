package io.github.cdkmaven.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.sim.registry.RegistryFlavour;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("By the settings of the JVM,")
class NetworkOfJvmTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"403 Forbidden, it answers 403", "407 Proxy Authentication Required, 407"})
    @DisplayName("a proxy that refuses is named, with the way to leave it out")
    void proxy(String status, String words) throws IOException {
        try (ServerSocket proxy = denying(status)) {
            List<String> lines = LookAtRegistry.in(
                    List.of("-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=" + proxy.getLocalPort()),
                    "registry.corp.example:5000",
                    "");

            assertThat(lines)
                    .filteredOn(line -> line.startsWith("FAIL"))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("the proxy 127.0.0.1:" + proxy.getLocalPort() + " of this JVM", words)
                            .contains("add registry.corp.example to -Dhttp.nonProxyHosts"));
        }
    }

    @Test
    @DisplayName("a name may have several addresses, of which the first that answers is used")
    void addresses() throws IOException {
        try (SimulatedRegistry registry = RegistryFlavour.OPEN.start(Kind.PRIVATE_CA)) {
            registry.image("a/b:1");
            Path hosts = Files.writeString(
                    folder.resolve("hosts"), "127.0.0.3 registry.corp.example\n127.0.0.1 registry.corp.example\n");
            Path ca =
                    Files.writeString(folder.resolve("ca.pem"), registry.caPem().orElseThrow());

            List<String> lines = LookAtRegistry.in(
                    List.of("-Djdk.net.hosts.file=" + hosts),
                    "registry.corp.example"
                            + registry.host().substring(registry.host().indexOf(':')),
                    ca.toString());

            assertThat(lines).noneMatch(line -> line.startsWith("FAIL"));
            assertThat(lines)
                    .anyMatch(line -> line.contains("answers at 127.0.0.1, not at 127.0.0.3"))
                    .anyMatch(line -> line.contains("1 of 1 images are in the registry"));
        }
    }

    private static ServerSocket denying(String status) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(
                () -> {
                    while (!server.isClosed()) {
                        try (Socket client = server.accept()) {
                            BufferedReader in = new BufferedReader(
                                    new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                                assertThat(line).doesNotContain("secret");
                            }
                            client.getOutputStream()
                                    .write(("HTTP/1.1 " + status
                                                    + "\r\nProxy-Authenticate: Basic realm=\"corp\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                            .getBytes(StandardCharsets.US_ASCII));
                        } catch (IOException e) {
                            // Closed, or the client hung up.
                        }
                    }
                },
                "denying-proxy");
        thread.setDaemon(true);
        thread.start();
        return server;
    }
}
