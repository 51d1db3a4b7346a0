package io.github.cdkmaven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.http.StrictJson;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches tokens from the server that a Bearer challenge names, which is often another host. */
final class TokenEndpoint {

    private static final Logger LOGGER = LoggerFactory.getLogger(TokenEndpoint.class);
    private static final ObjectMapper JSON = StrictJson.mapper();
    /** What the protocol says where {@code expires_in} is left out. */
    private static final int DEFAULT_LIFETIME_SECONDS = 60;

    /** Servers take 8 to 64 kB of headers in all; the largest real tokens have some kB. */
    private static final int LONGEST_TOKEN = 32_768;

    private static final EndpointCaller.Request JSON_DOCUMENT =
            new EndpointCaller.Request("GET", "", List.of("application/json"));

    private final RegistryAccess access;
    private final EndpointCaller caller;

    TokenEndpoint(RegistryAccess access, EndpointCaller caller) {
        this.access = access;
        this.caller = caller;
    }

    /**
     * A new token.
     *
     * @throws RegistryException {@code Unauthorized} if the server refuses the user, {@code Throttled}, or what the network did
     */
    Token fetch(Challenge challenge, String scope, Deadline deadline) throws RegistryException {
        URI realm = challenge
                .realm()
                .orElseThrow(() -> new RegistryException(
                        new RegistryFailure.Broken(401, "the realm of its login is no http or https address")));
        Origin server = Origin.of(realm).orElseThrow();
        Optional<Credentials> login = access.credentials();
        if (login.isPresent() && server.plainHttp() && !access.insecure()) {
            throw new RegistryException(new RegistryFailure.Unauthorized(
                    "its token server " + server.authority() + " speaks plain HTTP, so the password was not sent"));
        }
        URI query = query(server, realm, challenge, scope, login);
        HttpResponse<byte[]> response = caller.call(query, JSON_DOCUMENT, login.map(Credentials::basic), deadline);
        return read(response, server.authority(), login.isPresent());
    }

    private static Token read(HttpResponse<byte[]> response, String host, boolean named) throws RegistryException {
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            throw new RegistryException(new RegistryFailure.Unauthorized("its token server " + host + " refuses "
                    + (named ? "the user or the password" : "strangers") + " (" + status + ')'));
        }
        if (EndpointCaller.isPassing(status)) {
            throw new RegistryException(
                    status == 429
                            ? new RegistryFailure.Throttled(Retry.after(response.headers()))
                            : new RegistryFailure.Broken(status, "from its token server " + host));
        }
        JsonNode json = json(response.body());
        String value = json.path("token").asText(json.path("access_token").asText(""));
        if (status != 200 || value.isEmpty()) {
            throw new RegistryException(
                    new RegistryFailure.Broken(status, "its token server " + host + " handed out no token"));
        }
        if (value.length() > LONGEST_TOKEN) {
            throw new RegistryException(new RegistryFailure.Broken(
                    status,
                    "its token server " + host + " handed out a token of " + value.length() + " characters, and "
                            + LONGEST_TOKEN + " are the most that an HTTP header can carry"));
        }
        if (!HeaderValue.isValid(value)) {
            throw new RegistryException(
                    new RegistryFailure.Broken(
                            status,
                            "its token server " + host
                                    + " handed out a token with a line break or another character that no HTTP header may have"));
        }
        LOGGER.debug("{} handed out a token", host);
        return Token.lasting(value, Duration.ofSeconds(json.path("expires_in").asInt(DEFAULT_LIFETIME_SECONDS)));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
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
     */
    record Token(String value, long endNanos) {

        private static final int MARGIN_DIVISOR = 10;
        private static final Duration MOST_MARGIN = Duration.ofSeconds(5);

        /** A token that is thrown away a little before its time, because a request takes some. */
        static Token lasting(String value, Duration lifetime) {
            Duration margin = lifetime.dividedBy(MARGIN_DIVISOR);
            Duration used = lifetime.minus(margin.compareTo(MOST_MARGIN) < 0 ? margin : MOST_MARGIN);
            return new Token(value, System.nanoTime() + used.toNanos());
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
