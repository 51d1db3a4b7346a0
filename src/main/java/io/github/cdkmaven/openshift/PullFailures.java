package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.openshift.Pods.Container;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out why an image could not be pulled: between two tries the pod itself only tells that it waits, and the events remember. */
public final class PullFailures {

    private static final Logger LOG = LoggerFactory.getLogger(PullFailures.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String WAITS = "ImagePullBackOff";

    private PullFailures() {}

    /** The same containers; those that wait for the next try are told with what the last one came to, where that is known. */
    public static List<Container> explained(OpenShiftApi api, List<Container> containers) {
        return containers.stream()
                .map(container -> container.waiting().filter(WAITS::equals).isPresent()
                        ? lastFailure(api, container).map(container::because).orElse(container)
                        : container)
                .toList();
    }

    /** Kubelet's words since 1.5 ({@code pkg/kubelet/images/image_manager.go}), the newest ones. */
    private static Optional<String> lastFailure(OpenShiftApi api, Container container) {
        String beginning = "Failed to pull image \"" + container.image() + "\": ";
        String selector = "involvedObject.name=" + container.pod() + ",reason=Failed";
        String path = "/api/v1/namespaces/" + container.namespace() + "/events?fieldSelector="
                + URLEncoder.encode(selector, StandardCharsets.UTF_8);
        try {
            JsonNode events = api.get(path, LIMIT).body().path("items");
            return StreamSupport.stream(events.spliterator(), false)
                    .filter(event -> event.path("message").asText().startsWith(beginning))
                    .max(Comparator.comparing(
                            event -> event.path("lastTimestamp").asText()))
                    .map(event -> event.path("message")
                            .asText()
                            .substring(beginning.length())
                            .strip());
        } catch (IOException e) {
            LOG.debug("The events of {} could not be read", container.location(), e);
            return Optional.empty();
        }
    }
}
