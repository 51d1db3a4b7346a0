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
        return Stream.of(
                secret,
                form,
                form.replace("+", "%20"),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                secret.replace("\\", "\\\\").replace("\"", "\\\""));
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
