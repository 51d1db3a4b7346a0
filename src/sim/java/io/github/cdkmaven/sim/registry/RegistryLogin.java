package io.github.cdkmaven.sim.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Who may read a simulated registry, and how it asks: nobody is asked, HTTP Basic, or a token from another port. */
sealed interface RegistryLogin extends AutoCloseable {

    /** What to answer to a stranger: empty when the request may pass, else the WWW-Authenticate header. */
    Optional<String> challenge(HttpExchange exchange, Optional<String> repository);

    /** Whether the request was one to the registry's own token server, and is answered. */
    default boolean answers(HttpExchange exchange) throws IOException {
        return false;
    }

    @Override
    default void close() {}

    private static boolean basic(HttpExchange exchange, String user, String password) {
        String expected = Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
        return ("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    /** Everybody may. */
    record Open() implements RegistryLogin {

        @Override
        public Optional<String> challenge(HttpExchange exchange, Optional<String> repository) {
            return Optional.empty();
        }
    }

    /** One user, by HTTP Basic, and everybody for images below some paths. */
    record Basic(String user, String password, List<String> openBelow) implements RegistryLogin {

        @Override
        public Optional<String> challenge(HttpExchange exchange, Optional<String> repository) {
            boolean open = repository
                    .filter(name -> openBelow.stream().anyMatch(name::startsWith))
                    .isPresent();
            return open || basic(exchange, user, password)
                    ? Optional.empty()
                    : Optional.of("Basic realm=\"Registry Realm\"");
        }
    }

    /** One user, by a token that a server hands out for one repository at a time. */
    final class Token implements RegistryLogin {

        /** Where the token server is. */
        enum Realm {
            /** On a port of its own, by plain HTTP. */
            OTHER_PORT,
            /** Below the registry's own address, as it was asked for: {@code /service/token}. */
            INSIDE,
            /** On a port of its own, by plain HTTP, from where it redirects to the registry's own address. */
            REDIRECTED
        }

        /**
         * How tokens are handed out.
         *
         * @param answer what the token server says, with {@code %s} for the token and {@code %d} for its seconds
         * @param scopeRequired whether a stranger who names no scope gets none (Harbor, Quay)
         */
        record Style(
                String answer, Duration lifetime, boolean anonymousPull, Realm realm, boolean scopeRequired) {

            static Style of(String field, Duration lifetime, boolean anonymousPull) {
                return new Style(
                        "{\"" + field + "\":\"%s\",\"expires_in\":%d}", lifetime, anonymousPull, Realm.OTHER_PORT, false);
            }

            /** For five minutes, by the registry itself. */
            static Style inside(boolean anonymousPull, boolean scopeRequired) {
                return new Style(
                        "{\"token\":\"%s\",\"expires_in\":%d}",
                        Duration.ofMinutes(5),
                        anonymousPull,
                        Realm.INSIDE,
                        scopeRequired);
            }

            Style at(Realm other) {
                return new Style(answer, lifetime, anonymousPull, other, scopeRequired);
            }

            Style answering(String other) {
                return new Style(other, lifetime, anonymousPull, realm, scopeRequired);
            }
        }

        private static final String PATH = "/service/token";

        /** Tokens live longer than told, so that a slow machine fails no test; {@link #forget} ends them. */
        private static final Duration GRACE = Duration.ofMinutes(1);

        private final Map<String, Long> tokens = new ConcurrentHashMap<>();
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final AtomicInteger count = new AtomicInteger();
        private final String user;
        private final String password;
        private final Style style;
        private final HttpServer realm;
        private final boolean tls;
        private volatile String registry = "";

        Token(String user, String password, Style style, boolean tls) throws IOException {
            this.tls = tls;
            this.user = user;
            this.password = password;
            this.style = style;
            realm = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            if (style.realm() == Realm.REDIRECTED) {
                realm.createContext("/token", this::redirect);
            } else {
                realm.createContext("/token", this::hand);
            }
            realm.start();
        }

        /** The queries that the token server got. */
        List<String> requests() {
            return List.copyOf(requests);
        }

        /** Every token so far becomes worthless, as when a registry restarts. */
        void forget() {
            tokens.clear();
        }

        @Override
        public Optional<String> challenge(HttpExchange exchange, Optional<String> repository) {
            String header = exchange.getRequestHeaders().getFirst("Authorization");
            if (header != null && header.startsWith("Bearer ")) {
                String wanted = scope(repository);
                String token = header.substring("Bearer ".length());
                Long end = tokens.get(token);
                if (end != null && end > System.nanoTime() && (wanted.isEmpty() || token.endsWith('.' + hex(wanted)))) {
                    return Optional.empty();
                }
            }
            String scope = scope(repository);
            return Optional.of("Bearer realm=\"%s\",service=\"registry, the one\"%s"
                    .formatted(address(exchange), scope.isEmpty() ? "" : ",scope=\"" + scope + '"'));
        }

        private String address(HttpExchange exchange) {
            registry = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
            return style.realm() == Realm.INSIDE
                    ? inside()
                    : "http://127.0.0.1:" + realm.getAddress().getPort() + "/token";
        }

        private String inside() {
            return (tls ? "https://" : "http://") + registry + PATH;
        }

        private void redirect(HttpExchange exchange) throws IOException {
            Fault.redirect(301, inside() + "?" + exchange.getRequestURI().getRawQuery())
                    .answer(exchange);
        }

        @Override
        public boolean answers(HttpExchange exchange) throws IOException {
            boolean asked = style.realm() != Realm.OTHER_PORT
                    && exchange.getRequestURI().getPath().equals(PATH);
            if (asked) {
                hand(exchange);
            }
            return asked;
        }

        private void hand(HttpExchange exchange) throws IOException {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            requests.add(query);
            boolean named = exchange.getRequestHeaders().containsKey("Authorization");
            boolean refused = named
                    ? !basic(exchange, user, password)
                    : !style.anonymousPull() || style.scopeRequired() && !query.contains("scope=");
            if (refused) {
                RegistryEndpoints.error(
                        exchange,
                        401,
                        "UNAUTHORIZED",
                        named ? "incorrect username or password" : "authentication required");
                return;
            }
            String scope = "";
            for (String part : query.split("&", -1)) {
                scope = part.startsWith("scope=") ? part.substring("scope=".length()) : scope;
            }
            String token = "t" + count.incrementAndGet() + '.' + hex(scope);
            tokens.put(token, System.nanoTime() + style.lifetime().plus(GRACE).toNanos());
            Fault.page(
                            200,
                            "application/json",
                            style.answer().formatted(token, style.lifetime().toSeconds()))
                    .answer(exchange);
        }

        private static String scope(Optional<String> repository) {
            return repository.map(name -> "repository:" + name + ":pull").orElse("");
        }

        private static String hex(String text) {
            return Integer.toHexString(text.hashCode());
        }

        @Override
        public void close() {
            realm.stop(0);
        }
    }
}
