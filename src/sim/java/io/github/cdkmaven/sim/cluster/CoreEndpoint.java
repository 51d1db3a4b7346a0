package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.FieldError;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plain objects without rules of their own: secrets, service accounts, namespaces, projects, pods. */
final class CoreEndpoint implements Endpoint {

    /** The lists of a service account, which a strategic patch merges by name. */
    private static final Set<String> PULL_SECRETS = Set.of("secrets", "imagePullSecrets");

    private final ObjectStore store;
    private final String kind;
    private final String apiVersion;
    private final boolean writable;

    CoreEndpoint(ObjectStore store, String kind, String apiVersion, boolean writable) {
        this.store = store;
        this.kind = kind;
        this.apiVersion = apiVersion;
        this.writable = writable;
    }

    @Override
    public ApiResponse handle(ApiRequest request, ResourcePath path) {
        String verb = request.verb(path);
        if (!writable && !List.of("get", "list").contains(verb)) {
            throw ApiException.methodNotAllowed();
        }
        return switch (verb) {
            case "list" -> list(path);
            case "get" -> ApiResponse.json(200, shown(require(path), path));
            case "create" -> create(request, path);
            case "update" -> update(request, path);
            case "patch" -> patch(request, path);
            case "delete" -> delete(path);
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private ApiResponse list(ResourcePath path) {
        ObjectNode list = Json.object().put("kind", kind + "List").put("apiVersion", apiVersion);
        list.putObject("metadata")
                .put("selfLink", path.selfLink(""))
                .put("resourceVersion", Long.toString(store.revision()));
        ArrayNode items = list.putArray("items");
        store.list(path.resource(), path.namespace()).forEach(items::add);
        return ApiResponse.json(200, list);
    }

    private ApiResponse create(ApiRequest request, ResourcePath path) {
        ObjectNode object = own(request.json(), path);
        String name = object.path("metadata").path("name").asText();
        if (name.isEmpty()) {
            throw ApiException.invalid(
                    kind, "", List.of(FieldError.required("metadata.name", "name or generateName is required")));
        }
        ObjectNode created = store.create(path.resource(), object)
                .orElseThrow(() -> ApiException.alreadyExists(path.group(), path.resource(), name));
        return ApiResponse.json(201, shown(created, path));
    }

    private ApiResponse update(ApiRequest request, ResourcePath path) {
        ObjectNode old = require(path);
        ObjectNode object = own(request.json(), path);
        String current = old.path("metadata").path("resourceVersion").asText();
        String expected = object.path("metadata").path("resourceVersion").asText(current);
        ObjectNode metadata = Json.child(object, "metadata").put("name", path.name());
        metadata.set("uid", old.path("metadata").path("uid"));
        metadata.set("creationTimestamp", old.path("metadata").path("creationTimestamp"));
        Optional<ObjectNode> updated = store.update(path.resource(), object, expected);
        return ApiResponse.json(
                200,
                shown(
                        updated.orElseThrow(() -> ApiException.modified(path.group(), path.resource(), path.name())),
                        path));
    }

    private ApiResponse patch(ApiRequest request, ResourcePath path) {
        ObjectNode patched = Patch.by(request, require(path), PULL_SECRETS);
        String expected = patched.path("metadata").path("resourceVersion").asText();
        return ApiResponse.json(
                200,
                shown(
                        store.update(path.resource(), patched, expected)
                                .orElseThrow(() -> ApiException.modified(path.group(), path.resource(), path.name())),
                        path));
    }

    private ApiResponse delete(ResourcePath path) {
        ObjectNode removed = store.delete(path.resource(), path.namespace(), path.name())
                .orElseThrow(() -> ApiException.notFound(path.group(), path.resource(), path.name()));
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        status.putObject("details")
                .put("name", path.name())
                .put("kind", path.resource())
                .put("uid", removed.path("metadata").path("uid").asText());
        return ApiResponse.json(200, status);
    }

    private ObjectNode require(ResourcePath path) {
        return store.get(path.resource(), path.namespace(), path.name())
                .orElseThrow(() -> ApiException.notFound(path.group(), path.resource(), path.name()));
    }

    /** What is stored: without kind and version, in the namespace of the path, with text data encoded. */
    private static ObjectNode own(ObjectNode object, ResourcePath path) {
        object.remove(List.of("kind", "apiVersion"));
        if (!path.namespace().isEmpty()) {
            Json.child(object, "metadata").put("namespace", path.namespace());
        }
        if (object.remove("stringData") instanceof ObjectNode texts) {
            texts.properties().forEach(text -> Json.child(object, "data")
                    .put(
                            text.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(text.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
        return object;
    }

    private ObjectNode shown(ObjectNode object, ResourcePath path) {
        ObjectNode shown = Json.object().put("kind", kind).put("apiVersion", apiVersion);
        shown.setAll(object);
        ObjectNode metadata = Json.child(shown, "metadata");
        metadata.put("selfLink", path.selfLink(metadata.path("name").asText()));
        return shown;
    }
}
