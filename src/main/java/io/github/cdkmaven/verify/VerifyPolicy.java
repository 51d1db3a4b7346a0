package io.github.cdkmaven.verify;

import java.time.Duration;
import java.util.List;

/**
 * How a proof of origin is to be made.
 *
 * @param skip whether none is made
 * @param allowedImages patterns of images that are accepted from elsewhere
 * @param probeBlocked whether the VM is made to try a pull from each blocked registry
 * @param probePull whether the VM is made to pull a builder image that an ImageStream was moved to
 * @param timeout how long pods may take until they have their images
 */
public record VerifyPolicy(
        boolean skip, List<String> allowedImages, boolean probeBlocked, boolean probePull, Duration timeout) {

    public VerifyPolicy {
        allowedImages = List.copyOf(allowedImages);
    }

    /** A proof without a pull that has to work. */
    public VerifyPolicy(boolean skip, List<String> allowedImages, boolean probeBlocked, Duration timeout) {
        this(skip, allowedImages, probeBlocked, false, timeout);
    }
}
