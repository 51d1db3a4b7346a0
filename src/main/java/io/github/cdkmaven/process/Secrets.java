package io.github.cdkmaven.process;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Texts that must not be seen, in whatever common encoding a program prints them. */
public final class Secrets {

    /** Nothing to hide. */
    public static final Secrets NONE = new Secrets(List.of());

    private static final String MASK = "********";
    private static final int SHORTEST_LINE = 8;

    private final List<String> forms;

    private Secrets(Collection<String> secrets) {
        this.forms = secrets.stream()
                .filter(secret -> !secret.isBlank())
                .flatMap(Secrets::formsOf)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Hides the given texts; blank ones are left out. */
    public static Secrets of(Collection<String> secrets) {
        return new Secrets(secrets);
    }

    private static Stream<String> formsOf(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        // Programs are read line by line, so a secret of several lines has to be known by each of them.
        Stream<String> lines = secret.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_LINE);
        Stream<String> forms = Stream.of(
                secret,
                form,
                form.replace("+", "%20"),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                secret.replace("\\", "\\\\").replace("\"", "\\\""));
        return secret.strip().indexOf('\n') < 0 ? forms : Stream.concat(forms, lines);
    }

    /** Up to where a text that will go on can be masked by itself, because no secret reaches over that place. */
    int safeEnd(String text) {
        int end = forms.isEmpty()
                ? text.length()
                : Math.max(0, text.length() - forms.get(0).length() + 1);
        for (int previous = -1; previous != end; ) {
            previous = end;
            for (String form : forms) {
                int begin = text.lastIndexOf(form, end - 1);
                end = begin >= 0 && begin + form.length() > end ? begin : end;
            }
        }
        return end;
    }

    /** The text with every form of every secret replaced. */
    public String mask(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, MASK);
        }
        return masked;
    }

    /** Never the secrets themselves. */
    @Override
    public String toString() {
        return forms.isEmpty() ? "no secrets" : "secrets";
    }
}
