package io.github.cdkmaven.minishift.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * A pointer from one piece of an image to another.
 *
 * @param mediaType what it points to
 * @param digest its digest
 * @param size its bytes
 */
record Descriptor(String mediaType, String digest, long size) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SHA_256 = Pattern.compile("sha256:[0-9a-f]{64}");

    static Descriptor of(JsonNode json) {
        return new Descriptor(
                json.path("mediaType").asText(""),
                json.path("digest").asText(""),
                json.path("size").asLong(-1));
    }

    /** Whether the digest is one that may become the name of a file. */
    boolean wellFormed() {
        return SHA_256.matcher(digest).matches() && size >= 0;
    }

    Descriptor as(String otherType) {
        return new Descriptor(otherType, digest, size);
    }

    ObjectNode toJson() {
        return JSON.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", digest)
                .put("size", size);
    }
}
