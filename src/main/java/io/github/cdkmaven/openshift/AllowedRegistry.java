package io.github.cdkmaven.openshift;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A registry that ImageStreams may import from: an entry of {@code allowedRegistriesForImport}, in the master's configuration of OpenShift 3
 * and in {@code image.config.openshift.io} of OpenShift 4.
 *
 * @param domainName host with an optional port, {@code *} and {@code ?} allowed; without a port 443 is meant, or 80 when insecure
 */
public record AllowedRegistry(String domainName, boolean insecure) {

    /**
     * Whether images may be imported from a registry, by the rules of origin's {@code whitelister.go}.
     *
     * @param registry the host, with its port where the reference names one
     * @param insecureTag whether the tag is marked insecure
     */
    public boolean admits(String registry, boolean insecureTag) {
        if (!wildcard(host(domainName)).matcher(host(registry)).matches()) {
            return false;
        }
        String offered = port(domainName).orElse(insecure ? "80" : "443");
        List<String> ports = port(registry).map(List::of).orElse(insecureTag ? List.of("80", "443") : List.of("443"));
        return ports.stream().anyMatch(port -> wildcard(offered).matcher(port).matches());
    }

    private static String host(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    private static Optional<String> port(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(name.substring(colon + 1));
    }

    private static Pattern wildcard(String pattern) {
        return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    }
}
