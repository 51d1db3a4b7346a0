package io.github.cdkmaven.mirror;

import io.github.cdkmaven.image.ImageReference;

/** References with a digest, as mirroring tools take them: with a tag or with a digest, never with both. */
final class Pinned {

    private Pinned() {}

    /** What to fetch: the digest says exactly what, the tag only what it once was. */
    static String withoutTag(ImageReference reference) {
        return reference.digest().map(digest -> reference.name() + "@" + digest).orElse(reference.toString());
    }
}
