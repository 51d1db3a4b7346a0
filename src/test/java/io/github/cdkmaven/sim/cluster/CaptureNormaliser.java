package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.Set;

/** Makes two answers comparable: what differs from run to run is replaced by a star, but has to be there. */
final class CaptureNormaliser {

    private static final Set<String> VOLATILE = Set.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "created",
            "lastTransitionTime",
            "openshift.io/image.dockerRepositoryCheck",
            "gitCommit",
            "size",
            "manifestSize");

    private static final TextNode STAR = TextNode.valueOf("*");

    private CaptureNormaliser() {}

    static JsonNode normalise(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            ObjectNode result = Json.object();
            object.properties().forEach(entry -> {
                boolean star = VOLATILE.contains(entry.getKey())
                        && entry.getValue().isValueNode()
                        && !entry.getValue().isNull();
                result.set(entry.getKey(), star ? STAR : normalise(entry.getValue()));
                if ("dockerImageLayers".equals(entry.getKey())) {
                    result.path(entry.getKey()).forEach(layer -> ((ObjectNode) layer).put("name", "*"));
                }
                if ("dockerImageMetadata".equals(entry.getKey())) {
                    // The content of the images is not the server's; which parts of it are shown is.
                    ((ObjectNode) result.path(entry.getKey())).properties().forEach(part -> part.setValue(STAR));
                }
            });
            return result;
        }
        if (tree instanceof ArrayNode array) {
            ArrayNode result = Json.array();
            array.forEach(item -> result.add(normalise(item)));
            return result;
        }
        return tree.isTextual() ? TextNode.valueOf(text(tree.asText())) : tree;
    }

    static String text(String text) {
        return text.replaceAll("was updated from \"\\d+\" to \"\\d+\"", "was updated from \"*\" to \"*\"")
                .replaceAll("access_token=[^&]+", "access_token=*");
    }
}
