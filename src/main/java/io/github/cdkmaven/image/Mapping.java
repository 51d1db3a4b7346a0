package io.github.cdkmaven.image;

import io.github.cdkmaven.problem.Problem;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of where images go: names that begin with {@code from} move to {@code to}.
 *
 * @param from a registry, optionally with a path: {@code registry.redhat.io}, {@code quay.io/team}; Docker Hub's short names lie
 *     under {@code docker.io} and, where they have one component, under {@code docker.io/library}
 * @param to the registry, optionally with a path, that stands in its place
 */
public record Mapping(String from, String to) {

    /** Docker Hub, which serves the names that have no registry. */
    static final String HUB = "docker.io";

    private static final String SOURCE = "registry.redhat.io";
    private static final String TARGET = "registry.corp.example:5000";
    private static final Set<String> HUB_ALIASES =
            Set.of("index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    /** What nobody has to write behind the host of a registry. */
    private static final String DEFAULT_PORT = ":443";

    public Mapping {
        from = canonical(from);
    }

    /** The same name with its registry in the one spelling that is compared: lower case, no default port, Docker Hub by its one name. */
    static String canonical(String name) {
        int end = name.indexOf('/') < 0 ? name.length() : name.indexOf('/');
        String host = name.substring(0, end).toLowerCase(Locale.ROOT);
        if (host.endsWith(DEFAULT_PORT)) {
            host = host.substring(0, host.length() - DEFAULT_PORT.length());
        }
        return (HUB_ALIASES.contains(host) ? HUB : host) + name.substring(end);
    }

    /**
     * Reads {@code from=to} as the parameter {@code mappings} holds it.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is no such pair, or if one side cannot be a registry with a path
     */
    public static Mapping parse(String text) {
        String pair = text.strip();
        String[] sides = pair.split("=", -1);
        if (sides.length != 2 || sides[0].isEmpty() || sides[1].isEmpty()) {
            throw Problem.of(
                            "Parameter 'mappings' holds '" + RegistryName.withoutCredentials(text)
                                    + "', which is not of the form from=to.",
                            "<mapping>registry.redhat.io=registry.corp.example:5000</mapping> in <mappings>, or "
                                    + "-Dcdk.mappings=registry.redhat.io=registry.corp.example:5000")
                    .toException();
        }
        String source = sides[0].strip();
        String target = sides[1].strip();
        String shown = RegistryName.withoutCredentials(pair);
        return new Mapping(
                RegistryName.of(
                                source,
                                (side, why, instead) -> refused(
                                        shown, "source '" + side + "'", why, instead + "=" + example(target, TARGET)))
                        .toString(),
                RegistryName.of(
                                target,
                                (side, why, instead) -> refused(
                                        shown, "target '" + side + "'", why, example(source, SOURCE) + "=" + instead))
                        .toString());
    }

    /** The other side of a mapping for an example, unless it may hold a password. */
    private static String example(String side, String otherwise) {
        return side.contains("@") ? otherwise : side;
    }

    private static RuntimeException refused(String shown, String side, String why, String instead) {
        return Problem.of(
                        "Parameter 'mappings' holds '" + shown + "', whose " + side + " is no registry: " + why + ".",
                        "<mapping>" + instead + "</mapping> in <mappings>, or -Dcdk.mappings=" + instead
                                + " (from=to, each host[:port][/path])")
                .toException();
    }

    /** What is left of a full name after {@code from}, when it begins with it and ends or goes on with a slash there. */
    Optional<String> restOf(String fullName) {
        return restAfter(from, fullName);
    }

    /** Whether a name already lies at the place where this rule sends names. */
    boolean isTargetOf(String name) {
        return restAfter(canonical(to), canonical(name)).isPresent();
    }

    static Optional<String> restAfter(String prefix, String name) {
        return name.startsWith(prefix + "/") ? Optional.of(name.substring(prefix.length())) : Optional.empty();
    }
}
