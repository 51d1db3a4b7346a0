package io.github.cdkmaven.registry;

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

    private static final Pattern TOKEN =
            Pattern.compile("([A-Za-z][\\w!#$%&'*+.^`|~-]*)(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+)))?");

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

    AuthScheme auth() {
        return switch (scheme) {
            case "bearer" -> parameters.containsKey("realm") ? AuthScheme.BEARER : AuthScheme.OTHER;
            case "basic" -> AuthScheme.BASIC;
            default -> AuthScheme.OTHER;
        };
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Several challenges may share a header, and commas separate both them and their parameters (RFC 7235). */
    private static List<Challenge> parse(String header) {
        List<Challenge> challenges = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(header);
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
                        .putIfAbsent(name, quoted == null ? plain : quoted.replaceAll("\\\\(.)", "$1"));
            }
        }
        return challenges;
    }
}
