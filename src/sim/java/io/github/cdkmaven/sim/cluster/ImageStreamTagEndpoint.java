package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code imagestreamtags}: one tag of a stream with its image, to read and to set, as {@code oc tag} does. */
final class ImageStreamTagEndpoint implements Endpoint {

    private static final String KIND = "ImageStreamTag";
    private static final String API = "image.openshift.io/v1";

    private final ObjectStore store;
    private final StreamRegistry streams;

    ImageStreamTagEndpoint(ObjectStore store, StreamRegistry streams) {
        this.store = store;
        this.streams = streams;
    }

    @Override
    public ApiResponse handle(ApiRequest request, ResourcePath path) {
        return switch (request.verb(path)) {
            case "list" -> list(request, path);
            case "get" -> ApiResponse.json(200, typed(require(path)));
            case "create" -> set(request.json(), path, 201);
            case "update" -> set(request.json(), path, 200);
            case "delete" -> delete(path);
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private ApiResponse list(ApiRequest request, ResourcePath path) {
        List<ObjectNode> all = new ArrayList<>();
        for (ObjectNode stream : streams.list(path.namespace())) {
            Json.objects(stream.path("status"), "tags")
                    .forEach(tag -> all.add(shown(stream, tag.path("tag").asText())));
        }
        ObjectNode list = Json.object().put("kind", KIND + "List").put("apiVersion", API);
        new ListQuery(request.query()).fill(list, all, store.revision());
        return ApiResponse.json(200, list);
    }

    private ObjectNode require(ResourcePath path) {
        String tag = tag(path.name());
        return streams.get(path.namespace(), stream(path.name()))
                .filter(stream -> isThere(stream, tag))
                .map(stream -> shown(stream, tag))
                .orElseThrow(() -> ApiException.notFound(path.group(), path.resource(), path.name()));
    }

    private static boolean isThere(ObjectNode stream, String tag) {
        return Json.find(stream.path("spec"), "tags", "name", tag).isPresent()
                || Json.find(stream.path("status"), "tags", "tag", tag).isPresent();
    }

    private ApiResponse set(ObjectNode submitted, ResourcePath path, int status) {
        String name = submitted.path("metadata").path("name").asText(path.name());
        Optional<ObjectNode> old = streams.get(path.namespace(), stream(name));
        ObjectNode changed = old.map(ObjectNode::deepCopy).orElseGet(() -> {
            ObjectNode created = Json.object();
            created.putObject("metadata").put("name", stream(name)).put("namespace", path.namespace());
            return created;
        });
        ObjectNode spec = Json.child(changed, "spec");
        ObjectNode tag = Json.find(spec, "tags", "name", tag(name))
                .orElseGet(() -> Json.children(spec, "tags").addObject());
        tag.removeAll();
        if (submitted.path("tag") instanceof ObjectNode wanted) {
            tag.setAll(wanted.deepCopy());
        }
        tag.put("name", tag(name)).putNull("generation");
        ObjectNode stored = old.isEmpty()
                ? streams.create(changed, false)
                : streams.update(
                        changed,
                        old.get().path("metadata").path("resourceVersion").asText(),
                        false);
        return ApiResponse.json(status, typed(shown(stored, tag(name))));
    }

    private ApiResponse delete(ResourcePath path) {
        require(path);
        ObjectNode stream = streams.require(path.namespace(), stream(path.name()));
        for (String half : List.of("spec", "status")) {
            String key = "spec".equals(half) ? "name" : "tag";
            Json.child(stream, half)
                    .withArray("tags")
                    .removeIf(tag -> tag(path.name()).equals(tag.path(key).asText()));
        }
        streams.update(stream, stream.path("metadata").path("resourceVersion").asText(), true);
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return ApiResponse.json(200, status.put("status", "Success"));
    }

    private ObjectNode shown(ObjectNode stream, String tag) {
        JsonNode metadata = stream.path("metadata");
        Optional<ObjectNode> spec = Json.find(stream.path("spec"), "tags", "name", tag);
        Optional<ObjectNode> status = Json.find(stream.path("status"), "tags", "tag", tag);
        JsonNode item = status.map(found -> found.path("items").path(0)).orElse(Json.object());
        ObjectNode shown = Json.object();
        ObjectNode own = shown.putObject("metadata")
                .put("name", metadata.path("name").asText() + ":" + tag)
                .put("namespace", metadata.path("namespace").asText());
        own.set("uid", metadata.path("uid"));
        own.set("resourceVersion", metadata.path("resourceVersion"));
        own.set("creationTimestamp", item.has("created") ? item.path("created") : metadata.path("creationTimestamp"));
        if (metadata.has("labels")) {
            own.set("labels", metadata.path("labels"));
        }
        spec.ifPresent(found -> {
            if (found.path("annotations").isObject()) {
                own.set("annotations", found.path("annotations"));
            }
            shown.set("tag", found);
            shown.set("generation", found.path("generation"));
        });
        shown.set("lookupPolicy", stream.path("spec").path("lookupPolicy"));
        status.filter(found -> found.has("conditions"))
                .ifPresent(found -> shown.set("conditions", found.path("conditions")));
        shown.set("image", image(item));
        return shown;
    }

    /** The image that an item names; its place is where this stream took it from, not where it was first seen. */
    private ObjectNode image(JsonNode item) {
        return store.get("images", "", item.path("image").asText())
                .map(image -> image.put(
                        "dockerImageReference", item.path("dockerImageReference").asText()))
                .orElseGet(() -> {
                    ObjectNode unknown = Json.object();
                    unknown.putObject("metadata").putNull("creationTimestamp");
                    return unknown;
                });
    }

    private static ObjectNode typed(ObjectNode tag) {
        ObjectNode typed = Json.object().put("kind", KIND).put("apiVersion", API);
        typed.setAll(tag);
        return typed;
    }

    private static String stream(String name) {
        return name.replaceFirst(":.*", "");
    }

    private static String tag(String name) {
        return name.contains(":") ? name.substring(name.indexOf(':') + 1) : "latest";
    }
}
