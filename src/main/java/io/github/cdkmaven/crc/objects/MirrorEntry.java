package io.github.cdkmaven.crc.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;

/**
 * One line of a mirror set: the mirror is asked instead of the source, and the source never.
 *
 * @param source a registry, perhaps with a path
 * @param mirror what stands in its place
 */
record MirrorEntry(String source, String mirror) {

    private static final String NEVER = "NeverContactSource";

    /** As a mirror set holds it. */
    ObjectNode toJson() {
        ObjectNode entry = JsonTree.object().put("source", source);
        entry.putArray("mirrors").add(mirror);
        return entry.put("mirrorSourcePolicy", NEVER);
    }

    /** Whether somebody else's line for the same source does the same. */
    boolean isDoneBy(JsonNode entry) {
        return entry.path("mirrors").path(0).asText().equals(mirror)
                && entry.path("mirrorSourcePolicy").asText().equals(NEVER);
    }
}
