package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.FieldError;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Plain objects without rules of their own: secrets, namespaces, projects, pods, and OpenShift 4's configuration. */
final class CoreEndpoint implements Endpoint {

    /** The lists of a service account, which a strategic patch merges by name. */
    private static final Set<String> PULL_SECRETS = Set.of("secrets", "imagePullSecrets");

    private final ObjectStore store;
    private final OpenShiftRules version;
    private final String kind;
    private final String apiVersion;
    private final String storedAs;
    private final boolean writable;
    private final BiPredicate<User, ObjectNode> visible;
    private final Consumer<ObjectNode> listener;

    private CoreEndpoint(
            ObjectStore store,
            OpenShiftRules version,
            String kind,
            String apiVersion,
            String storedAs,
            boolean writable,
            BiPredicate<User, ObjectNode> visible,
            Consumer<ObjectNode> listener) {
        this.store = store;
        this.version = version;
        this.kind = kind;
        this.apiVersion = apiVersion;
        this.storedAs = storedAs;
        this.writable = writable;
        this.visible = visible;
        this.listener = listener;
    }

    /** An endpoint for objects that are stored by the resource's own name. */
    static CoreEndpoint of(
            ObjectStore store,
            OpenShiftRules version,
            String kind,
            String apiVersion,
            String storedAs,
            boolean writable) {
        return new CoreEndpoint(
                store, version, kind, apiVersion, storedAs, writable, (user, object) -> true, object -> {});
    }

    /** The same, listing only what somebody may see. */
    CoreEndpoint visibleTo(BiPredicate<User, ObjectNode> condition) {
        return new CoreEndpoint(store, version, kind, apiVersion, storedAs, writable, condition, listener);
    }

    /** The same, telling each object that was written. */
    CoreEndpoint telling(Consumer<ObjectNode> whom) {
        return new CoreEndpoint(store, version, kind, apiVersion, storedAs, writable, visible, whom);
    }

    @Override
    public ApiResponse handle(ApiRequest request, ResourcePath path) {
        String verb = request.verb(path);
        if (!writable && !List.of("get", "list").contains(verb)) {
            throw ApiException.methodNotAllowed();
        }
        return switch (verb) {
            case "list" -> list(request, path);
            case "get" -> ApiResponse.json(200, shown(require(path), path));
            case "create" -> create(request, path);
            case "update" -> update(own(request.json(), path), path);
            case "patch" -> patch(request, path);
            default -> delete(path);
        };
    }

    private ApiResponse list(ApiRequest request, ResourcePath path) {
        ObjectNode list = Json.object().put("kind", kind + "List").put("apiVersion", apiVersion);
        ObjectNode metadata = list.putObject("metadata");
        if (version.showsSelfLinks()) {
            metadata.put("selfLink", path.selfLink(""));
        }
        List<ObjectNode> found = store.list(storedAs, path.namespace()).stream()
                .filter(object -> visible.test(request.user(), object))
                .toList();
        new ListQuery(version.pagesLists() ? request.query() : Map.of()).fill(list, found, store.revision());
        return ApiResponse.json(200, list);
    }

    private ApiResponse create(ApiRequest request, ResourcePath path) {
        ObjectNode object = own(request.json(), path);
        String name = object.path("metadata").path("name").asText();
        if (name.isEmpty()) {
            throw ApiException.invalid(
                    kind, "", List.of(FieldError.required("metadata.name", "name or generateName is required")));
        }
        if (hasGenerations()) {
            Json.child(object, "metadata").put("generation", 1);
        }
        ObjectNode created = store.create(storedAs, object)
                .orElseThrow(() -> ApiException.alreadyExists(path.group(), path.resource(), name));
        listener.accept(created);
        return ApiResponse.json(201, shown(created, path));
    }

    private ApiResponse patch(ApiRequest request, ResourcePath path) {
        if (isCustom() && request.header("content-type").contains("strategic")) {
            throw Patch.unsupported(
                    "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
        }
        store.patching(storedAs, require(path));
        ObjectNode old = require(path);
        return update(own(Patch.of(request, old, PULL_SECRETS), path), path);
    }

    private ApiResponse update(ObjectNode object, ResourcePath path) {
        ObjectNode old = require(path);
        String current = old.path("metadata").path("resourceVersion").asText();
        String expected = object.path("metadata").path("resourceVersion").asText(current);
        ObjectNode metadata = Json.child(object, "metadata").put("name", path.name());
        metadata.set("uid", old.path("metadata").path("uid"));
        metadata.set("creationTimestamp", old.path("metadata").path("creationTimestamp"));
        if (hasGenerations()) {
            boolean changed = !old.path("spec").equals(object.path("spec"));
            metadata.put("generation", old.path("metadata").path("generation").asInt() + (changed ? 1 : 0));
        }
        ObjectNode updated = store.update(storedAs, object, expected)
                .orElseThrow(() -> ApiException.modified(path.group(), path.resource(), path.name()));
        listener.accept(updated);
        return ApiResponse.json(200, shown(updated, path));
    }

    private boolean hasGenerations() {
        return version.isFour() && isCustom();
    }

    /** Whether the resource is one that OpenShift 4 defines itself (a CustomResourceDefinition). */
    private boolean isCustom() {
        return storedAs.contains(".");
    }

    private ApiResponse delete(ResourcePath path) {
        ObjectNode removed = store.delete(storedAs, path.namespace(), path.name())
                .orElseThrow(() -> ApiException.notFound(path.group(), path.resource(), path.name()));
        listener.accept(removed);
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
        return store.get(storedAs, path.namespace(), path.name())
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
        if (version.showsSelfLinks()) {
            metadata.put("selfLink", path.selfLink(metadata.path("name").asText()));
        }
        return shown;
    }
}
