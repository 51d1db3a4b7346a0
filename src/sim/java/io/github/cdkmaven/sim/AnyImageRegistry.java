package io.github.cdkmaven.sim;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A plain-HTTP registry that claims to hold every image, or those that a test says. */
public final class AnyImageRegistry implements AutoCloseable {

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
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            exchange.sendResponseHeaders(holds.test(path) ? 200 : 404, -1);
            exchange.close();
        });
        server.setExecutor(workers);
        server.start();
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
