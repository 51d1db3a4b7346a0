package io.github.cdkmaven.sim.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.cdkmaven.sim.PromptServers;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** As much of a registry as the importer's tests need: manifests and blobs by path, perhaps TLS, perhaps a password. */
final class RegistryFixture implements AutoCloseable {

    static final String SCHEMA_2 = "application/vnd.docker.distribution.manifest.v2+json";
    static final String LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    static final String OCI = "application/vnd.oci.image.manifest.v1+json";

    private record Stored(String type, byte[] bytes) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Stored> stored = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Optional<String> password = Optional.empty();

    private RegistryFixture(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Plain HTTP. */
    static RegistryFixture http() throws IOException {
        PromptServers.please();
        return new RegistryFixture(HttpServer.create(loopback(), 0));
    }

    /** TLS with a private CA. */
    static RegistryFixture https() throws IOException {
        PromptServers.please();
        HttpsServer server = HttpsServer.create(loopback(), 0);
        SSLContext tls = ClusterAuthority.in(Optional.empty()).server("127.0.0.1");
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new RegistryFixture(server);
    }

    private static InetSocketAddress loopback() throws IOException {
        return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    }

    /** Asks for this {@code user:password} from now on. */
    RegistryFixture protectedBy(String userAndPassword) {
        password = Optional.of(Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** {@code 127.0.0.1:port}. */
    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Adds an image in Docker's format and returns its digest. */
    String push(String repository, String tag) {
        return push(repository, tag, SCHEMA_2);
    }

    /** Adds an image with a manifest of the given type and returns its digest. */
    String push(String repository, String tag, String type) {
        byte[] config = ("{\"created\":\"2018-05-31T00:00:00Z\",\"architecture\":\"amd64\",\"os\":\"linux\","
                        + "\"config\":{\"Cmd\":[\"/bin/true\"],\"Labels\":{\"name\":\"" + repository + "\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        stored.put("/v2/" + repository + "/blobs/" + digest(config), new Stored("application/octet-stream", config));
        String layer = "{\"mediaType\":\"application/vnd.docker.image.rootfs.diff.tar.gzip\",\"size\":124,\"digest\":\""
                + digest(repository.getBytes(StandardCharsets.UTF_8)) + "\"}";
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + type + "\",\"config\":{\"size\":" + config.length
                        + ",\"digest\":\"" + digest(config) + "\"},\"layers\":[" + layer + "]}")
                .getBytes(StandardCharsets.UTF_8);
        return manifest(repository, tag, type, manifest);
    }

    /** Adds a manifest as it is and returns its digest. */
    String manifest(String repository, String tag, String type, byte[] bytes) {
        stored.put("/v2/" + repository + "/manifests/" + tag, new Stored(type, bytes));
        stored.put("/v2/" + repository + "/manifests/" + digest(bytes), new Stored(type, bytes));
        return digest(bytes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
            String login = exchange.getRequestHeaders().getFirst("Authorization");
            if (password.isPresent() && !("Basic " + password.get()).equals(login)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"fixture\"");
                error(exchange, 401, "UNAUTHORIZED", "authentication required");
            } else if ("/v2/".equals(path)) {
                write(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
            } else {
                send(exchange, path);
            }
        }
    }

    private void send(HttpExchange exchange, String path) throws IOException {
        Stored found = stored.get(path);
        List<String> accepted = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
        if (found == null
                || path.contains("/manifests/") && !String.join(",", accepted).contains(found.type())) {
            error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", found.type());
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest(found.bytes()));
        write(exchange, 200, found.bytes());
    }

    private static void error(HttpExchange exchange, int status, String code, String message) throws IOException {
        var body = Json.object();
        body.putArray("errors").addObject().put("code", code).put("message", message);
        write(exchange, status, Json.write(body));
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
