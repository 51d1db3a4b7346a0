package io.github.cdkmaven.verify;

import io.github.cdkmaven.image.References;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.report.ImageFinding;

/**
 * One image at one place, with its verdict.
 *
 * @param location where it was seen
 * @param image how it is named there
 * @param judgement where it came from
 * @param detail how that is known, and what would have prevented it
 */
record LocatedImage(String location, String image, OriginVerdict judgement, String detail) {

    /** The image's name in one spelling, with its tag or digest, so that what runs can be told from what only lies there. */
    String fullName() {
        return References.parse(image)
                .map(name -> Relocation.fullName(name)
                        + name.digest()
                                .map(digest -> "@" + digest)
                                .orElseGet(() -> ":" + name.tag().orElse("latest")))
                .orElse(image);
    }

    boolean isExternal() {
        return judgement.isExternal();
    }

    /** Whether it is not from the registry, but no registry outside is known to have given it either. */
    boolean isUntraced() {
        return isExternal() && judgement.source().isEmpty();
    }

    ImageFinding toReport() {
        return ImageFinding.of(location, image, judgement.verdict()).because(detail);
    }

    /** One line that names the place, the image and the reason. */
    String toLine() {
        return toReport().toLine();
    }
}
