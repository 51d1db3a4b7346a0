package io.github.cdkmaven.sim.minishift;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An image that a component of the platform runs.
 *
 * @param component for example {@code docker-registry}
 * @param name what the component's definition says
 * @param pulled the name that the VM's docker holds it under, which tells where it came from
 */
record PlatformImage(String component, String name, String pulled) {

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
