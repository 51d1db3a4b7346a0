package io.github.cdkmaven.registry;

import java.nio.ByteBuffer;

/**
 * A manifest, byte by byte as the registry holds it.
 *
 * @param mediaType what it is
 * @param digest its digest, verified
 * @param bytes the bytes, read-only
 */
public record ManifestContent(String mediaType, String digest, ByteBuffer bytes) {

    static ManifestContent of(String mediaType, String digest, byte[] bytes) {
        return new ManifestContent(mediaType, digest, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }
}
