package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.catalog.NeededImage;
import io.github.cdkmaven.catalog.Use;
import io.github.cdkmaven.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The images that a cluster really names: in its ImageStreams, and in its pods. Only reads. */
public final class ClusterImages {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private ClusterImages() {}

    /**
     * All images that the streams of some namespaces and the pods of all namespaces name. What is no image reference is left out.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell
     */
    public static List<NeededImage> of(OpenShiftApi api, List<String> namespaces) {
        List<NeededImage> images = new ArrayList<>();
        ImageStreams.list(api, namespaces).forEach(stream -> addStream(images, stream));
        addPods(images, api);
        return List.copyOf(images);
    }

    private static void addStream(List<NeededImage> images, JsonNode stream) {
        String name = stream.path("metadata").path("name").asText();
        String repository = stream.path("spec").path("dockerImageRepository").asText("");
        for (JsonNode tag : stream.path("spec").path("tags")) {
            String tagName = tag.path("name").asText();
            JsonNode from = tag.path("from");
            if (from.path("kind").asText().equals("DockerImage")) {
                add(images, from.path("name").asText(), new Use.Stream(name, tagName));
            } else if (from.isMissingNode() && !repository.isEmpty()) {
                add(images, repository + ":" + tagName, new Use.Stream(name, tagName));
            }
        }
    }

    private static void addPods(List<NeededImage> images, OpenShiftApi api) {
        ApiAnswer answer;
        try {
            answer = api.get("/api/v1/pods", LIMIT);
        } catch (IOException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        }
        if (!answer.isSuccess()) {
            throw Problem.of(
                            "The pods of the cluster could not be read.",
                            "log in as a user who may list pods in all namespaces: <kubeconfig>, <context>")
                    .with(answer.message())
                    .toException();
        }
        for (JsonNode pod : answer.body().path("items")) {
            String where = pod.path("metadata").path("namespace").asText() + "/"
                    + pod.path("metadata").path("name").asText();
            for (String kind : List.of("initContainers", "containers")) {
                for (JsonNode container : pod.path("spec").path(kind)) {
                    add(images, container.path("image").asText(), new Use.Running(where));
                }
            }
        }
    }

    private static void add(List<NeededImage> images, String source, Use use) {
        try {
            images.add(NeededImage.required(source, use));
        } catch (IllegalArgumentException e) {
            // OpenShift keeps what is no reference, and never asks a registry for it.
        }
    }
}
