package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.FieldError;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code imagestreams}: list, get, create, replace, patch, delete. */
final class ImageStreamEndpoint implements Endpoint {

    private static final String KIND = "ImageStream";
    private static final int PATCH_ATTEMPTS = 5;

    private final StreamRegistry streams;
    private final OpenShiftRules version;

    ImageStreamEndpoint(StreamRegistry streams, OpenShiftRules version) {
        this.streams = streams;
        this.version = version;
    }

    @Override
    public ApiResponse handle(ApiRequest request, ResourcePath path) {
        return switch (request.verb(path)) {
            case "list" -> list(request, path);
            case "get" -> ApiResponse.json(200, shown(streams.require(path.namespace(), path.name()), path));
            case "create" -> create(request, path);
            case "update" -> ApiResponse.json(200, shown(replace(request.json(), path), path));
            case "patch" -> ApiResponse.json(200, shown(patch(request, path), path));
            default -> delete(path);
        };
    }

    private ApiResponse list(ApiRequest request, ResourcePath path) {
        ObjectNode list = Json.object().put("kind", KIND + "List").put("apiVersion", "image.openshift.io/v1");
        ObjectNode metadata = list.putObject("metadata");
        if (version.showsSelfLinks()) {
            metadata.put("selfLink", path.selfLink(""));
        }
        List<ObjectNode> found = streams.list(path.namespace()).stream()
                .map(stream -> linked(stream, path))
                .toList();
        new ListQuery(version.pagesLists() ? request.query() : Map.of()).fill(list, found, streams.revision());
        return ApiResponse.json(200, list);
    }

    private ApiResponse create(ApiRequest request, ResourcePath path) {
        ObjectNode stream = request.json();
        ObjectNode metadata = Json.child(stream, "metadata").put("namespace", path.namespace());
        String name = metadata.path("name").asText();
        if (name.isEmpty()) {
            throw version.invalid(
                    KIND, "", List.of(FieldError.required("metadata.name", "name or generateName is required")));
        }
        return ApiResponse.json(201, shown(streams.create(stream, false), path));
    }

    private ObjectNode replace(ObjectNode stream, ResourcePath path) {
        JsonNode metadata = stream.path("metadata");
        ObjectNode old = streams.require(path.namespace(), path.name());
        if (!path.name().equals(metadata.path("name").asText())) {
            throw ApiException.badRequest("the name of the object ("
                    + metadata.path("name").asText() + ") does not match the name on the URL (" + path.name() + ")");
        }
        String expected = metadata.path("resourceVersion").asText();
        if (expected.isEmpty()) {
            throw version.invalid(
                    KIND,
                    path.name(),
                    List.of(FieldError.invalid("metadata.resourceVersion", "", "must be specified for an update")));
        }
        String uid = metadata.path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(old.path("metadata").path("uid").asText())) {
            throw ApiException.conflict(
                    path.group(),
                    path.resource(),
                    path.name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: "
                            + old.path("metadata").path("uid").asText());
        }
        return streams.update(stream, expected, false);
    }

    private ObjectNode patch(ApiRequest request, ResourcePath path) {
        for (int attempt = 1; true; attempt++) {
            ObjectNode old = streams.require(path.namespace(), path.name());
            String current = old.path("metadata").path("resourceVersion").asText();
            ObjectNode patched = Patch.of(request, old, version.mergesTagsByName() ? Set.of("tags") : Set.of());
            String expected = patched.path("metadata").path("resourceVersion").asText(current);
            try {
                return streams.update(patched, expected, false);
            } catch (ApiException e) {
                boolean ours = expected.equals(current);
                if (e.code() != 409 || !ours || attempt == PATCH_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private ApiResponse delete(ResourcePath path) {
        ObjectNode removed = streams.delete(path.namespace(), path.name());
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        status.putObject("details")
                .put("name", path.name())
                .put("group", path.group())
                .put("kind", path.resource())
                .put("uid", removed.path("metadata").path("uid").asText());
        return ApiResponse.json(200, status);
    }

    private ObjectNode shown(ObjectNode stream, ResourcePath path) {
        ObjectNode shown = Json.object().put("kind", KIND).put("apiVersion", "image.openshift.io/v1");
        shown.setAll(linked(stream, path));
        return shown;
    }

    private ObjectNode linked(ObjectNode stream, ResourcePath path) {
        if (!version.showsSelfLinks()) {
            return stream;
        }
        ObjectNode metadata = Json.child(stream, "metadata");
        ResourcePath own =
                new ResourcePath(path.group(), metadata.path("namespace").asText(), path.resource(), "");
        metadata.put("selfLink", own.selfLink(metadata.path("name").asText()));
        return stream;
    }
}
