package io.github.cdkmaven.sim.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The HTTPS side: reads requests, writes answers, keeps the journal, and breaks what shall break. */
final class ApiServer implements AutoCloseable {

    private static final int LAST_ANSWERS_SECONDS = 2;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "simulated-openshift");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Phaser underWay = new Phaser(1);
    private final RequestJournal journal;
    private volatile Function<ApiRequest, Optional<ApiResponse>> side = request -> Optional.empty();

    ApiServer(InetSocketAddress address, SSLContext tls, RequestJournal journal) throws IOException {
        this.journal = journal;
        this.server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.setExecutor(threads);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Requests that {@code side} answers are neither journalled nor subject to anything else. */
    void start(ApiRouter router, Function<ApiRequest, Optional<ApiResponse>> beside) {
        side = beside;
        server.createContext("/", exchange -> {
            underWay.register();
            try {
                handle(exchange, router);
            } finally {
                underWay.arriveAndDeregister();
            }
        });
        server.start();
    }

    private void handle(HttpExchange exchange, ApiRouter router) throws IOException {
        try (exchange) {
            ApiRequest request = read(exchange);
            Optional<ApiResponse> aside = side.apply(request);
            if (aside.isPresent()) {
                write(exchange, aside.get());
                return;
            }
            User user = User.ANONYMOUS;
            ApiResponse response;
            try {
                user = router.identify(request, certificate(exchange));
                ApiRequest known = request.as(user);
                response = answer(() -> router.route(known));
            } catch (ApiException e) {
                response = ApiResponse.failure(e);
            } catch (BrokenAnswer e) {
                journal(request, user, 0);
                breakOff(exchange, e.kind());
                return;
            }
            journal(request, user, response.status());
            write(exchange, response);
        }
    }

    private static ApiResponse answer(Supplier<ApiResponse> work) {
        try {
            return work.get();
        } catch (ApiException e) {
            return ApiResponse.failure(e);
        } catch (BrokenAnswer e) {
            throw e;
        } catch (RuntimeException e) {
            return ApiResponse.failure(ApiException.internal("the simulation failed: " + e));
        }
    }

    private void journal(ApiRequest request, User user, int status) {
        journal.request(new JournalEntry(
                Instant.now(), request.method(), request.path(), status, user.name(), ApiRouter.isChanging(request)));
    }

    private static ApiRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        Map<String, String> query = new HashMap<>();
        URI uri = exchange.getRequestURI();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        return new ApiRequest(exchange.getRequestMethod(), uri.getPath(), query, headers, body, User.ANONYMOUS);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Optional<String> certificate(HttpExchange exchange) {
        try {
            if (((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0] instanceof X509Certificate peer) {
                Matcher name =
                        COMMON_NAME.matcher(peer.getSubjectX500Principal().getName());
                return name.find() ? Optional.of(name.group(1)) : Optional.empty();
            }
            return Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static void write(HttpExchange exchange, ApiResponse response) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        response.headers().forEach(exchange.getResponseHeaders()::set);
        boolean empty = response.body().length == 0 || "HEAD".equals(exchange.getRequestMethod());
        exchange.sendResponseHeaders(response.status(), empty ? -1 : response.body().length);
        if (!empty) {
            exchange.getResponseBody().write(response.body());
        }
    }

    private void breakOff(HttpExchange exchange, BrokenAnswer.Kind kind) throws IOException {
        if (kind == BrokenAnswer.Kind.HANG) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(201, 4096);
        exchange.getResponseBody().write("{\"kind\":".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    /** Lets the answers under way get through, but not for long. */
    @Override
    public void close() {
        closed.countDown();
        try {
            underWay.awaitAdvanceInterruptibly(underWay.arriveAndDeregister(), LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            // Those that are left break off, as when a master is stopped.
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
