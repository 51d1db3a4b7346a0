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

    /** One user, by a token that a server on another port hands out for one repository at a time. */
    final class Token implements RegistryLogin {

        /** How tokens are handed out. */
        record Style(String field, Duration lifetime, boolean anonymousPull) {}

        /** Tokens live longer than told, so that a slow machine fails no test; {@link #forget} ends them. */
        private static final Duration GRACE = Duration.ofMinutes(1);

        private final Map<String, Long> tokens = new ConcurrentHashMap<>();
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final AtomicInteger count = new AtomicInteger();
        private final String user;
        private final String password;
        private final Style style;
        private final HttpServer realm;

        Token(String user, String password, Style style) throws IOException {
            this.user = user;
            this.password = password;
            this.style = style;
            realm = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            realm.createContext("/token", this::hand);
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
            return Optional.of("Bearer realm=\"http://127.0.0.1:%d/token\",service=\"registry, the one\"%s"
                    .formatted(realm.getAddress().getPort(), scope.isEmpty() ? "" : ",scope=\"" + scope + '"'));
        }

        private void hand(HttpExchange exchange) throws IOException {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            requests.add(query);
            boolean named = exchange.getRequestHeaders().containsKey("Authorization");
            if (named ? !basic(exchange, user, password) : !style.anonymousPull()) {
                Fault.page(401, "application/json", "{\"errors\":[{\"code\":\"UNAUTHORIZED\"}]}")
                        .answer(exchange);
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
                            "{\"%s\":\"%s\",\"expires_in\":%d}"
                                    .formatted(
                                            style.field(),
                                            token,
                                            style.lifetime().toSeconds()))
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
