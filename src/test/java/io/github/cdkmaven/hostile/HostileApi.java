package io.github.cdkmaven.hostile;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cdkmaven.hostile.Mutations.Answer;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.sim.PromptServers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An API server whose answers a test makes, one request at a time. */
public final class HostileApi implements AutoCloseable {

    /** Answers a request; the status says how, where it is none: see the constants. */
    @FunctionalInterface
    public interface Handler {
        Answer answer(String method, String path, byte[] body) throws IOException;
    }

    /** No answer at all. */
    public static final int SILENT = -1;

    /** Headers and the body's beginning, and then nothing more. */
    public static final int HALF = -2;

    /** The body again and again. */
    public static final int ENDLESS = -3;

    /** The connection is closed. */
    public static final int CLOSED = -4;

    private static final long MOST = 512L << 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, String> headers;

    /** A server whose answers all have these headers. */
    public HostileApi(Map<String, String> headers, Handler handler) throws IOException {
        PromptServers.please();
        this.headers = headers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 200);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                send(
                        exchange,
                        handler.answer(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI().getPath(),
                                body));
            }
        });
        server.start();
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        switch (answer.status()) {
            case SILENT -> waitForTheEnd();
            case CLOSED -> exchange.close();
            case HALF -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(answer.body());
                exchange.getResponseBody().flush();
                waitForTheEnd();
            }
            case ENDLESS -> {
                exchange.sendResponseHeaders(200, 0);
                OutputStream out = exchange.getResponseBody();
                for (long sent = 0; sent < MOST && closing.getCount() > 0; sent += answer.body().length) {
                    out.write(answer.body());
                }
            }
            default -> {
                boolean empty = answer.status() == 204 || answer.body().length == 0;
                exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
                if (!empty) {
                    exchange.getResponseBody().write(answer.body());
                }
            }
        }
    }

    private void waitForTheEnd() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A text as an answer. */
    public static Answer answer(int status, String body) {
        return new Answer(status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code http://host:port}. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A client that is logged in. */
    public OpenShiftApi client() {
        return new OpenShiftApi(ClusterAccess.to(URI.create(address())).withToken("token"));
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
