package io.github.cdkmaven.minishift.images;

import java.util.regex.Pattern;

/**
 * An image that the cache is to hold.
 *
 * @param publicName the name that minishift will ask for, byte by byte: {@code registry.access.redhat.com/openshift3/ose:v3.9.31}
 * @param repository where the internal registry has it: the path after the host, any prefix included
 * @param reference the tag or digest there
 */
public record SeedImage(String publicName, String repository, String reference) {

    /** What the layout reader inside minishift accepts as a name (containers/image oci/internal/oci_util.go). */
    private static final Pattern NAME = Pattern.compile(
            "[A-Za-z0-9]+(?:(?:[-._:@+]|--)[A-Za-z0-9]+)*(?:/[A-Za-z0-9]+(?:(?:[-._:@+]|--)[A-Za-z0-9]+)*)*");

    public SeedImage {
        if (!NAME.matcher(publicName).matches()) {
            throw new IllegalArgumentException("minishift's image cache cannot hold this name: " + publicName);
        }
    }

    @Override
    public String toString() {
        return publicName;
    }
}
