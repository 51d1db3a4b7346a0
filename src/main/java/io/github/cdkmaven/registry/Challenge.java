package io.github.cdkmaven.registry;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a 401 asks for.
 *
 * @param scheme {@code basic}, {@code bearer} or another, in lower case
 * @param parameters realm, service, scope …
 */
record Challenge(String scheme, Map<String, String> parameters) {

    /** A header has no characters beyond {@code LAST_BYTE}, so that there is room for them here (Unicode's private use area). */
    private static final int HIDDEN = 0xE000;

    private static final int LAST_BYTE = 0xFF;
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\\x00-\\xFF])");
    private static final Pattern TOKEN =
            Pattern.compile("([A-Za-z][\\w!#$%&'*+.^`|~-]*)(?:\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+)))?");

    /** The challenge to answer: a token where one is offered, else a password, else whatever comes first. */
    static Optional<Challenge> of(HttpHeaders headers) {
        List<Challenge> offered = new ArrayList<>();
        headers.allValues("WWW-Authenticate").forEach(value -> offered.addAll(parse(value)));
        return offered.stream()
                .filter(challenge -> challenge.auth() == AuthScheme.BEARER)
                .findFirst()
                .or(() -> offered.stream()
                        .filter(challenge -> challenge.auth() == AuthScheme.BASIC)
                        .findFirst())
                .or(() -> offered.stream().findFirst());
    }

    /**
     * The challenge that the client of docker/distribution answers: of a header with several schemes it takes none (measured on OpenShift 3.9, which
     * refused "Negotiate, Basic" and "Basic, Bearer"), and of several headers it prefers a token.
     */
    static Optional<Challenge> heeded(HttpHeaders headers) {
        List<Challenge> read = headers.allValues("WWW-Authenticate").stream()
                .map(Challenge::parse)
                .filter(schemes -> schemes.size() == 1)
                .map(schemes -> schemes.get(0))
                .toList();
        return read.stream()
                .filter(challenge -> challenge.scheme().equals("bearer"))
                .findFirst()
                .or(() -> read.stream()
                        .filter(challenge -> challenge.auth() == AuthScheme.BASIC)
                        .findFirst());
    }

    /** The server that hands out tokens, as messages name it. */
    String server() {
        return realm().flatMap(Origin::of).map(Origin::toString).orElse("");
    }

    AuthScheme auth() {
        return switch (scheme) {
            case "bearer" -> parameters.containsKey("realm") ? AuthScheme.BEARER : AuthScheme.OTHER;
            case "basic" -> AuthScheme.BASIC;
            default -> AuthScheme.OTHER;
        };
    }

    /**
     * Where user and password go.
     *
     * @param registry the registry's address
     */
    Optional<Origin> login(URI registry) {
        return switch (auth()) {
            case BASIC -> Origin.of(registry);
            case BEARER -> realm().flatMap(Origin::of);
            case NONE, OTHER -> Optional.empty();
        };
    }

    /** Where tokens are handed out; empty if that is no address that can be asked over HTTP. */
    Optional<URI> realm() {
        try {
            return parameter("realm").map(URI::create).filter(uri -> Origin.of(uri)
                    .isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Several challenges may share a header, and commas separate both them and their parameters (RFC 7235). */
    private static List<Challenge> parse(String header) {
        List<Challenge> challenges = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(hidden(header));
        while (matcher.find()) {
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            String quoted = matcher.group(2);
            String plain = matcher.group(3);
            if (quoted == null && plain == null) {
                challenges.add(new Challenge(name, new LinkedHashMap<>()));
            } else if (!challenges.isEmpty()) {
                challenges
                        .get(challenges.size() - 1)
                        .parameters()
                        .putIfAbsent(name, shown(quoted == null ? plain : quoted));
            }
        }
        return challenges;
    }

    /** Escaped characters moved out of the way, so that a quote ends a text; a pattern for both would need stack for each of them. */
    private static String hidden(String header) {
        return ESCAPED.matcher(header)
                .replaceAll(escaped ->
                        String.valueOf((char) (HIDDEN + escaped.group(1).charAt(0))));
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> shown.append((char) (c >= HIDDEN && c <= HIDDEN + LAST_BYTE ? c - HIDDEN : c)));
        return shown.toString();
    }
}
