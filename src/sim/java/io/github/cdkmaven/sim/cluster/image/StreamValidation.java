package io.github.cdkmaven.sim.cluster.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.FieldError;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which streams the server refuses (origin {@code pkg/image/apis/image/validation}). */
public final class StreamValidation {

    private final Optional<ImportWhitelist> whitelist;
    private final boolean schedulesDigests;

    /**
     * @param whitelist the whitelist, where this version of OpenShift enforces it on streams
     * @param schedulesDigests whether a scheduled tag may name a digest
     */
    public StreamValidation(Optional<ImportWhitelist> whitelist, boolean schedulesDigests) {
        this.whitelist = whitelist;
        this.schedulesDigests = schedulesDigests;
    }

    /**
     * All that is wrong with a stream about to be stored.
     *
     * @param old what it replaces; what is in there already stays allowed. An empty object for a new stream
     */
    public List<FieldError> check(ObjectNode stream, ObjectNode old) {
        List<FieldError> errors = new ArrayList<>();
        checkRepository(stream.path("spec").path("dockerImageRepository").asText(), errors);
        Set<String> known = sources(old);
        boolean insecureStream = "true"
                .equals(stream.path("metadata")
                        .path("annotations")
                        .path("openshift.io/image.insecureRepository")
                        .asText());
        for (ObjectNode tag : Json.objects(stream.path("spec"), "tags")) {
            boolean insecure =
                    insecureStream || tag.path("importPolicy").path("insecure").asBoolean();
            checkTag(tag, insecure, known, errors);
        }
        for (ObjectNode tag : Json.objects(stream.path("status"), "tags")) {
            String name = tag.path("tag").asText();
            boolean insecure = insecureStream
                    || Json.find(stream.path("spec"), "tags", "name", name)
                            .map(spec ->
                                    spec.path("importPolicy").path("insecure").asBoolean())
                            .orElse(false);
            List<ObjectNode> items = Json.objects(tag, "items");
            for (int i = 0; i < items.size(); i++) {
                String field = "status.tags[" + name + "].items[" + i + "].dockerImageReference";
                admit(items.get(i).path("dockerImageReference").asText(), field, insecure, known, errors);
            }
        }
        return errors;
    }

    private void checkTag(ObjectNode tag, boolean insecure, Set<String> known, List<FieldError> errors) {
        String path = "spec.tags[" + tag.path("name").asText() + "]";
        JsonNode from = tag.path("from");
        boolean scheduled = tag.path("importPolicy").path("scheduled").asBoolean();
        switch (from.path("kind").asText()) {
            case "" -> {
                if (from.isObject()) {
                    errors.add(FieldError.required(path + ".from.kind", ""));
                }
            }
            case "DockerImage" -> {
                String name = from.path("name").asText();
                if (scheduled && !schedulesDigests && name.contains("@")) {
                    errors.add(FieldError.invalid(path + ".from.name", name, "only tags can be scheduled for import"));
                }
                admit(name, path + ".from.name", insecure, known, errors);
            }
            case "ImageStreamTag", "ImageStreamImage" -> {
                if (scheduled) {
                    errors.add(FieldError.invalid(
                            path + ".importPolicy.scheduled",
                            "true",
                            "only tags pointing to Docker repositories may be scheduled for background import"));
                }
            }
            default ->
                errors.add(FieldError.invalid(
                        path + ".from.kind",
                        from.path("kind").asText(),
                        "valid values are 'DockerImage', 'ImageStreamImage', 'ImageStreamTag'"));
        }
    }

    private void admit(String name, String field, boolean insecure, Set<String> known, List<FieldError> errors) {
        try {
            DockerReference reference = DockerReference.parse(name);
            if (!known.contains(reference.exact())) {
                whitelist
                        .flatMap(list -> list.objection(reference, insecure))
                        .ifPresent(objection -> errors.add(FieldError.forbidden(field, objection)));
            }
        } catch (IllegalArgumentException e) {
            errors.add(FieldError.invalid(field, name, String.valueOf(e.getMessage())));
        }
    }

    private static void checkRepository(String repository, List<FieldError> errors) {
        if (repository.isEmpty()) {
            return;
        }
        String field = "spec.dockerImageRepository";
        try {
            DockerReference reference = DockerReference.parse(repository);
            if (!reference.tag().isEmpty()) {
                errors.add(FieldError.invalid(field, repository, "the repository name may not contain a tag"));
            }
            if (!reference.digest().isEmpty()) {
                errors.add(FieldError.invalid(field, repository, "the repository name may not contain an ID"));
            }
        } catch (IllegalArgumentException e) {
            errors.add(FieldError.invalid(field, repository, String.valueOf(e.getMessage())));
        }
    }

    private static Set<String> sources(JsonNode stream) {
        Set<String> found = new HashSet<>();
        for (ObjectNode tag : Json.objects(stream.path("spec"), "tags")) {
            if ("DockerImage".equals(tag.path("from").path("kind").asText())) {
                found.add(exact(tag.path("from").path("name").asText()));
            }
        }
        for (ObjectNode tag : Json.objects(stream.path("status"), "tags")) {
            Json.objects(tag, "items")
                    .forEach(item ->
                            found.add(exact(item.path("dockerImageReference").asText())));
        }
        return found;
    }

    private static String exact(String name) {
        try {
            return DockerReference.parse(name).exact();
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
