package io.github.cdkmaven.verify;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.Relocation;
import java.util.Optional;

/**
 * One row of {@code docker images --digests}.
 *
 * @param repository the repository as docker prints it; {@code <none>} for an image that has lost its name
 * @param tag the tag; {@code <none>} for an image that was pulled by its digest
 * @param digest the digest by which it was pulled from that repository; {@code <none>} for one that was loaded or built
 * @param id the image's id: the digest of its configuration
 */
record StoredImage(String repository, String tag, String digest, String id) {

    private static final String NONE = "<none>";

    /** Whether anything but its id tells it from others. */
    boolean hasName() {
        return !repository.equals(NONE) && !(tag.equals(NONE) && digest.equals(NONE));
    }

    /** The name, with the digest where there is no tag. */
    String name() {
        return tag.equals(NONE) ? repository + "@" + digest : repository + ":" + tag;
    }

    /** From where it was pulled; empty if no registry gave it. */
    Optional<ImageReference> pulledAs() {
        return repository.equals(NONE) || digest.equals(NONE)
                ? Optional.empty()
                : References.parse(repository + "@" + digest);
    }

    /** Whether an image that is named like this is the one of this row. */
    boolean isNamed(ImageReference other) {
        boolean sameName =
                References.parse(repository).map(Relocation::fullName).equals(Optional.of(Relocation.fullName(other)));
        return sameName
                && other.digest()
                        .map(digest::equals)
                        .orElseGet(() -> tag.equals(other.tag().orElse("latest")));
    }
}
