package io.github.cdkmaven.sim.minishift;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An image that a component of the platform runs.
 *
 * @param component for example {@code docker-registry}
 * @param name what the component's definition says
 * @param pulled the name that the VM's docker holds it under, which tells where it came from
 * @param loaded its id, for an image that no registry gave to the VM; empty for one that was pulled
 */
record PlatformImage(String component, String name, String pulled, Optional<String> loaded) {

    PlatformImage(String component, String name, String pulled) {
        this(component, name, pulled, Optional.empty());
    }

    /** What the node calls the image that it runs: it knows a digest only of an image that was pulled. */
    String imageId() {
        return loaded.map(id -> "docker://" + id).orElseGet(() -> "docker-pullable://" + byDigest());
    }

    /** {@code repository@digest}; the digest is made up, but always the same for a name. */
    String byDigest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(pulled.getBytes(StandardCharsets.UTF_8));
            return pulled.replaceFirst(":[^:/]+$", "") + "@sha256:"
                    + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
