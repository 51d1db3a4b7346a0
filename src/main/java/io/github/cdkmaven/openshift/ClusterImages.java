package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.problem.ForeignText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The images that a cluster really names: in its ImageStreams, and in its pods. Only reads.
 *
 * @param images the images
 * @param unusable what stands where an image's name should, and is none: each with what names it
 */
public record ClusterImages(List<Named> images, List<String> unusable) {

    private static final int SHOWN = 80;

    public ClusterImages {
        images = List.copyOf(images);
        unusable = List.copyOf(unusable);
    }

    /**
     * An image, and what names it.
     *
     * @param reference the image, byte for byte
     * @param owner the stream, or the pod with its namespace
     * @param tag the stream's tag; absent for a pod
     */
    public record Named(ImageReference reference, String owner, Optional<String> tag) {}

    /**
     * All images that the streams and the pods of some namespaces name, but for what the cluster's own registry holds, which nobody has to
     * mirror.
     *
     * @param namespaces whose streams are read
     * @param scope whose pods are read; none for all
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell
     */
    public static ClusterImages of(OpenShiftApi api, List<String> namespaces, List<String> scope) {
        return read(api, namespaces, Pods.containers(api, scope));
    }

    /** The same of the streams alone. */
    public static ClusterImages ofStreams(OpenShiftApi api, List<String> namespaces) {
        return read(api, namespaces, List.of());
    }

    /** The images of the release's own streams, by their digests: those that the cluster-version operator of an OpenShift 4 keeps. */
    public static List<ImageReference> ofRelease(OpenShiftApi api) {
        List<ImageReference> images = new ArrayList<>();
        for (JsonNode stream : ImageStreams.list(api, List.of(SamplesConfig.NAMESPACE))) {
            if (ImageStreams.isOfPayload(stream)) {
                stream.path("spec").path("tags").forEach(tag -> References.parse(
                                tag.path("from").path("name").asText())
                        .ifPresent(images::add));
            }
        }
        return List.copyOf(images);
    }

    private static ClusterImages read(OpenShiftApi api, List<String> namespaces, List<Pods.Container> containers) {
        List<Named> images = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        Set<String> repositories = new HashSet<>();
        ImageStreams.list(api, namespaces).forEach(stream -> {
            addStream(images, unusable, stream);
            repositories.addAll(ImageStreams.repositories(stream));
        });
        for (Pods.Container container : containers) {
            String pod = container.namespace() + "/" + container.pod();
            add(images, unusable, container.image(), pod, Optional.empty());
        }
        OwnRegistry own = OwnRegistry.of(api, repositories);
        images.removeIf(image -> image.reference().registry().filter(own::is).isPresent());
        return new ClusterImages(images, unusable);
    }

    private static void addStream(List<Named> images, List<String> unusable, JsonNode stream) {
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
                add(images, unusable, from.path("name").asText(), name, Optional.of(tagName));
            } else if (Fields.isAbsent(from) && !repository.isEmpty()) {
                add(images, unusable, repository + ":" + tagName, name, Optional.of(tagName));
            }
        }
    }

    /** An ID, no registry is asked for. */
    private static void add(
            List<Named> images, List<String> unusable, String source, String owner, Optional<String> tag) {
        References.parse(source).ifPresentOrElse(reference -> images.add(new Named(reference, owner, tag)), () -> {
            if (!References.isId(source)) {
                unusable.add(owner + tag.map(name -> ":" + name).orElse("") + " ('" + ForeignText.line(source, SHOWN)
                        + "')");
            }
        });
    }
}
