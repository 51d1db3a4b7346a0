package io.github.cdkmaven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry;
import io.github.cdkmaven.tls.HeaderValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches tokens from the server that a Bearer challenge names, which is often another host. */
final class TokenEndpoint {

    private static final Logger LOGGER = LoggerFactory.getLogger(TokenEndpoint.class);
    /** What the protocol says where {@code expires_in} is left out. */
    private static final int DEFAULT_LIFETIME_SECONDS = 60;

    /** Servers take 8 to 64 kB of headers in all; the largest real tokens have some kB. */
    private static final int LONGEST_TOKEN = 32_768;

    private static final EndpointCaller.Request JSON_DOCUMENT =
            new EndpointCaller.Request("GET", "", List.of("application/json"));

    private final Registry access;
    private final EndpointCaller caller;

    TokenEndpoint(Registry access, EndpointCaller caller) {
        this.access = access;
        this.caller = caller;
    }

    /**
     * A new token.
     *
     * @throws RegistryException {@code Unauthorized} if the server refuses the user, {@code Throttled}, or what the network did
     */
    Token fetch(Challenge challenge, Optional<Credentials> login, String scope, Deadline deadline)
            throws RegistryException {
        URI realm = challenge
                .realm()
                .orElseThrow(() -> new RegistryException(
                        new RegistryFailure.Broken(401, "the realm of its login is not an http or https URL")));
        Origin server = Origin.of(realm).orElseThrow();
        // Plain HTTP gets no password. What redirects to TLS drops it anyway, and can be asked without.
        boolean open = login.isPresent() && server.plainHttp() && !access.insecure();
        Optional<Credentials> sent = open ? Optional.empty() : login;
        try {
            HttpResponse<byte[]> response = caller.call(
                    query(server, realm, challenge, scope, sent),
                    JSON_DOCUMENT,
                    sent.map(Credentials::basic),
                    deadline);
            boolean redirected = !Origin.of(response.uri()).equals(Optional.of(server));
            if (open && !redirected) {
                throw new RegistryException(RegistryFailure.Unauthorized.inTheOpen(access.host(), server.authority()));
            }
            if (login.isPresent() && redirected && isRefusal(response.statusCode())) {
                throw new RegistryException(new RegistryFailure.DroppedLogin(access.host(), server.toString()));
            }
            return read(response, server.authority(), redirected ? Optional.empty() : login);
        } catch (RegistryException e) {
            boolean told = e.failure() instanceof RegistryFailure.Unauthorized
                    || e.failure() instanceof RegistryFailure.DroppedLogin
                    || e.failure() instanceof RegistryFailure.RedirectedLogin;
            if (!told && open) {
                // Whatever became of it: without the password there was nothing to hope for.
                throw new RegistryException(
                        RegistryFailure.Unauthorized.inTheOpen(access.host(), server.authority()), e);
            }
            throw told || server.authority().equals(access.host())
                    ? e
                    : new RegistryException(
                            new RegistryFailure.TokenServer(access.host(), server.authority(), e.failure()), e);
        }
    }

    private static boolean isRefusal(int status) {
        return status == 401 || status == 403;
    }

    private Token read(HttpResponse<byte[]> response, String host, Optional<Credentials> sent)
            throws RegistryException {
        int status = response.statusCode();
        if (isRefusal(status)) {
            String said = ErrorResponse.of(response).orElse("no reason given");
            throw new RegistryException(
                    sent.isPresent()
                            ? RegistryFailure.Unauthorized.refused(
                                    "registry " + access.host(),
                                    sent.get(),
                                    said + " (" + status + " of its token server " + host + ')')
                            : RegistryFailure.Unauthorized.nobody(
                                    "its token server " + host + " issues no anonymous token (" + status + ')'));
        }
        if (EndpointCaller.isPassing(status)) {
            throw new RegistryException(
                    status == 429
                            ? new RegistryFailure.Throttled(Retry.after(response.headers()))
                            : new RegistryFailure.Broken(status, "an error of the token server"));
        }
        JsonNode json = json(response.body());
        String value = Stream.of("token", "access_token")
                .map(json::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        if (status != 200 || value.isEmpty()) {
            throw new RegistryException(new RegistryFailure.Broken(status, host + " issued no token"));
        }
        if (value.length() > LONGEST_TOKEN) {
            throw new RegistryException(new RegistryFailure.Broken(
                    status,
                    "its token server " + host + " issued a token of " + value.length() + " characters, and "
                            + LONGEST_TOKEN + " are the most that an HTTP header can carry"));
        }
        if (!HeaderValue.isValid(value)) {
            throw new RegistryException(
                    new RegistryFailure.Broken(
                            status,
                            host
                                    + " issued a token with a line break or another character that is not allowed in an HTTP header"));
        }
        LOGGER.debug("{} issued a token", host);
        return Token.lasting(
                value, Duration.ofSeconds(json.path("expires_in").asInt(DEFAULT_LIFETIME_SECONDS)), sent.isPresent());
    }

    private static JsonNode json(byte[] body) {
        try {
            return JsonTree.readStrictly(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Where a challenge sends its clients with their passwords; empty for plain HTTP, unless that was allowed. */
    static Optional<String> host(Challenge challenge, boolean insecure) {
        return challenge
                .realm()
                .filter(uri ->
                        insecure || !Origin.of(uri).filter(Origin::plainHttp).isPresent())
                .map(Origin::written);
    }

    private static URI query(Origin server, URI realm, Challenge challenge, String scope, Optional<Credentials> login) {
        StringBuilder query = new StringBuilder(realm.getRawQuery() == null ? "" : realm.getRawQuery() + '&');
        query.append("service=").append(encode(challenge.parameter("service").orElse("")));
        if (!scope.isEmpty()) {
            query.append("&scope=").append(encode(scope));
        }
        login.ifPresent(user -> query.append("&account=").append(encode(user.user())));
        // Neither its user and password, if it names any, nor its fragment.
        return URI.create(server + realm.getRawPath() + '?' + query);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * A token for one scope.
     *
     * @param value the token, never shown
     * @param endNanos when it is to be thrown away, on the clock of {@link System#nanoTime}
     * @param named whether it was handed out to the user, and not to anybody
     */
    record Token(String value, long endNanos, boolean named) {

        private static final int MARGIN_DIVISOR = 10;
        private static final Duration MOST_MARGIN = Duration.ofSeconds(5);

        /** A token that is thrown away a little before its time, because a request takes some. */
        static Token lasting(String value, Duration lifetime, boolean named) {
            Duration margin = lifetime.dividedBy(MARGIN_DIVISOR);
            Duration used = lifetime.minus(margin.compareTo(MOST_MARGIN) < 0 ? margin : MOST_MARGIN);
            return new Token(value, System.nanoTime() + used.toNanos(), named);
        }

        boolean usable() {
            return endNanos - System.nanoTime() > 0;
        }

        String header() {
            return "Bearer " + value;
        }

        @Override
        public String toString() {
            return "Token[***]";
        }
    }
}
