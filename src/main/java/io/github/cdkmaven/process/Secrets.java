package io.github.cdkmaven.process;

import io.github.cdkmaven.problem.ForeignText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Texts that must not be seen, however a program spells them.
 *
 * <p>The mask is for foreign text on its way to people. Nothing is read out of a text that was masked, since a password may be any word; and what
 * this plugin composes itself is not masked, since it holds no secret.
 */
public final class Secrets {

    /** None is known; passwords in addresses are hidden anyway. */
    public static final Secrets NONE = new Secrets(List.of());

    static final String MASK = "********";

    private static final int SHORTEST_LINE = 8;

    /** To hide each {@code |} or {@code 1} would hide the log, and tell the password. Where such a one stands in an address, it is hidden. */
    private static final int SHORTEST_SECRET = 3;

    private final Map<Character, List<Spelling>> spellings = new HashMap<>();
    private final List<Pattern> places;

    private Secrets(Collection<String> secrets) {
        this.places = List.of();
        secrets.stream()
                .flatMap(Secrets::parts)
                .map(ForeignText::plain)
                .map(String::strip)
                .filter(secret -> secret.codePointCount(0, secret.length()) >= SHORTEST_SECRET)
                .distinct()
                .flatMap(secret -> Spelling.of(secret).stream())
                .forEach(spelling -> spelling.firsts().forEach(first -> spellings
                        .computeIfAbsent(first, letter -> new ArrayList<>())
                        .add(spelling)));
    }

    private Secrets(Secrets others, List<Pattern> places) {
        this.spellings.putAll(others.spellings);
        this.places = List.copyOf(places);
    }

    /** The same, and whatever stands in some places of a line: a program may print secrets that nobody knew before. */
    public Secrets and(List<Pattern> more) {
        List<Pattern> all = new ArrayList<>(places);
        all.addAll(more);
        return new Secrets(this, all);
    }

    /** Hides the given texts; blank ones are left out, and so are those that are too short to be found. */
    public static Secrets of(Collection<String> secrets) {
        return new Secrets(secrets);
    }

    /** Hides what a request has sent as its {@code Authorization}, which a server may quote: a token, or a password in Base64. */
    public static Secrets ofAuthorization(Optional<String> header) {
        String value = header.map(text -> text.substring(text.indexOf(' ') + 1)).orElse("");
        List<String> secrets = new ArrayList<>(List.of(value));
        if (header.filter(text -> text.startsWith("Basic ")).isPresent()) {
            String login = new String(Base64.getMimeDecoder().decode(value), StandardCharsets.UTF_8);
            secrets.add(login.substring(login.indexOf(':') + 1));
        }
        return new Secrets(secrets);
    }

    /** Programs are read line by line, so a secret of several lines has to be known by each of them. */
    private static Stream<String> parts(String secret) {
        return secret.strip().indexOf('\n') < 0
                ? Stream.of(secret)
                : Stream.concat(
                        Stream.of(secret),
                        secret.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_LINE));
    }

    /** Up to where a text that will go on can be masked by itself, because no secret reaches over that place. */
    int safeEnd(String text) {
        int from = 0;
        int to = 0;
        for (int place = 0; place < text.length(); place++) {
            for (Spelling spelling : spellingsAt(text, place)) {
                int begin = place < to ? from : spelling.begin(text, place);
                int end = spelling.end(text, place);
                if (end >= text.length()) { // or unfinished
                    return begin;
                }
                if (end > to) {
                    from = begin;
                    to = end;
                }
            }
        }
        return text.length();
    }

    /** A foreign text for people: without what acts on a terminal, and with every secret replaced. */
    public String mask(String text) {
        String plain = ForeignText.plain(text);
        StringBuilder masked = new StringBuilder(plain.length());
        int done = 0; // up to here it is copied or replaced
        for (int place = 0; place < plain.length(); place++) {
            for (Spelling spelling : spellingsAt(plain, place)) {
                int end = spelling.end(plain, place);
                if (end != Spelling.NONE && end != Spelling.UNFINISHED && end > done) {
                    int begin = spelling.begin(plain, place);
                    if (begin >= done) {
                        masked.append(plain, done, begin).append(MASK);
                    }
                    done = end;
                }
            }
        }
        String result = SecretPlaces.maskLogins(
                masked.append(plain, done, plain.length()).toString());
        for (Pattern place : places) {
            result = place.matcher(result).replaceAll(MASK);
        }
        return result;
    }

    private List<Spelling> spellingsAt(String text, int place) {
        return spellings.getOrDefault(text.charAt(place), List.of());
    }

    /** Never the secrets themselves. */
    @Override
    public String toString() {
        return spellings.isEmpty() && places.isEmpty() ? "no secrets" : "secrets";
    }
}
