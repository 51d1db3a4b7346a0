package io.github.cdkmaven.sim.cluster.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the server makes of a stream that is created or replaced: who owns the status, when a generation moves, which
 * tags follow others (origin {@code pkg/image/registry/imagestream/strategy.go}).
 */
public final class StreamStrategy {

    private final StreamDefaults defaults;
    private final String integratedRegistry;
    private final Function<String, Optional<ObjectNode>> streams;

    /**
     * @param integratedRegistry host and port of the cluster's own registry; empty where it has none
     * @param streams finds other streams by {@code namespace/name}, for tags that follow them
     */
    public StreamStrategy(
            StreamDefaults defaults, String integratedRegistry, Function<String, Optional<ObjectNode>> streams) {
        this.defaults = defaults;
        this.integratedRegistry = integratedRegistry;
        this.streams = streams;
    }

    /**
     * A new stream. Every generation starts with 1.
     *
     * @param keepStatus whether the submitter (an import) owns the status
     */
    public ObjectNode forCreate(JsonNode submitted, boolean keepStatus) {
        ObjectNode stream = defaults.apply(submitted);
        if (!keepStatus) {
            stream.putObject("status");
        }
        metadata(stream).put("generation", 1);
        Json.objects(stream.path("spec"), "tags").forEach(tag -> tag.put("generation", 1));
        return complete(stream, defaults.apply(Json.object()));
    }

    /**
     * A stream that replaces {@code old}. A tag gets the stream's new generation where it is new, asks for it by
     * generation 0, or where its source's name changed; its kind alone is not compared.
     *
     * @param keepStatus whether the submitter (an import) owns the status
     */
    public ObjectNode forUpdate(JsonNode submitted, ObjectNode old, boolean keepStatus) {
        ObjectNode stream = defaults.apply(submitted);
        for (String owned : List.of("uid", "creationTimestamp", "namespace", "name")) {
            metadata(stream).set(owned, old.path("metadata").path(owned));
        }
        if (!keepStatus) {
            stream.set("status", old.path("status").deepCopy());
        }
        for (ObjectNode tag : Json.objects(stream.path("spec"), "tags")) {
            if (!asksForImport(tag)) {
                specTag(old, tag).ifPresent(before -> tag.set("generation", before.path("generation")));
            }
        }
        int generation = old.path("metadata").path("generation").asInt();
        boolean changed = generation == 0 || !stream.path("spec").equals(old.path("spec"));
        int next = changed ? generation + 1 : generation;
        metadata(stream).put("generation", next);
        for (ObjectNode tag : Json.objects(stream.path("spec"), "tags")) {
            boolean moved =
                    specTag(old, tag).map(before -> sourceDiffers(before, tag)).orElse(true);
            if (moved || tag.path("generation").asInt() == 0) {
                tag.put("generation", next);
            }
        }
        return complete(stream, old);
    }

    private ObjectNode complete(ObjectNode stream, ObjectNode old) {
        String repository = integratedRegistry.isEmpty()
                ? ""
                : integratedRegistry + "/" + metadata(stream).path("namespace").asText() + "/"
                        + metadata(stream).path("name").asText();
        Json.child(stream, "status").put("dockerImageRepository", repository);
        for (ObjectNode tag : Json.objects(stream.path("spec"), "tags")) {
            if (specTag(old, tag).map(before -> sourceDiffers(before, tag)).orElse(true)) {
                resolve(stream, tag)
                        .ifPresent(
                                event -> TagHistory.add(stream, tag.path("name").asText(), event));
            }
        }
        for (ObjectNode tag : Json.objects(stream.path("status"), "tags")) {
            follow(stream, old, tag.path("tag").asText());
        }
        return defaults.apply(stream);
    }

    /** The image of a tag that is not imported: a plain reference, or another tag. */
    private Optional<ObjectNode> resolve(ObjectNode stream, ObjectNode tag) {
        JsonNode from = tag.path("from");
        String name = from.path("name").asText();
        if ("DockerImage".equals(from.path("kind").asText())) {
            if (!tag.path("reference").asBoolean()) {
                return Optional.empty();
            }
            return Optional.of(Json.object()
                    .put("created", now())
                    .put("dockerImageReference", name)
                    .put("image", "")
                    .put("generation", metadata(stream).path("generation").asInt()));
        }
        String separator = "ImageStreamImage".equals(from.path("kind").asText()) ? "@" : ":";
        int at = name.indexOf(separator);
        String streamName = at < 0 ? metadata(stream).path("name").asText() : name.substring(0, at);
        String wanted = at < 0 ? name : name.substring(at + 1);
        Optional<ObjectNode> target = isSame(stream, from, streamName)
                ? Optional.of(stream)
                : streams.apply(from.path("namespace")
                                .asText(metadata(stream).path("namespace").asText()) + "/" + streamName);
        Optional<ObjectNode> found = "@".equals(separator)
                ? target.flatMap(other -> byDigest(other, wanted))
                : target.flatMap(other -> TagHistory.current(other, wanted));
        return found.map(event -> event.deepCopy().put("created", now()));
    }

    private static Optional<ObjectNode> byDigest(ObjectNode stream, String digest) {
        return Json.objects(stream.path("status"), "tags").stream()
                .flatMap(tag -> Json.objects(tag, "items").stream())
                .filter(item -> digest.equals(item.path("image").asText()))
                .findFirst();
    }

    /** Gives a tag's new image to the tags of the same stream that follow it. */
    private static void follow(ObjectNode stream, ObjectNode old, String tag) {
        Optional<ObjectNode> current = TagHistory.current(stream, tag);
        if (current.isEmpty() || current.equals(TagHistory.current(old, tag))) {
            return;
        }
        for (ObjectNode follower : Json.objects(stream.path("spec"), "tags")) {
            JsonNode from = follower.path("from");
            String name = from.path("name").asText();
            int colon = name.indexOf(':');
            String streamName = colon < 0 ? metadata(stream).path("name").asText() : name.substring(0, colon);
            if ("ImageStreamTag".equals(from.path("kind").asText())
                    && isSame(stream, from, streamName)
                    && name.substring(colon + 1).equals(tag)) {
                TagHistory.add(stream, follower.path("name").asText(), current.get());
            }
        }
    }

    private static boolean isSame(ObjectNode stream, JsonNode from, String streamName) {
        String namespace = metadata(stream).path("namespace").asText();
        return streamName.equals(metadata(stream).path("name").asText())
                && namespace.equals(from.path("namespace").asText(namespace));
    }

    private static boolean asksForImport(ObjectNode tag) {
        return tag.path("generation").isNumber() && tag.path("generation").asInt() == 0;
    }

    private static boolean sourceDiffers(ObjectNode before, ObjectNode tag) {
        return !before.path("from").path("name").equals(tag.path("from").path("name"))
                || !before.path("from")
                        .path("namespace")
                        .equals(tag.path("from").path("namespace"));
    }

    private static Optional<ObjectNode> specTag(ObjectNode stream, ObjectNode like) {
        return Json.find(stream.path("spec"), "tags", "name", like.path("name").asText());
    }

    private static ObjectNode metadata(ObjectNode stream) {
        return Json.child(stream, "metadata");
    }

    /** The present as Kubernetes writes it, to the second. */
    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
