package io.github.cdkmaven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.json.JsonTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** The sizes of its configuration and layers by digest, as the registry stores them; empty where it names none, as of schema 1. */
    public Map<String, Long> blobSizes() {
        Map<String, Long> sizes = new HashMap<>();
        try {
            JsonNode manifest = JsonTree.read(toByteArray());
            List<JsonNode> blobs = new ArrayList<>(List.of(manifest.path("config")));
            manifest.path("layers").forEach(blobs::add);
            for (JsonNode blob : blobs) {
                if (blob.path("digest").isTextual() && blob.path("size").asLong() > 0) {
                    sizes.put(blob.path("digest").asText(), blob.path("size").asLong());
                }
            }
            return sizes;
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }
}
