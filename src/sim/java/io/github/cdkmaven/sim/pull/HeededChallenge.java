package io.github.cdkmaven.sim.pull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code WWW-Authenticate} header as docker/distribution's client reads it: one scheme a header, and parameters up to
 * the first thing that is none (distribution, {@code authchallenge.go}). So {@code Negotiate, Basic realm="x"} is
 * {@code Negotiate} and nothing else; and of {@code Basic realm="x", Bearer realm="…"} OpenShift 3.9 took none
 * (facts/measured.md).
 *
 * @param scheme in lower case
 */
public record HeededChallenge(String scheme, Map<String, String> parameters) {

    /** The challenges of an answer: none unless it is a 401. */
    public static List<HeededChallenge> of(HttpAnswer answer) {
        List<HeededChallenge> challenges = new ArrayList<>();
        if (answer.status() == 401) {
            answer.all("www-authenticate").forEach(header -> parse(header).ifPresent(challenges::add));
        }
        return challenges;
    }

    /** Reads one header. */
    static Optional<HeededChallenge> parse(String header) {
        Reader reader = new Reader(header);
        String scheme = reader.token();
        if (scheme.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        reader.blanks();
        do {
            reader.blanks();
            String name = reader.token();
            if (name.isEmpty()) {
                break;
            }
            if (!reader.take('=')) {
                return parameters.isEmpty() ? Optional.of(alone(scheme)) : Optional.empty();
            }
            String value = reader.value();
            if (value.isEmpty()) {
                break;
            }
            parameters.put(name.toLowerCase(Locale.ROOT), value);
            reader.blanks();
        } while (reader.take(','));
        return Optional.of(new HeededChallenge(scheme.toLowerCase(Locale.ROOT), Map.copyOf(parameters)));
    }

    private static HeededChallenge alone(String scheme) {
        return new HeededChallenge(scheme.toLowerCase(Locale.ROOT), Map.of());
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    private static final class Reader {

        private static final String SEPARATORS = " \t\"(),/:;<=>?@[]\\{}";

        private final String text;
        private int position;

        Reader(String text) {
            this.text = text;
        }

        void blanks() {
            while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
                position++;
            }
        }

        boolean take(char wanted) {
            boolean there = position < text.length() && text.charAt(position) == wanted;
            position += there ? 1 : 0;
            return there;
        }

        String token() {
            int start = position;
            while (position < text.length()
                    && text.charAt(position) > ' '
                    && text.charAt(position) < 127
                    && SEPARATORS.indexOf(text.charAt(position)) < 0) {
                position++;
            }
            return text.substring(start, position);
        }

        /** A token, or a quoted text, which has to end. */
        String value() {
            if (!take('"')) {
                return token();
            }
            StringBuilder value = new StringBuilder();
            while (position < text.length()) {
                char next = text.charAt(position++);
                if (next == '"') {
                    return value.toString();
                }
                if (next == '\\' && position < text.length()) {
                    next = text.charAt(position++);
                }
                value.append(next);
            }
            return "";
        }
    }
}
