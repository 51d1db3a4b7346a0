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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The HTTPS side: reads requests, writes answers, keeps the journal, and breaks what shall break. */
final class ApiServer implements AutoCloseable {

    private static final int LAST_ANSWERS_SECONDS = 2;
    private static final Pattern ATTRIBUTE = Pattern.compile("(?:^|[,+])(CN|O)=([^,+]+)");

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "simulated-openshift");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Phaser underWay = new Phaser(1);
    private final RequestJournal journal;
    private final OpenShiftRules version;
    private final String prefix;
    private volatile Function<ApiRequest, Optional<ApiResponse>> side = request -> Optional.empty();

    /** @param prefix what every address has before the API's own path, such as {@code /k8s/clusters/c-1}; else empty */
    ApiServer(
            InetSocketAddress address,
            SSLContext tls,
            RequestJournal journal,
            OpenShiftRules version,
            String prefix)
            throws IOException {
        this.journal = journal;
        this.version = version;
        this.prefix = prefix;
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
            Optional<ClientIdentity> certificate = certificate(exchange);
            User sender = User.ANONYMOUS;
            User user = User.ANONYMOUS;
            ApiResponse response;
            try {
                if (!isBelowPrefix(exchange)) {
                    throw ApiException.noSuchPath();
                }
                sender = router.sender(request, certificate);
                user = router.identify(request, certificate);
                ApiRequest known = request.as(user);
                response = answer(() -> router.route(known));
            } catch (ApiException e) {
                response = ApiResponse.failure(e);
            } catch (BrokenAnswer e) {
                journal(exchange, request, caller(exchange, request, sender, user), 0);
                breakOff(exchange, e.kind());
                return;
            }
            journal(exchange, request, caller(exchange, request, sender, user), response.status());
            version.headers(request.path(), response).forEach(exchange.getResponseHeaders()::set);
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

    private boolean isBelowPrefix(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().startsWith(prefix + "/");
    }

    private Caller caller(HttpExchange exchange, ApiRequest request, User sender, User user) {
        boolean bearer = request.header("authorization").regionMatches(true, 0, "Bearer ", 0, 7);
        Caller.Credential credential = Caller.Credential.NONE;
        if (bearer) {
            credential = Caller.Credential.TOKEN;
        } else if (certificate(exchange).isPresent()) {
            credential = Caller.Credential.CERTIFICATE;
        }
        return new Caller(
                user.name(),
                user.groups(),
                credential,
                sender.equals(user) ? "" : sender.name(),
                serverName(exchange),
                isBelowPrefix(exchange) ? prefix : "");
    }

    private static String serverName(HttpExchange exchange) {
        SSLSession session = ((HttpsExchange) exchange).getSSLSession();
        if (session instanceof ExtendedSSLSession extended) {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return "";
    }

    private void journal(HttpExchange exchange, ApiRequest request, Caller caller, int status) {
        journal.request(new JournalEntry(
                Instant.now(),
                request.method(),
                request.path(),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                new String(request.body(), StandardCharsets.UTF_8),
                status,
                caller.user(),
                ApiRouter.isChanging(request),
                caller));
    }

    private ApiRequest read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        Map<String, String> query = new HashMap<>();
        URI uri = exchange.getRequestURI();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = isBelowPrefix(exchange) ? uri.getPath().substring(prefix.length()) : uri.getPath();
        return new ApiRequest(exchange.getRequestMethod(), path, query, headers, body, User.ANONYMOUS);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Optional<ClientIdentity> certificate(HttpExchange exchange) {
        try {
            if (((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0] instanceof X509Certificate peer) {
                Matcher attributes =
                        ATTRIBUTE.matcher(peer.getSubjectX500Principal().getName());
                String name = "";
                List<String> organizations = new ArrayList<>();
                while (attributes.find()) {
                    if ("CN".equals(attributes.group(1))) {
                        name = attributes.group(2);
                    } else {
                        organizations.add(attributes.group(2));
                    }
                }
                return name.isEmpty() ? Optional.empty() : Optional.of(new ClientIdentity(name, organizations));
            }
            return Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static void write(HttpExchange exchange, ApiResponse response) throws IOException {
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
