package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.FieldError;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.image.DockerReference;
import io.github.cdkmaven.sim.cluster.image.StreamDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An {@code ImageStreamImport} as submitted, with its defaults filled in and found valid.
 *
 * @param namespace of the stream
 * @param name of the stream
 * @param submitted the object with defaults, without status
 */
record ImportRequest(String namespace, String name, ObjectNode submitted) {

    private static final String KIND = "ImageStreamImport";

    static ImportRequest of(String namespace, ObjectNode body, OpenShiftRules version) {
        ObjectNode request = body.deepCopy();
        request.remove("status");
        ObjectNode metadata = Json.child(request, "metadata");
        String name = metadata.path("name").asText();
        String claimed = metadata.path("namespace").asText(namespace);
        if (!claimed.equals(namespace)) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        ObjectNode spec = Json.child(request, "spec");
        spec.put("import", spec.path("import").asBoolean());
        StreamDefaults defaults = new StreamDefaults(version.hasImportModes());
        Json.objects(spec, "images").forEach(image -> fillIn(image, defaults));
        if (spec.path("repository") instanceof ObjectNode repository) {
            fillIn(repository, defaults);
        }
        List<FieldError> errors = check(name, spec, version);
        if (!errors.isEmpty()) {
            throw version.invalid(KIND, name, errors);
        }
        return new ImportRequest(namespace, name, request);
    }

    /** Whether anything is to be stored. */
    boolean stores() {
        return submitted.path("spec").path("import").asBoolean();
    }

    List<ObjectNode> images() {
        return Json.objects(submitted.path("spec"), "images");
    }

    Optional<ObjectNode> repository() {
        return submitted.path("spec").path("repository") instanceof ObjectNode repository
                ? Optional.of(repository)
                : Optional.empty();
    }

    String resourceVersion() {
        return submitted.path("metadata").path("resourceVersion").asText();
    }

    String uid() {
        return submitted.path("metadata").path("uid").asText();
    }

    private static void fillIn(ObjectNode image, StreamDefaults defaults) {
        image.set("importPolicy", defaults.importPolicy(image.path("importPolicy")));
        image.set("referencePolicy", StreamDefaults.referencePolicy(image.path("referencePolicy")));
        if (!image.has("to") && image.path("from").path("kind").asText().equals("DockerImage")) {
            try {
                String tag = DockerReference.parse(
                                image.path("from").path("name").asText())
                        .tag();
                if (!tag.isEmpty()) {
                    image.putObject("to").put("name", tag);
                }
            } catch (IllegalArgumentException e) {
                // Told by the check that follows.
            }
        }
    }

    private static List<FieldError> check(String name, JsonNode spec, OpenShiftRules version) {
        List<FieldError> errors = new ArrayList<>();
        if (name.isEmpty()) {
            errors.add(FieldError.required("metadata.name", "name or generateName is required"));
        }
        List<ObjectNode> images = Json.objects(spec, "images");
        for (int i = 0; i < images.size(); i++) {
            check("spec.images[" + i + "]", images.get(i), version, errors);
        }
        JsonNode repository = spec.path("repository");
        if (repository.isObject()) {
            check("spec.repository", repository, version, errors);
            String from = repository.path("from").path("name").asText();
            if (errors.isEmpty()
                    && !DockerReference.parse(from)
                            .exact()
                            .equals(DockerReference.parse(from).name())) {
                errors.add(FieldError.invalid(
                        "spec.repository.from.name", from, "you must specify an image repository, not a tag or ID"));
            }
        }
        if (images.isEmpty() && !repository.isObject()) {
            errors.add(new FieldError(
                    "FieldValueInvalid",
                    version.isFour() ? "spec.images" : "",
                    "Invalid value: \"null\": you must specify at least one image or a repository import"));
        }
        return errors;
    }

    private static void check(String path, JsonNode image, OpenShiftRules version, List<FieldError> errors) {
        JsonNode from = image.path("from");
        String name = from.path("name").asText();
        if (!"DockerImage".equals(from.path("kind").asText())) {
            errors.add(FieldError.invalid(
                    path + ".from.kind", from.path("kind").asText(), "only DockerImage is supported"));
            return;
        }
        if (image.has("to") && image.path("to").path("name").asText().isEmpty()) {
            errors.add(FieldError.invalid(path + ".to.name", "", "the name of the target tag must be specified"));
        }
        if (name.isEmpty()) {
            errors.add(FieldError.required(path + ".from.name", ""));
            return;
        }
        try {
            DockerReference reference = DockerReference.parse(name);
            if (!version.schedulesDigests()
                    && !reference.digest().isEmpty()
                    && image.path("importPolicy").path("scheduled").asBoolean()) {
                errors.add(FieldError.invalid(path + ".from.name", name, "only tags can be scheduled for import"));
            }
        } catch (IllegalArgumentException e) {
            errors.add(FieldError.invalid(path + ".from.name", name, String.valueOf(e.getMessage())));
        }
    }
}
