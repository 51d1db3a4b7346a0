package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.openshift.Fields.UnexpectedFieldException;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the containers of pods: what they were asked to run, what they do run, and what they wait for. */
public final class Pods {

    private static final Logger LOG = LoggerFactory.getLogger(Pods.class);
    private static final Listing EVERYWHERE = new Listing(
            "/api/v1/pods",
            "Pod",
            "The pods of the cluster",
            "log in as a user who may list pods in all namespaces: <kubeconfig>, <context>; on a CDK, minishift's add-on admin-user gives"
                    + " admin the rights");

    /** A DNS name (RFC 1123). */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][-.a-z0-9]{0,252}");

    private static final int LONGEST_MESSAGE = 1_000;

    /** What is longer is no image's name, and is not to fill a report. */
    private static final int LONGEST_IMAGE = 1_024;

    private static final Duration EVENTS_LIMIT = Duration.ofSeconds(20);
    private static final String BACK_OFF = "ImagePullBackOff";

    /** The two lists of a pod's containers, each with the list in which the node tells of them. */
    private static final Map<String, String> KINDS =
            Map.of("initContainers", "initContainerStatuses", "containers", "containerStatuses");

    /** What a container waits for before it runs or fails: kubelet pulls its image then. */
    private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing", "Pulling");

    private static final Duration TURN = Duration.ofSeconds(1);
    private static final Duration BEAT = Duration.ofSeconds(30);

    private Pods() {}

    /** Whether a container that waits for this may still be fetching its image. */
    public static boolean isStarting(String reason) {
        return STARTING.contains(reason);
    }

    /**
     * All containers, once none of them is about to start any more, or when the time is over.
     *
     * @param namespaces of which namespaces; none for all
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell
     */
    public static List<Container> settled(OpenShiftApi api, List<String> namespaces, Deadline deadline) {
        return Heartbeat.during("the pods to have their images", deadline.limit(), BEAT, LOG::info, () -> {
            List<Container> containers = containers(api, namespaces);
            while (!deadline.isOver()
                    && containers.stream()
                            .anyMatch(container ->
                                    container.waiting().filter(Pods::isStarting).isPresent())) {
                try {
                    Pause.real().sleep(deadline.within(TURN));
                } catch (InterruptedIOException e) {
                    throw Unreachable.problem(api.access(), e).toException(e);
                }
                containers = containers(api, namespaces);
            }
            return containers;
        });
    }

    /**
     * A container of a pod.
     *
     * @param namespace the pod's namespace
     * @param pod the pod's name
     * @param name the container's name
     * @param init whether it runs before the others
     * @param image what the pod asks for
     * @param imageId what the node runs, as it says it: {@code docker-pullable://repository@digest} for a pulled image,
     *     {@code docker://sha256:…} for one that no registry gave it; absent while there is none
     * @param waiting why it does not run yet: {@code ImagePullBackOff}, {@code ContainerCreating}
     * @param message the node's words on that; may be empty
     */
    public record Container(
            String namespace,
            String pod,
            String name,
            boolean init,
            String image,
            Optional<String> imageId,
            Optional<String> waiting,
            String message) {

        /** The pod and the container, as the reports write it. */
        public String location() {
            return "pod " + namespace + "/" + pod + "/" + name;
        }

        /** The same container with other words on why it waits. */
        Container because(String words) {
            return new Container(namespace, pod, name, init, image, imageId, waiting, words);
        }
    }

    /**
     * All containers, those that run before the others first.
     *
     * @param namespaces of which namespaces; none for all
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell
     */
    public static List<Container> containers(OpenShiftApi api, List<String> namespaces) {
        return (namespaces.isEmpty()
                        ? Stream.of(EVERYWHERE)
                        : namespaces.stream().map(Pods::in))
                .flatMap(pods -> pods.read(api, Pause.real(), Pods::containers).stream())
                .flatMap(List::stream)
                .toList();
    }

    private static Listing in(String namespace) {
        return new Listing(
                "/api/v1/namespaces/" + namespace + "/pods",
                "Pod",
                "The pods of namespace '" + namespace + "'",
                "let an administrator grant it: 'oc adm policy add-role-to-user view <user> -n " + namespace
                        + "', or leave the namespace out of <namespaces> (-Dcdk.namespaces)");
    }

    /** The containers of a pod, of which the API promises at least one. */
    private static List<Container> containers(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        String name = Fields.text(metadata, "name");
        String namespace = Fields.text(metadata, "namespace");
        if (!NAME.matcher(name).matches() || !Namespace.isName(namespace)) {
            throw new UnexpectedFieldException("no pod is called '" + ForeignText.line(namespace + "/" + name) + "'");
        }
        try {
            List<Container> containers = new ArrayList<>();
            for (String kind : List.of("initContainers", "containers")) {
                List<JsonNode> statuses = Fields.objects(Fields.object(pod, "status"), KINDS.get(kind));
                for (JsonNode container : Fields.objects(pod.path("spec"), kind)) {
                    containers.add(container(namespace, name, kind, container, statuses));
                }
            }
            if (pod.path("spec").path("containers").isEmpty()) {
                throw new UnexpectedFieldException("it has no containers");
            }
            return containers;
        } catch (UnexpectedFieldException e) {
            throw new UnexpectedFieldException("Pod " + namespace + "/" + name + ": " + e.getMessage());
        }
    }

    private static Container container(
            String namespace, String pod, String kind, JsonNode container, List<JsonNode> statuses) {
        String name = Fields.text(container, "name");
        if (!Namespace.isName(name)) {
            throw new UnexpectedFieldException("no container is called '" + ForeignText.line(name) + "'");
        }
        String image = Fields.optionalText(container, "image").orElse("");
        JsonNode status = statuses.stream()
                .filter(one -> Fields.text(one, "name").equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
        JsonNode waiting = Fields.object(Fields.object(status, "state"), "waiting");
        return new Container(
                namespace,
                pod,
                name,
                kind.equals("initContainers"),
                image.length() > LONGEST_IMAGE ? ForeignText.line(image) : image,
                Fields.optionalText(status, "imageID"),
                Fields.optionalText(waiting, "reason"),
                ForeignText.line(Fields.optionalText(waiting, "message").orElse(""), LONGEST_MESSAGE));
    }

    /**
     * The same containers; those that wait for the next try to pull their image are told with what the last one came to, where that is known:
     * between two tries the pod itself only tells that it waits, and the events remember.
     */
    public static List<Container> explained(OpenShiftApi api, List<Container> containers) {
        return containers.stream()
                .map(container -> container.waiting().filter(BACK_OFF::equals).isPresent()
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
            JsonNode events = api.get(path, EVENTS_LIMIT).body().path("items");
            return StreamSupport.stream(events.spliterator(), false)
                    .filter(event -> event.path("message").asText().startsWith(beginning))
                    .max(Comparator.comparing(
                            event -> event.path("lastTimestamp").asText()))
                    .map(event -> event.path("message").asText().substring(beginning.length()))
                    .map(words -> ForeignText.line(words, LONGEST_MESSAGE));
        } catch (IOException e) {
            LOG.debug("The events of {} could not be read", container.location(), ForeignFailure.of(e));
            return Optional.empty();
        }
    }
}
