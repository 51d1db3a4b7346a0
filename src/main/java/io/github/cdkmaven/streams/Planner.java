package io.github.cdkmaven.streams;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.ImageStreams;
import io.github.cdkmaven.openshift.OwnRegistry;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.streams.TagPlan.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides, from the streams as the server has them, what has to be done with each tag. Asks nobody. */
final class Planner {

    private static final String DOCKER_IMAGE = "DockerImage";
    private static final JsonPointer INSECURE_REPOSITORY =
            JsonPointer.compile("/metadata/annotations/openshift.io~1image.insecureRepository");
    private static final String NOT_MOVED = "the server reported success, but the tag still names its old source";

    /** How the fault of a tag begins that the samples operator has taken back. */
    static final String PUT_BACK = "the samples operator has reverted";

    /** Why a tag is left alone that belongs to the release itself. */
    static final String PAYLOAD =
            "belongs to the cluster-version operator, which reverts changes: use mirror sets for it";

    private final Registries registries;
    private final Streams streams;

    Planner(Registries registries, Streams streams) {
        this.registries = registries;
        this.streams = streams;
    }

    /** The plan for one ImageStream. */
    StreamPlan plan(JsonNode stream) {
        String name = stream.path("metadata").path("name").asText();
        List<TagPlan> tags = new ArrayList<>();
        if (ImageStreams.isOfPayload(stream)) {
            for (JsonNode tag : stream.path("spec").path("tags")) {
                tags.add(skip(tag, tag.path("from").path("name").asText(), PAYLOAD));
            }
            return new StreamPlan(
                    stream.path("metadata").path("namespace").asText(), name, false, tags, Optional.empty());
        }
        Optional<ImageReference> repository = reference(stream.path("spec").path("dockerImageRepository"));
        for (JsonNode tag : stream.path("spec").path("tags")) {
            tags.add(plan(stream, name, tag, repository));
        }
        return new StreamPlan(
                stream.path("metadata").path("namespace").asText(),
                name,
                ImageStreams.isOfSamples(stream),
                tags,
                repository
                        .filter(here -> streams.wants(name, StreamPlan.ALL_TAGS))
                        .flatMap(here -> repository(stream, tags, here)));
    }

    /** A server tries the first import of a repository once, and not again when it is rewritten (measured on 3.9 and 3.11): that is for us. */
    private Optional<TagPlan> repository(JsonNode stream, List<TagPlan> tags, ImageReference from) {
        boolean there = registries.relocation().isAtTarget(from);
        Optional<ImageReference> to =
                there ? Optional.of(from) : registries.relocation().move(from);
        if (to.isEmpty()) {
            boolean told = tags.stream().anyMatch(tag -> tag.action() == Action.OUTSIDE);
            return told || OwnRegistry.of(stream).is(References.host(from))
                    ? Optional.empty()
                    : Optional.of(repository(stream, Action.OUTSIDE, from, from));
        }
        if (tags.isEmpty() && !hasImageOf(stream, to.get())) {
            return Optional.of(repository(stream, Action.IMPORT, from, to.get()));
        }
        return there ? Optional.empty() : Optional.of(repository(stream, Action.REWRITE, from, to.get()));
    }

    private TagPlan repository(JsonNode stream, Action action, ImageReference from, ImageReference to) {
        ObjectNode importPolicy = JsonTree.object();
        if (registries.own().insecure() || stream.at(INSECURE_REPOSITORY).asBoolean()) {
            importPolicy.put("insecure", true);
        }
        return new TagPlan(
                StreamPlan.ALL_TAGS,
                action,
                from.toString(),
                to.toString(),
                Optional.empty(),
                importPolicy,
                MissingNode.getInstance(),
                "",
                Optional.empty());
    }

    private static boolean hasImageOf(JsonNode stream, ImageReference repository) {
        for (JsonNode status : stream.path("status").path("tags")) {
            if (isFrom(status.path("items").path(0), repository)) {
                return true;
            }
        }
        return false;
    }

    private TagPlan plan(JsonNode stream, String streamName, JsonNode tag, Optional<ImageReference> repository) {
        String name = tag.path("name").asText();
        JsonNode source = tag.path("from");
        boolean followsRepository = source.isMissingNode() || source.isNull();
        if (!followsRepository && !source.path("kind").asText().equals(DOCKER_IMAGE)) {
            return skip(
                    tag,
                    "",
                    "follows " + source.path("kind").asText() + " "
                            + source.path("name").asText());
        }
        if (followsRepository && repository.isEmpty()) {
            return skip(tag, "", "has no source");
        }
        // A tag without a source of its own is the repository's tag of that name.
        String from = followsRepository
                ? repository.get() + ":" + name
                : source.path("name").asText();
        if (!streams.wants(streamName, name) || followsRepository && !streams.wants(streamName, StreamPlan.ALL_TAGS)) {
            return skip(tag, from, "left out by includes or excludes");
        }
        ImageReference reference;
        try {
            reference = ImageReference.parse(from);
        } catch (IllegalArgumentException e) {
            return skip(tag, from, String.valueOf(e.getMessage()));
        }
        boolean there = registries.relocation().isAtTarget(reference);
        Optional<ImageReference> moved =
                there ? Optional.of(reference) : registries.relocation().move(reference);
        if (moved.isEmpty()) {
            return OwnRegistry.of(stream).is(References.host(reference))
                    ? skip(tag, from, "is in OpenShift's own registry")
                    : nothing(tag, Action.OUTSIDE, from, "no mapping covers this registry");
        }
        if (tag.path("reference").asBoolean(false)) {
            return act(tag, there ? Action.KEEP : Action.REWRITE, from, moved.get(), Optional.empty());
        }
        Optional<String> digest = there ? digestInPlace(stream, tag, reference) : Optional.empty();
        return act(tag, digest.isPresent() ? Action.KEEP : Action.IMPORT, from, moved.get(), digest);
    }

