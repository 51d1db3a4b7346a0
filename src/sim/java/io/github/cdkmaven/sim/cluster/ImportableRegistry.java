package io.github.cdkmaven.sim.cluster;

/**
 * An entry of {@code imagePolicyConfig.allowedRegistriesForImport}.
 *
 * @param domainName {@code host[:port]} with {@code *} and {@code ?}
 * @param insecure without a port in {@code domainName}: port 80 instead of 443
 */
public record ImportableRegistry(String domainName, boolean insecure) {

    /** The entry as {@code host:port} pattern. */
    String glob() {
        return domainName.contains(":") ? domainName : domainName + (insecure ? ":80" : ":443");
    }
}
