package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The images that a cluster really names: in its ImageStreams, and in its pods. Only reads. */
public final class ClusterImages {

    /**
     * An image, and what names it.
     *
     * @param reference the image, byte for byte
     * @param owner the stream, or the pod with its namespace
     * @param tag the stream's tag; absent for a pod
     */
    public record Named(ImageReference reference, String owner, Optional<String> tag) {}

    private ClusterImages() {}

    /**
     * All images that the streams and the pods of some namespaces name. What is no image reference is left out, and what the cluster's own
     * registry holds, which nobody has to mirror.
     *
     * @param namespaces whose streams are read
     * @param scope whose pods are read; none for all
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell
     */
    public static List<Named> of(OpenShiftApi api, List<String> namespaces, List<String> scope) {
        return read(api, namespaces, images -> {
            for (Pods.Container container : Pods.containers(api, scope)) {
                add(images, container.image(), container.namespace() + "/" + container.pod(), Optional.empty());
            }
        });
    }

    /** The same of the streams alone. */
    public static List<Named> ofStreams(OpenShiftApi api, List<String> namespaces) {
        return read(api, namespaces, images -> {});
    }

    private static List<Named> read(OpenShiftApi api, List<String> namespaces, Consumer<List<Named>> more) {
        List<Named> images = new ArrayList<>();
        Set<String> repositories = new HashSet<>();
        ImageStreams.list(api, namespaces).forEach(stream -> {
            addStream(images, stream);
            repositories.addAll(ImageStreams.repositories(stream));
        });
        more.accept(images);
        OwnRegistry own = OwnRegistry.of(api, repositories);
        images.removeIf(image -> image.reference().registry().filter(own::is).isPresent());
        return List.copyOf(images);
    }

    private static void addStream(List<Named> images, JsonNode stream) {
        if (ImageStreams.isOfPayload(stream)) {
            // Whoever mirrors a release mirrors these with it.
            return;
        }
        String name = stream.path("metadata").path("name").asText();
        String repository = stream.path("spec").path("dockerImageRepository").asText("");
        for (JsonNode tag : stream.path("spec").path("tags")) {
            String tagName = tag.path("name").asText();
            JsonNode from = tag.path("from");
            if (from.path("kind").asText().equals("DockerImage")) {
                add(images, from.path("name").asText(), name, Optional.of(tagName));
            } else if (Fields.isAbsent(from) && !repository.isEmpty()) {
                add(images, repository + ":" + tagName, name, Optional.of(tagName));
            }
        }
    }

    /** What is an ID or no reference, no registry is asked for. */
    private static void add(List<Named> images, String source, String owner, Optional<String> tag) {
        References.parse(source).ifPresent(reference -> images.add(new Named(reference, owner, tag)));
    }
}
