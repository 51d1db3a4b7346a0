package io.github.cdkmaven.verify;

import io.github.cdkmaven.image.ImageReference;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known of where one image came from.
 *
 * @param named the image as the pod, the container or the store names it: a reference or a bare id
 * @param inStore whether the VM's docker is known to hold it
 * @param pulledAs the repositories, each with a digest, from which docker says that it pulled it; a loaded or built image has none
 * @param sameAsRegistrys whether its id is the digest of the configuration that the company's registry serves for the same image
 */
record ImageOrigin(String named, boolean inStore, List<ImageReference> pulledAs, boolean sameAsRegistrys) {

    ImageOrigin {
        pulledAs = List.copyOf(pulledAs);
    }

    /** The digests by which it was pulled, for people; empty where its name has them. */
    String digests() {
        String digests = pulledAs.stream()
                .flatMap(pull -> pull.digest().stream())
                .distinct()
                .collect(Collectors.joining(", "));
        return digests.isEmpty() || named.contains(digests) ? "" : "; digest " + digests;
    }

    /** An image of which only the name is known, because nothing has fetched it yet. */
    static ImageOrigin named(String image) {
        return new ImageOrigin(image, false, List.of(), false);
    }
}
