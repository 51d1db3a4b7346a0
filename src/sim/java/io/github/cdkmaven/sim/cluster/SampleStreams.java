package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.image.DockerReference;
import io.github.cdkmaven.sim.cluster.image.ImportOutcome;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The streams that come with OpenShift 4: those of the samples operator, and those of the release's payload. */
public final class SampleStreams {

    static final String NAMESPACE = "openshift";
    static final String MANAGED = "samples.operator.openshift.io/managed";
    static final String VERSION = "samples.operator.openshift.io/version";

    private static final String SMALL = "image-streams-4.json";
    private static final String MADE = "2026-11-28T00:30:00Z";

    private SampleStreams() {}

    /** A small set, for tests that need no real one. */
    public static JsonNode small() {
        try (InputStream in = Objects.requireNonNull(SampleStreams.class.getResourceAsStream(SMALL), SMALL)) {
            return Json.read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    /** The release that a stream was written by; empty where it carries none. */
    static String release(ObjectNode stream) {
        return stream.path("metadata").path("annotations").path(VERSION).asText();
    }

    /** An asset as the operator of a release stores it. */
    static ObjectNode owned(ObjectNode asset, String release) {
        ObjectNode stream = asset.deepCopy();
        ObjectNode metadata = Json.child(stream, "metadata").put("namespace", NAMESPACE);
        Json.child(metadata, "labels").put(MANAGED, "true");
        Json.child(metadata, "annotations").put(VERSION, release);
        return stream;
    }

    /** An asset with another registry, perhaps with a path, in place of each image's own; the same where it is empty. */
    static ObjectNode from(ObjectNode asset, String samplesRegistry) {
        ObjectNode stream = asset.deepCopy();
        if (!samplesRegistry.isEmpty()) {
            for (ObjectNode tag : Json.objects(stream.path("spec"), "tags")) {
                if ("DockerImage".equals(tag.path("from").path("kind").asText())) {
                    ObjectNode from = Json.child(tag, "from");
                    from.put("name", from.path("name").asText().replaceFirst("^[^/]+", samplesRegistry));
                }
            }
        }
        return stream;
    }

    /** A stream as a bundle has it, which was made where the public registries can be reached: all tags have an image. */
    static ObjectNode imported(ObjectNode stream) {
        ObjectNode result = stream.deepCopy();
        Json.child(Json.child(result, "metadata"), "annotations").put(ImportOutcome.CHECKED, MADE);
        for (ObjectNode tag : Json.objects(result.path("spec"), "tags")) {
            String name = tag.path("from").path("name").asText();
            if ("DockerImage".equals(tag.path("from").path("kind").asText())) {
                DockerReference reference = DockerReference.parse(name);
                String digest = reference.digest().isEmpty()
                        ? TinyImage.digest(name.getBytes(StandardCharsets.UTF_8))
                        : reference.digest();
                ObjectNode status = Json.children(Json.child(result, "status"), "tags").addObject();
                status.put("tag", tag.path("name").asText())
                        .putArray("items")
                        .addObject()
                        .put("created", MADE)
                        .put("dockerImageReference", reference.withDigest(digest).exact())
                        .put("image", digest)
                        .put("generation", 1);
            }
        }
        return result;
    }

    /** The tags whose last import failed, and what was said of it. */
    static Map<String, String> failures(JsonNode stream) {
        Map<String, String> failures = new TreeMap<>();
        for (ObjectNode tag : Json.objects(stream.path("status"), "tags")) {
            Json.find(tag, "conditions", "type", "ImportSuccess")
                    .filter(condition -> "False".equals(condition.path("status").asText()))
                    .ifPresent(condition -> failures.put(
                            tag.path("tag").asText(), condition.path("message").asText()));
        }
        return failures;
    }
}