    /**
     * The digest of a tag's current image, if that came from the very repository that the tag names, for the tag's current generation. A tag
     * without a source of its own has no generation that could be behind.
     * Conditions are not looked at: they go stale (origin's import controller keeps the first failure of a kind).
     */
    private static Optional<String> digestInPlace(JsonNode stream, JsonNode tag, ImageReference reference) {
        for (JsonNode status : stream.path("status").path("tags")) {
            if (status.path("tag").asText().equals(tag.path("name").asText())) {
                JsonNode item = status.path("items").path(0);
                boolean current = !tag.path("from").isObject()
                        || item.path("generation").asLong(-1)
                                >= tag.path("generation").asLong(0);
                return current && isFrom(item, reference)
                        ? Optional.of(item.path("image").asText())
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isFrom(JsonNode item, ImageReference repository) {
        return reference(item.path("dockerImageReference"))
                .filter(place -> place.digest().isPresent())
                .filter(place -> Relocation.fullName(place).equals(Relocation.fullName(repository)))
                .isPresent();
    }

    private TagPlan act(JsonNode tag, Action action, String from, ImageReference to, Optional<String> digest) {
        ObjectNode importPolicy = tag.path("importPolicy").isObject()
                ? ((ObjectNode) tag.path("importPolicy")).deepCopy()
                : JsonTree.object();
        if (registries.own().insecure()) {
            importPolicy.put("insecure", true);
        }
        return new TagPlan(
                tag.path("name").asText(),
                action,
                from,
                to.toString(),
                digest,
                importPolicy,
                tag.path("referencePolicy"),
                "",
                tag.path("from").isObject() ? Optional.empty() : Optional.of(tag));
    }

    private static TagPlan skip(JsonNode tag, String from, String why) {
        return nothing(tag, Action.SKIP, from, why);
    }

    private static TagPlan nothing(JsonNode tag, Action action, String from, String why) {
        return new TagPlan(
                tag.path("name").asText(),
                action,
                from,
                from,
                Optional.empty(),
                MissingNode.getInstance(),
                MissingNode.getInstance(),
                why,
                Optional.empty());
    }

    private static Optional<ImageReference> reference(JsonNode text) {
        return ImageReference.find(text.asText(""));
    }

    /** Why what the server called a success is none, by the stream as it is now. */
    Optional<String> fault(JsonNode stream, TagPlan plan) {
        if (plan.isWhole()) {
            return isMapped(stream.path("spec").path("dockerImageRepository"))
                    ? Optional.of(NOT_MOVED)
                    : Optional.empty();
        }
        for (JsonNode tag : stream.path("spec").path("tags")) {
            if (tag.path("name").asText().equals(plan.tag())) {
                JsonNode from = tag.path("from");
                return from.path("kind").asText().equals(DOCKER_IMAGE)
                        ? fault(stream, from.path("name"), plan)
                        : Optional.empty();
            }
        }
        return Optional.of("the tag was deleted by somebody else in the meantime");
    }

    private Optional<String> fault(JsonNode stream, JsonNode name, TagPlan plan) {
        if (ImageStreams.isOfSamples(stream) && !name.asText().equals(plan.to())) {
            return Optional.of(PUT_BACK + " what it owns: the tag names " + ForeignText.line(name.asText()) + " now");
        }
        if (isMapped(name)) {
            return Optional.of(NOT_MOVED);
        }
        return name.asText().equals(plan.to())
                ? Optional.empty()
                : Optional.of(
                        "the tag names " + ForeignText.line(name.asText()) + " now, which " + writer(stream)
                                + " wrote in the meantime: another build with different <mappings>, or an operator that owns the stream");
    }

    /** Who changed a stream last, by the program's name, as OpenShift 4 remembers it. */
    private static String writer(JsonNode stream) {
        String last = "";
        String writer = "somebody else";
        for (JsonNode entry : stream.path("metadata").path("managedFields")) {
            String manager = entry.path("manager").asText("unknown");
            if (entry.path("time").asText().compareTo(last) >= 0 && !manager.equals("unknown")) {
                last = entry.path("time").asText();
                writer = ForeignText.line(manager);
            }
        }
        return writer;
    }

    private boolean isMapped(JsonNode text) {
        return reference(text).filter(registries.relocation()::isMapped).isPresent();
    }
}
