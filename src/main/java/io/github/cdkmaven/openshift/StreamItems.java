package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.process.Retry.Pause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the tags of all ImageStreams stand for, and what they stood for before.
 *
 * @param items the items; a tag that was never imported has none
 * @param namespaces in which namespaces; none for all
 * @param registry the cluster's own registry, in which every stream has a repository
 */
public record StreamItems(List<Item> items, List<String> namespaces, OwnRegistry registry) {

    public StreamItems {
        items = List.copyOf(items);
        namespaces = List.copyOf(namespaces);
    }

    /**
     * One item in the history of one tag.
     *
     * @param namespace the stream's namespace
     * @param name the stream's name
     * @param tag the tag
     * @param current whether it is what the tag stands for at this moment, rather than an older one; never of the release's own streams, which
     *     nobody can move
     * @param builder whether builds from source start from it, as an annotation of the tag says
     * @param digest the image's digest, by which the cluster's own registry serves it too
     * @param image where the image came from, with its digest, as {@code dockerImageReference} has it
     */
    public record Item(
            String namespace, String name, String tag, boolean current, boolean builder, String digest, String image) {

        /** One of which it is not known whether builds start from it. */
        public Item(String namespace, String name, String tag, boolean current, String digest, String image) {
            this(namespace, name, tag, current, false, digest, image);
        }

        /** The stream with its namespace. */
        public String stream() {
            return namespace + "/" + name;
        }
    }

    /**
     * Reads them.
     *
     * @param namespaces of which namespaces, beside {@code openshift}, whose streams everybody may read; none for all
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell
     */
    public static StreamItems of(OpenShiftApi api, List<String> namespaces) {
        List<Item> items = new ArrayList<>();
        Set<String> repositories = new HashSet<>();
        List<String> scope = namespaces.isEmpty() ? namespaces : withShared(namespaces);
        List<OfOne> streams = scope.isEmpty()
                ? ImageStreams.readEverywhere(api, OfOne::of)
                : ImageStreams.read(api, scope, Pause.real(), OfOne::of);
        streams.forEach(stream -> {
            items.addAll(stream.items());
            repositories.addAll(stream.repositories());
        });
        return new StreamItems(items, scope, OwnRegistry.of(api, repositories));
    }

    /**
     * The same with the streams that images of the cluster's own registry belong to, as far as the user may read them.
     *
     * @param images any images
     */
    public StreamItems withStreamsOf(OpenShiftApi api, Collection<ImageReference> images) {
        if (namespaces.isEmpty()) {
            return this;
        }
        List<Item> more = new ArrayList<>(items);
        List<String> read = new ArrayList<>(namespaces);
        images.stream()
                .filter(image -> registry.is(References.host(image)))
                .map(image -> image.path().replaceFirst("/.*", ""))
                .filter(namespace -> Namespace.isName(namespace) && !namespaces.contains(namespace))
                .distinct()
                .forEach(namespace -> ImageStreams.readIfPermitted(api, namespace, OfOne::of)
                        .ifPresent(streams -> {
                            read.add(namespace);
                            streams.forEach(stream -> more.addAll(stream.items()));
                        }));
        return new StreamItems(more, read, registry);
    }

    /** Role {@code shared-resource-viewer}: all who are logged in may read the streams of that namespace. */
    private static List<String> withShared(List<String> namespaces) {
        return Stream.concat(namespaces.stream(), Stream.of("openshift"))
                .distinct()
                .toList();
    }

    /** What one stream has. */
    private record OfOne(List<Item> items, List<String> repositories) {

        static OfOne of(JsonNode stream) {
            List<Item> items = new ArrayList<>();
            for (JsonNode tag : stream.path("status").path("tags")) {
                add(items, stream, tag);
            }
            return new OfOne(items, ImageStreams.repositories(stream));
        }
    }

    private static void add(List<Item> items, JsonNode stream, JsonNode tag) {
        JsonNode metadata = stream.path("metadata");
        boolean current = !ImageStreams.isOfPayload(stream);
        for (JsonNode item : tag.path("items")) {
            String image = item.path("dockerImageReference").asText("");
            if (!image.isEmpty()) {
                items.add(new Item(
                        metadata.path("namespace").asText(),
                        metadata.path("name").asText(),
                        tag.path("tag").asText(),
                        current,
                        isBuilder(stream, tag.path("tag").asText()),
                        item.path("image").asText(),
                        image));
            }
            current = false;
        }
    }

    /** As the console finds builders (annotation {@code tags} of a tag, {@code builder} among its words). */
    private static boolean isBuilder(JsonNode stream, String name) {
        for (JsonNode tag : stream.path("spec").path("tags")) {
            if (tag.path("name").asText().equals(name)) {
                return List.of(tag.path("annotations").path("tags").asText().split("[,\\s]+"))
                        .contains("builder");
            }
        }
        return false;
    }
}
