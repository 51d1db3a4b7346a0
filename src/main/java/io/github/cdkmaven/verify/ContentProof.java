package io.github.cdkmaven.verify;

import io.github.cdkmaven.image.ImageReference;
import java.util.List;

/** Tells whether an image that no registry is known to have given is nevertheless the very image that the company's registry serves. */
@FunctionalInterface
interface ContentProof {

    /**
     * Compares an image with what the registry serves.
     *
     * @param id the image's id, which is the digest of its configuration, and so of all that it consists of
     * @param names the names under which the VM knows it
     */
    boolean isRegistrys(String id, List<ImageReference> names);
}
