package io.github.cdkmaven.sim.cluster.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.Comparator;
import java.util.List;

/** The one form that the server keeps and prints a stream in: defaults filled in, tags sorted, nothing unknown. */
public final class StreamDefaults {

    private final boolean importModes;

    /** @param importModes whether tags have an {@code importMode}, {@code Legacy} where nothing is said */
    public StreamDefaults(boolean importModes) {
        this.importModes = importModes;
    }

    /** A copy of {@code stream} in that form, without kind and version. */
    public ObjectNode apply(JsonNode stream) {
        ObjectNode result = Json.object();
        result.set("metadata", metadata(stream.path("metadata")));
        ObjectNode spec = result.putObject("spec");
        spec.putObject("lookupPolicy")
                .put(
                        "local",
                        stream.path("spec").path("lookupPolicy").path("local").asBoolean(false));
        copyText(stream.path("spec"), spec, "dockerImageRepository");
        List<ObjectNode> tags = Json.objects(stream.path("spec"), "tags");
        if (!tags.isEmpty()) {
            tags.stream()
                    .sorted(Comparator.comparing(tag -> tag.path("name").asText()))
                    .forEach(tag -> Json.children(spec, "tags").add(specTag(tag)));
        }
        ObjectNode status = result.putObject("status");
        status.put(
                "dockerImageRepository",
                stream.path("status").path("dockerImageRepository").asText());
        copyText(stream.path("status"), status, "publicDockerImageRepository");
        Json.objects(stream.path("status"), "tags").stream()
                .sorted(Comparator.comparing(tag -> tag.path("tag").asText()))
                .forEach(tag -> Json.children(status, "tags").add(statusTag(tag)));
        return result;
    }

    /** How to import, with false left out as the server does. */
    public ObjectNode importPolicy(JsonNode policy) {
        ObjectNode result = Json.object();
        if (policy.path("insecure").asBoolean()) {
            result.put("insecure", true);
        }
        if (policy.path("scheduled").asBoolean()) {
            result.put("scheduled", true);
        }
        if (importModes) {
            result.put("importMode", policy.path("importMode").asText("Legacy"));
        }
        return result;
    }

    /** How users of the tag refer to it; {@code Source} where nothing is said. */
    public static ObjectNode referencePolicy(JsonNode policy) {
        return Json.object().put("type", policy.path("type").asText("Source"));
    }

    private static ObjectNode metadata(JsonNode metadata) {
        ObjectNode result = Json.object();
        for (String name : List.of("name", "namespace", "uid", "resourceVersion")) {
            copyText(metadata, result, name);
        }
        if (metadata.path("generation").asInt() != 0) {
            result.put("generation", metadata.path("generation").asInt());
        }
        copyText(metadata, result, "creationTimestamp");
        for (String name : List.of("labels", "annotations")) {
            if (metadata.path(name).isObject() && !metadata.path(name).isEmpty()) {
                result.set(name, metadata.get(name).deepCopy());
            }
        }
        if (!metadata.path("ownerReferences").isEmpty()) {
            result.set("ownerReferences", metadata.get("ownerReferences").deepCopy());
        }
        return result;
    }

    private ObjectNode specTag(ObjectNode tag) {
        ObjectNode result = Json.object().put("name", tag.path("name").asText());
        if (tag.path("annotations").isObject() && !tag.path("annotations").isEmpty()) {
            result.set("annotations", tag.get("annotations").deepCopy());
        } else {
            result.putNull("annotations");
        }
        if (tag.path("from").isObject()) {
            result.set("from", tag.get("from").deepCopy());
        }
        if (tag.path("reference").asBoolean()) {
            result.put("reference", true);
        }
        if (tag.path("generation").isNumber()) {
            result.put("generation", tag.path("generation").asInt());
        } else {
            result.putNull("generation");
        }
        result.set("importPolicy", importPolicy(tag.path("importPolicy")));
        result.set("referencePolicy", referencePolicy(tag.path("referencePolicy")));
        return result;
    }

    private static ObjectNode statusTag(ObjectNode tag) {
        ObjectNode result = Json.object().put("tag", tag.path("tag").asText());
        if (tag.path("items").isEmpty()) {
            result.putNull("items");
        } else {
            result.set("items", tag.get("items").deepCopy());
        }
        if (!tag.path("conditions").isEmpty()) {
            result.set("conditions", tag.get("conditions").deepCopy());
        }
        return result;
    }

    private static void copyText(JsonNode from, ObjectNode to, String name) {
        if (!from.path(name).asText().isEmpty()) {
            to.put(name, from.path(name).asText());
        }
    }
}
