package io.github.cdkmaven.image;

import io.github.cdkmaven.problem.Problem;
import java.util.Locale;
import java.util.Optional;

/**
 * The company's registry as the POM names it: {@code host[:port][/prefix]}.
 *
 * @param host host name or IPv4 address, with the port when one was given
 * @param prefix the path under which the registry keeps its images, without slashes at its ends; absent when they lie at its root
 */
public record RegistryName(String host, Optional<String> prefix) {

    /** Words the refusal of a text that is no registry, for the place where it stood. */
    @FunctionalInterface
    interface Refusal {

        /**
         * The exception.
         *
         * @param shown the text, without a password
         * @param instead what may have been meant
         */
        RuntimeException of(String shown, String why, String instead);
    }

    private static final String EXAMPLE = "registry.corp.example:5000";
    private static final int LONGEST = 255;
    private static final int SHOWN = 100;
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads the value of a parameter that names a registry.
     *
     * @param parameter the parameter's name, for the message
     * @throws io.github.cdkmaven.problem.ProblemException if OpenShift would not take the value for a registry
     */
    public static RegistryName of(String parameter, String value) {
        return of(value, (shown, why, instead) -> refused(parameter, shown, why, instead));
    }

    /** Reads a text that names a registry. */
    static RegistryName of(String value, Refusal refusal) {
        if (value.isBlank()) {
            throw refusal.of(value, "it is empty", EXAMPLE);
        }
        // First of all, so that no other message repeats a password.
        if (value.contains("@")) {
            throw refusal.of(
                    withoutCredentials(value),
                    "must not contain credentials or a digest; credentials go into a <server> of settings.xml",
                    withoutTrailingSlash(value.substring(value.lastIndexOf('@') + 1)));
        }
        if (value.length() > LONGEST) {
            throw refusal.of(withoutCredentials(value), "it has more than " + LONGEST + " characters", EXAMPLE);
        }
        if (value.chars().anyMatch(Character::isWhitespace)) {
            throw refusal.of(value, "it contains white space", value.replaceAll("\\s+", ""));
        }
        if (value.contains("://")) {
            throw refusal.of(
                    value,
                    "a URL scheme does not belong in the name of a registry",
                    withoutTrailingSlash(value.substring(value.indexOf("://") + 3)));
        }
        if (value.endsWith("/")) {
            throw refusal.of(value, "it ends with a slash", withoutTrailingSlash(value));
        }
        if (value.chars().anyMatch(Character::isUpperCase)) {
            throw refusal.of(value, "it contains upper-case letters", value.toLowerCase(Locale.ROOT));
        }
        String[] parts = value.split("/", 2);
        String host = parts[0];
        checkHost(refusal, value, host);
        Optional<String> prefix = parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
        prefix.filter(path -> !ImageReference.isPath(path)).ifPresent(path -> {
            throw refusal.of(value, "'" + path + "' is not a path of repository names", host + "/mirror");
        });
        return new RegistryName(host, prefix);
    }

    private static void checkHost(Refusal refusal, String value, String host) {
        if (!ImageReference.isRegistry(host)) {
            throw refusal.of(
                    value,
                    "'" + host + "' has neither a dot nor a port, so OpenShift would take it for a path on Docker Hub",
                    host + ":5000");
        }
        if (!ImageReference.isHost(host)) {
            throw refusal.of(value, "'" + host + "' is not a host with an optional port", EXAMPLE);
        }
        if (host.contains(":") && !isPort(host.substring(host.indexOf(':') + 1))) {
            throw refusal.of(value, "the port is not a number from 1 to " + HIGHEST_PORT, EXAMPLE);
        }
    }

    private static boolean isPort(String digits) {
        if (digits.length() > 5) {
            return false;
        }
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= HIGHEST_PORT;
    }

    /** The text with everything before its last {@code @} hidden, and only its beginning where it is long. */
    static String withoutCredentials(String text) {
        String open = text.contains("@") ? "***" + text.substring(text.lastIndexOf('@')) : text;
        return open.length() > SHOWN ? open.substring(0, SHOWN) + '…' : open;
    }

    private static String withoutTrailingSlash(String value) {
        return value.replaceAll("/+$", "");
    }

    private static RuntimeException refused(String parameter, String value, String why, String instead) {
        return Problem.of(
                        "Parameter '" + parameter + "' is '" + value + "', which is no registry: " + why + ".",
                        "<" + parameter + ">" + instead + "</" + parameter
                                + "> in the plugin's <configuration>, or -Dcdk." + parameter + "=" + instead
                                + " (host[:port][/prefix])")
                .toException();
    }

    /** The registry with its prefix: what stands before the path of a moved image. */
    @Override
    public String toString() {
        return prefix.map(path -> host + "/" + path).orElse(host);
    }
}
