package io.github.cdkmaven.sim;

import com.sun.net.httpserver.HttpServer;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A plain-HTTP registry that claims to hold every image, or those that a test says. */
public final class AnyImageRegistry implements AutoCloseable {

    private static final TinyImage ANY = TinyImage.named("any");

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> holds = path -> true;

    public AnyImageRegistry() {
        try {
            PromptServers.please();
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                asked.add(path);
                byte[] body = body(path);
                exchange.getResponseHeaders()
                        .set("Content-Type", path.contains("/manifests/") ? ANY.mediaType() : "application/octet-stream");
                boolean head = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(holds.test(path) ? 200 : 404, head ? -1 : body.length);
                if (!head) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
        server.setExecutor(workers);
        server.start();
    }

    /** The same image under every name. */
    private static byte[] body(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return path.contains("/manifests/")
                ? ANY.manifestBytes()
                : ANY.blobs().getOrDefault(last, "{}".getBytes(StandardCharsets.UTF_8));
    }

    /** From now on images whose path contains the text are missing. */
    public void lacks(String part) {
        holds = path -> !path.contains(part);
    }

    /** {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Paths of all requests. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
