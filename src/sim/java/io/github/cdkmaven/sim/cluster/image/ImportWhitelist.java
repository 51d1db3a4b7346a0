package io.github.cdkmaven.sim.cluster.image;

import io.github.cdkmaven.sim.cluster.api.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which registries images may come from ({@code imagePolicyConfig.allowedRegistriesForImport}, enforced by origin's
 * {@code registryWhitelister}).
 *
 * @param globs {@code host:port} patterns with {@code *} and {@code ?}; the order is the order in messages
 */
public record ImportWhitelist(List<String> globs) {

    private static final int SHOWN = 5;

    public ImportWhitelist {
        globs = List.copyOf(globs);
    }

    /**
     * Why a reference may not be used; empty where it may.
     *
     * @param insecure whether HTTP or unverified TLS is allowed, which makes a reference without port match 80 as well
     */
    public Optional<String> objection(DockerReference reference, boolean insecure) {
        String registry = reference.registryOrHub();
        int colon = registry.lastIndexOf(':');
        String host = colon < 0 ? registry : registry.substring(0, colon);
        String port = colon < 0 ? (insecure ? "" : "443") : registry.substring(colon + 1);
        if (globs.stream().anyMatch(glob -> matches(glob, host, port))) {
            return Optional.empty();
        }
        return Optional.of("registry " + FieldError.quote(registry) + " not allowed by whitelist: " + shown());
    }

    private String shown() {
        String first = globs.stream()
                .limit(globs.size() <= SHOWN ? SHOWN : SHOWN - 1)
                .map(FieldError::quote)
                .collect(Collectors.joining(", "));
        return globs.size() <= SHOWN ? first : first + ", and " + (globs.size() - SHOWN + 1) + " more ...";
    }

    private static boolean matches(String glob, String host, String port) {
        int colon = glob.lastIndexOf(':');
        String hostGlob = glob.substring(0, colon);
        String portGlob = glob.substring(colon + 1);
        boolean portMatches = port.isEmpty()
                ? List.of("80", "443", "*").contains(portGlob)
                : wildcard(portGlob).matcher(port).matches();
        return portMatches && wildcard(hostGlob).matcher(host).matches();
    }

    private static Pattern wildcard(String glob) {
        return Pattern.compile(("\\Q" + glob + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    }
}
