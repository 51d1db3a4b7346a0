package io.github.cdkmaven.sim.cluster.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.Optional;

/**
 * Writes the outcome of an import into a stream, tag by tag: success stores source and policy, failure only a condition
 * (origin {@code pkg/image/registry/imagestreamimport/rest.go}).
 */
public final class ImportOutcome {

    /** The annotation that tells when the stream was last imported. */
    public static final String CHECKED = "openshift.io/image.dockerRepositoryCheck";

    private final ObjectNode stream;
    private final int nextGeneration;
    private final StreamDefaults defaults;
    private final boolean keepsReferencePolicy;
    private final boolean refreshesConditions;
    private final String now = StreamStrategy.now();

    /**
     * @param stream the stream to change
     * @param keepsReferencePolicy whether a stored reference policy wins over the submitted one (3.11: origin#20119)
     * @param refreshesConditions whether a failure with another message replaces the recorded one (4.x)
     */
    public ImportOutcome(
            ObjectNode stream, StreamDefaults defaults, boolean keepsReferencePolicy, boolean refreshesConditions) {
        this.stream = stream;
        this.defaults = defaults;
        this.refreshesConditions = refreshesConditions;
        this.nextGeneration = stream.path("metadata").path("generation").asInt() + 1;
        this.keepsReferencePolicy = keepsReferencePolicy;
    }

    /**
     * Writes the outcome of one image.
     *
     * @param spec the element of {@code spec.images}, with the tag's name in {@code to}
     */
    public void record(ObjectNode spec, ImportedTag outcome) {
        String tag = spec.path("to").path("name").asText();
        outcome.image().ifPresent(image -> succeed(tag, spec, image));
        outcome.failure().ifPresent(failure -> fail(tag, spec, failure));
    }

    /** Marks the stream as imported now. */
    public void stamp() {
        Json.child(Json.child(stream, "metadata"), "annotations").put(CHECKED, now);
    }

    private void succeed(String tag, ObjectNode spec, ObjectNode image) {
        ObjectNode event = Json.object()
                .put("created", now)
                .put("dockerImageReference", image.path("dockerImageReference").asText())
                .put("image", image.path("metadata").path("name").asText())
                .put("generation", nextGeneration);
        Optional<ObjectNode> existing = specTag(tag);
        if (existing.isEmpty() || TagHistory.differs(stream, tag, event) || isBehind(existing.get(), tag)) {
            ObjectNode written = existing.orElseGet(() -> addSpecTag(tag));
            write(written, spec, existing.isPresent());
            TagHistory.add(stream, tag, event);
        }
        specTag(tag)
                .ifPresent(
                        written -> written.set("importPolicy", defaults.importPolicy(spec.path("importPolicy"))));
        TagHistory.succeed(stream, tag);
    }

    private void fail(String tag, ObjectNode spec, ApiException failure) {
        JsonNode status = failure.embedded();
        ObjectNode condition = Json.object()
                .put("type", "ImportSuccess")
                .put("status", "False")
                .put("lastTransitionTime", now)
                .put("reason", status.path("reason").asText())
                .put("message", status.path("message").asText())
                .put("generation", nextGeneration);
        if (TagHistory.fail(stream, tag, condition, refreshesConditions)) {
            specTag(tag).ifPresent(existing -> existing.put("generation", 0));
        }
        if (specTag(tag).isEmpty()) {
            write(addSpecTag(tag), spec, false);
        }
    }

    private void write(ObjectNode tag, ObjectNode spec, boolean existed) {
        tag.putObject("from")
                .put("kind", "DockerImage")
                .put("name", spec.path("from").path("name").asText());
        tag.put("generation", 0);
        tag.set("importPolicy", defaults.importPolicy(spec.path("importPolicy")));
        if (!existed || !keepsReferencePolicy) {
            tag.set("referencePolicy", StreamDefaults.referencePolicy(spec.path("referencePolicy")));
        }
    }

    private boolean isBehind(ObjectNode specTag, String tag) {
        return TagHistory.current(stream, tag)
                .map(current -> current.path("generation").asInt()
                        != specTag.path("generation").asInt())
                .orElse(true);
    }

    private Optional<ObjectNode> specTag(String tag) {
        return Json.find(stream.path("spec"), "tags", "name", tag);
    }

    private ObjectNode addSpecTag(String tag) {
        return Json.children(Json.child(stream, "spec"), "tags").addObject().put("name", tag);
    }
}
