package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A bundle in the company")
class BundleFetchTest {

    private static final String NAME = "crc_libvirt_4.19.3_amd64.crcbundle";
    private static final byte[] CONTENT =
            "what a bundle consists of".repeat(400).getBytes();

    @TempDir
    Path folder;

    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private boolean cutsOff;
    private String user = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/crc/", this::answer);
        server.createContext("/moved/", exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", "http://localhost:" + server.getAddress().getPort() + "/crc/" + NAME);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String login = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String range = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
        requests.add(exchange.getRequestMethod() + " " + range + " " + login);
        if (!user.isEmpty() && login.equals("null")) {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        boolean same = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-Range"));
        int from = same ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        byte[] rest = Arrays.copyOfRange(CONTENT, from, CONTENT.length);
        exchange.getResponseHeaders().set("ETag", "\"v1\"");
        exchange.sendResponseHeaders(
                same ? 206 : 200, exchange.getRequestMethod().equals("HEAD") ? -1 : rest.length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(rest, 0, cutsOff ? rest.length / 2 : rest.length);
        }
        exchange.close();
    }

    private BundleFetch fetch(String path, Optional<String> sha256, Optional<Credentials> login) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + path + NAME;
        return new BundleFetch(BundleSource.of(url, sha256).with(login), Optional.empty(), folder);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    @Test
    @DisplayName("is fetched once, with its checksum")
    void once() throws IOException {
        Path other = Files.write(folder.resolve("same"), CONTENT);
        Optional<String> sum = Optional.of(BundleFetch.sha256(other));
        BundleFetch fetch = fetch("/crc/", sum, Optional.empty());

        assertThat(fetch.look(soon())).isEmpty();
        assertThat(fetch.fetched()).isEmpty();
        Path file = fetch.fetch(soon());
        assertThat(fetch("/crc/", sum, Optional.empty()).fetch(soon())).isEqualTo(file);

        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(file.getFileName()).hasToString(NAME);
        assertThat(requests).containsExactly("HEAD null null", "GET null null");
    }

    @Test
    @DisplayName("that was cut off does not count, and is gone on with")
    void cutOff() throws IOException {
        cutsOff = true;
        BundleFetch fetch = fetch("/crc/", Optional.empty(), Optional.empty());

        String problem = problemOf(fetch);
        assertThat(problem).contains("cannot be fetched", "resumes from there");
        assertThat(fetch.fetched()).isEmpty();

        cutsOff = false;
        assertThat(fetch.fetch(soon())).hasBinaryContent(CONTENT);
        assertThat(requests.get(1)).matches("GET bytes=\\d+- null");
    }

    @Test
    @DisplayName("of another checksum is thrown away")
    void otherChecksum() {
        BundleFetch fetch = fetch("/crc/", Optional.of("0".repeat(64)), Optional.empty());

        assertThat(problemOf(fetch)).contains("SHA-256", "0".repeat(64), "<bundleSha256>");
        assertThat(fetch.fetched()).isEmpty();
    }

    @Test
    @DisplayName("is fetched with the login of its host, which no other host gets")
    void login() {
        user = "ci";
        Credentials credentials = new Credentials("ci", "canary");

        assertThat(problemOf(fetch("/crc/", Optional.empty(), Optional.empty())))
                .contains("401", "<server>", "127.0.0.1:" + server.getAddress().getPort());
        fetch("/crc/", Optional.empty(), Optional.of(credentials)).fetch(soon());
        assertThat(problemOf(fetch("/moved/", Optional.empty(), Optional.of(credentials))))
                .contains("401")
                .doesNotContain("canary");

        assertThat(requests).containsExactly("GET null null", "GET null Basic Y2k6Y2FuYXJ5", "GET null null");
    }

    private static String problemOf(BundleFetch fetch) {
        return String.join(
                "\n",
                catchThrowableOfType(ProblemException.class, () -> fetch.fetch(soon()))
                        .problem()
                        .toLines());
    }
}
