package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

    /** OpenShift 3's own registry: by the service network's addresses, of which it has the first, or by its service's name. */
    private static final Pattern OWN_REGISTRY =
            Pattern.compile("(172\\.30\\.\\d+\\.\\d+|docker-registry\\.default\\.svc(\\.cluster\\.local)?)(:\\d+)?");

    private ClusterImages() {}

    /** Whether a registry, with its port, is the cluster's own, which holds what was built or imported inside. */
    public static boolean isOwnRegistry(String registry) {
        return OWN_REGISTRY.matcher(registry).matches();
    }

    /**
     * All images that the streams of some namespaces and the pods of all namespaces name. What is no image reference is left out.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell
     */
    public static List<Named> of(OpenShiftApi api, List<String> namespaces) {
        List<Named> images = new ArrayList<>();
        ImageStreams.list(api, namespaces).forEach(stream -> addStream(images, stream));
        addPods(images, api);
        return List.copyOf(images);
    }

    private static void addStream(List<Named> images, JsonNode stream) {
        String name = stream.path("metadata").path("name").asText();
        String repository = stream.path("spec").path("dockerImageRepository").asText("");
        for (JsonNode tag : stream.path("spec").path("tags")) {
            String tagName = tag.path("name").asText();
            JsonNode from = tag.path("from");
            if (from.path("kind").asText().equals("DockerImage")) {
                add(images, from.path("name").asText(), name, Optional.of(tagName));
            } else if (from.isMissingNode() && !repository.isEmpty()) {
                add(images, repository + ":" + tagName, name, Optional.of(tagName));
            }
        }
    }

    private static void addPods(List<Named> images, OpenShiftApi api) {
        for (JsonNode pod :
                Pods.list(api, "log in as a user who may list pods in all namespaces: <kubeconfig>, <context>")) {
            String where = pod.path("metadata").path("namespace").asText() + "/"
                    + pod.path("metadata").path("name").asText();
            for (String kind : List.of("initContainers", "containers")) {
                for (JsonNode container : pod.path("spec").path(kind)) {
                    add(images, container.path("image").asText(), where, Optional.empty());
                }
            }
        }
    }

    private static void add(List<Named> images, String source, String owner, Optional<String> tag) {
        // What the cluster's own registry holds has to be mirrored by nobody; what is an ID or no reference, no
        // registry is asked for.
        References.parse(source)
                .filter(reference -> !isOwnRegistry(References.host(reference)))
                .ifPresent(reference -> images.add(new Named(reference, owner, tag)));
    }
}
