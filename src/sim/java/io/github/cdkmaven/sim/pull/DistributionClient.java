package io.github.cdkmaven.sim.pull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The client of docker/distribution, which docker and OpenShift's importer use: it heeds the challenge of {@code /v2/} and of
 * nothing else, and asks for a token with a scope, as nobody where there is no login (facts/measured.md).
 */
public final class DistributionClient {

    /** Which login belongs to an address, of a registry or of a token server. */
    @FunctionalInterface
    public interface Logins {
        Optional<PullLogin> of(URI uri);
    }

    @FunctionalInterface
    private interface Authorizer {
        Optional<String> authorize(URI uri) throws GoFailure;
    }

    private static final int REDIRECTS = 10;
    private static final int V2 = "/v2/".length();

    private final SocketHttp http;
    private final Logins logins;
    private final boolean goesOnWithoutLogin;
    private final Map<String, List<HeededChallenge>> challenges;
    private final Map<String, String> tokens = new HashMap<>();

    /**
     * @param goesOnWithoutLogin whether a registry that wants HTTP Basic is asked as nobody where there is no login, which
     *     else is a failure
     */
    public DistributionClient(SocketHttp http, Logins logins, boolean goesOnWithoutLogin) {
        this(http, logins, goesOnWithoutLogin, new HashMap<>());
    }

    private DistributionClient(
            SocketHttp http,
            Logins logins,
            boolean goesOnWithoutLogin,
            Map<String, List<HeededChallenge>> challenges) {
        this.http = http;
        this.logins = logins;
        this.goesOnWithoutLogin = goesOnWithoutLogin;
        this.challenges = challenges;
    }

    /** The same without any login, to the same challenges. */
    public DistributionClient anonymous() {
        return new DistributionClient(http, uri -> Optional.empty(), goesOnWithoutLogin, challenges);
    }

    /**
     * Asks {@code /v2/} and remembers its challenge, for the address that answered: the challenge of one that was redirected
     * to is not the registry's.
     */
    public HttpAnswer ping(URI v2) throws GoFailure {
        HttpAnswer answer = follow(v2, List.of(), uri -> Optional.empty());
        challenges.put(
                place(answer.uri()) + answer.uri().getRawPath(), HeededChallenge.of(answer));
        return answer;
    }

    /** Gets something of a repository. */
    public HttpAnswer get(URI uri, String repository, List<String> accept) throws GoFailure {
        return follow(uri, accept, hop -> authorization(hop, repository));
    }

    private HttpAnswer follow(URI start, List<String> accept, Authorizer authorizer) throws GoFailure {
        URI uri = start;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            Map<String, String> headers = new HashMap<>();
            try {
                authorizer.authorize(uri).ifPresent(value -> headers.put("Authorization", value));
            } catch (GoFailure e) {
                throw GoFailure.of(uri, e.words());
            }
            HttpAnswer answer = http.get(uri, headers, accept);
            Optional<String> location = answer.header("location");
            if (answer.status() / 100 != 3 || location.isEmpty()) {
                return answer;
            }
            try {
                uri = uri.resolve(location.get());
            } catch (IllegalArgumentException e) {
                throw GoFailure.of(uri, "failed to parse Location header \"" + location.get() + '"');
            }
        }
        throw GoFailure.of(start, "stopped after 10 redirects");
    }

    /** By the challenge of the address that is asked, so of the last one after redirects. */
    private Optional<String> authorization(URI uri, String repository) throws GoFailure {
        int root = uri.getRawPath().indexOf("/v2/");
        if (root < 0) {
            return Optional.empty();
        }
        String ping = place(uri) + uri.getRawPath().substring(0, root + V2);
        List<HeededChallenge> heeded = challenges.getOrDefault(ping, List.of());
        for (HeededChallenge challenge : heeded) {
            if (challenge.scheme().equals("bearer")) {
                return Optional.of("Bearer " + token(challenge, repository));
            }
        }
        if (heeded.stream().noneMatch(challenge -> challenge.scheme().equals("basic"))) {
            return Optional.empty();
        }
        Optional<PullLogin> login = logins.of(uri);
        if (login.isEmpty() && !goesOnWithoutLogin) {
            throw new GoFailure("no basic auth credentials");
        }
        return login.map(DistributionClient::basic);
    }

    private String token(HeededChallenge challenge, String repository) throws GoFailure {
        String realm = challenge
                .parameter("realm")
                .orElseThrow(() -> new GoFailure("no realm specified for token auth challenge"));
        String key = realm + " " + repository;
        if (!tokens.containsKey(key)) {
            tokens.put(key, fetchToken(realm, challenge.parameter("service"), repository));
        }
        return tokens.get(key);
    }

    private String fetchToken(String realm, Optional<String> service, String repository) throws GoFailure {
        URI server = parse(realm);
        Optional<PullLogin> login = logins.of(server);
        StringBuilder query = new StringBuilder(server.getRawQuery() == null ? "?" : "&");
        login.ifPresent(known -> query.append("account=").append(encode(known.user())).append('&'));
        query.append("scope=").append(encode("repository:" + repository + ":pull"));
        service.ifPresent(name -> query.append("&service=").append(encode(name)));
        // Go drops the header on the way to another host or port: a password does not survive a redirect from http to https.
        HttpAnswer answer = follow(
                URI.create(realm + query),
                List.of(),
                hop -> place(hop).equals(place(server)) ? login.map(DistributionClient::basic) : Optional.empty());
        if (!answer.isSuccess()) {
            throw new GoFailure(RegistryRefusal.of(answer).text());
        }
        JsonNode body = answer.json();
        if (!body.isObject()) {
            throw new GoFailure("unable to decode token response: " + RegistryRefusal.unreadable(answer));
        }
        String second = body.path("access_token").asText("");
        String token = second.isEmpty() ? body.path("token").asText("") : second;
        if (token.isEmpty() || body.path("token").isNull() && second.isEmpty()) {
            throw new GoFailure("authorization server did not include a token in the response");
        }
        return token;
    }

    private static URI parse(String realm) throws GoFailure {
        try {
            URI uri = URI.create(realm);
            String authority = String.valueOf(uri.getRawAuthority());
            if (authority.lastIndexOf(':') == authority.indexOf(':')) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // The captured words follow.
        }
        throw new GoFailure("invalid token auth challenge realm: parse \"" + realm + "\": invalid port");
    }

    /** Scheme, host and port, as two addresses of one server have in common. */
    private static String place(URI uri) {
        String authority = String.valueOf(uri.getRawAuthority()).toLowerCase(Locale.ROOT);
        boolean hasPort = authority.matches(".*:\\d+");
        return uri.getScheme() + "://" + authority + (hasPort ? "" : "https".equals(uri.getScheme()) ? ":443" : ":80");
    }

    private static String basic(PullLogin login) {
        return "Basic " + login.auth();
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
