package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** The three kinds of patch that the API takes. */
final class Patch {

    private Patch() {}

    /**
     * The object that a request makes of another; its content type tells which kind of patch it is.
     *
     * @param byName the lists that a strategic patch merges by name
     */
    static ObjectNode of(ApiRequest request, ObjectNode old, Set<String> byName) {
        try {
            JsonNode patch = Json.read(request.body());
            String type = request.header("content-type").replaceFirst(";.*", "");
            return switch (type) {
                case "application/merge-patch+json" -> merge(old, patch);
                case "application/strategic-merge-patch+json" -> strategic(old, patch, byName);
                case "application/json-patch+json" -> operations(old, patch);
                default ->
                    throw unsupported("application/json-patch+json, application/merge-patch+json, "
                            + "application/strategic-merge-patch+json");
            };
        } catch (IOException e) {
            throw ApiException.badRequest("error decoding patch");
        }
    }

    /** How the server refuses a kind of patch. */
    static ApiException unsupported(String accepted) {
        return ApiException.of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted);
    }

    /** RFC 7386: objects merge, null removes, everything else replaces. */
    static ObjectNode merge(ObjectNode object, JsonNode patch) {
        return merge(object, patch, Set.of());
    }

    /** Strategic: as {@link #merge}, but some lists merge by name. */
    static ObjectNode strategic(ObjectNode object, JsonNode patch, Set<String> byName) {
        return merge(object, patch, byName);
    }

    private static ObjectNode merge(ObjectNode object, JsonNode patch, Set<String> byName) {
        ObjectNode result = object.deepCopy();
        patch.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                result.remove(name);
            } else if (value.isObject()) {
                result.set(name, merge(Json.child(result, name), value, byName));
            } else if (byName.contains(name) && value.isArray()) {
                result.set(name, mergeByName(Json.children(result, name), value, byName));
            } else {
                result.set(name, value);
            }
        });
        return result;
    }

    private static ArrayNode mergeByName(ArrayNode tags, JsonNode patch, Set<String> byName) {
        ObjectNode holder = Json.object();
        holder.set("tags", tags.deepCopy());
        for (JsonNode change : patch) {
            String tag = change.path("name").asText();
            Optional<ObjectNode> existing = Json.find(holder, "tags", "name", tag);
            if ("delete".equals(change.path("$patch").asText())) {
                existing.ifPresent(found -> remove(Json.children(holder, "tags"), found));
            } else if (existing.isPresent()) {
                ObjectNode merged = merge(existing.get(), change, byName);
                existing.get().removeAll();
                existing.get().setAll(merged);
            } else {
                Json.children(holder, "tags").add(change.deepCopy());
            }
        }
        return Json.children(holder, "tags");
    }

    private static void remove(ArrayNode tags, ObjectNode tag) {
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i) == tag) {
                tags.remove(i);
                return;
            }
        }
    }

    /** RFC 6902: {@code test}, {@code replace}, {@code add} and {@code remove}. */
    static ObjectNode operations(ObjectNode object, JsonNode operations) {
        ObjectNode result = object.deepCopy();
        for (JsonNode operation : operations) {
            apply(result, operation);
        }
        return result;
    }

    private static void apply(ObjectNode object, JsonNode operation) {
        String path = operation.path("path").asText();
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            throw unprocessable();
        }
        JsonNode parent = object.at(path.substring(0, slash));
        String key = path.substring(slash + 1).replace("~1", "/").replace("~0", "~");
        JsonNode value = operation.path("value");
        switch (operation.path("op").asText()) {
            case "test" -> {
                if (!object.at(path).equals(value)) {
                    throw unprocessable();
                }
            }
            case "replace" -> {
                if (object.at(path).isMissingNode()) {
                    throw unprocessable();
                }
                put(parent, key, value, true);
            }
            case "add" -> put(parent, key, value, false);
            case "remove" -> {
                if (parent instanceof ObjectNode node) {
                    node.remove(key);
                } else if (parent instanceof ArrayNode array) {
                    array.remove(Integer.parseInt(key));
                }
            }
            default -> throw unprocessable();
        }
    }

    private static void put(JsonNode parent, String key, JsonNode value, boolean replace) {
        if (parent instanceof ObjectNode node) {
            node.set(key, value);
        } else if (parent instanceof ArrayNode array && "-".equals(key)) {
            array.add(value);
        } else if (parent instanceof ArrayNode array && replace) {
            array.set(Integer.parseInt(key), value);
        } else if (parent instanceof ArrayNode array) {
            array.insert(Integer.parseInt(key), value);
        } else {
            throw unprocessable();
        }
    }

    /** How a Kubernetes 1.9 server words a patch that does not apply. */
    private static ApiException unprocessable() {
        return ApiException.of(422, "Invalid", "the server rejected our request due to an error in our request");
    }
}
