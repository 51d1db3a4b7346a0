package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.report.Check;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people ask for after a failed test: of a namespace, the pods that are not ready with the end of their logs, the warnings among its
 * events, and its routes. What the user may not read, or the cluster does not tell in time, is left out.
 */
public final class NamespaceEvidence {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceEvidence.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** More of a kind does not help anybody to read. */
    private static final int MOST = 20;

    private static final int LOG_LINES = 20;
    private static final int LOG_BYTES = 16_384;

    private final OpenShiftApi api;
    private final UnaryOperator<String> masked;

    /**
     * Evidence that is still to be read.
     *
     * @param api a client whose deadline limits all of it
     * @param masked hides secrets
     */
    public NamespaceEvidence(OpenShiftApi api, UnaryOperator<String> masked) {
        this.api = api;
        this.masked = masked;
    }

    /** The projects that the user sees and that came into being since a moment. */
    public List<String> projectsSince(Instant moment) {
        return items("/apis/project.openshift.io/v1/projects")
                .map(project -> project.path("metadata"))
                .filter(metadata -> isSince(metadata.path("creationTimestamp").asText(), moment))
                .map(metadata -> metadata.path("name").asText())
                .filter(Namespace::isName)
                .limit(MOST)
                .toList();
    }

    private static boolean isSince(String time, Instant moment) {
        try {
            return !Instant.parse(time).isBefore(moment);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** Reads that of one namespace. */
    public List<Check> of(String namespace) {
        String core = "/api/v1/namespaces/" + namespace;
        List<Check> checks = new ArrayList<>();
        items(core + "/pods")
                .filter(pod -> !isReady(pod))
                .limit(MOST)
                .forEach(pod -> checks.addAll(pod(namespace, pod)));
        items(core + "/events")
                .filter(event -> event.path("type").asText().equals("Warning"))
                .sorted(Comparator.comparing(
                                (JsonNode event) -> event.path("lastTimestamp").asText())
                        .reversed())
                .limit(MOST)
                .map(event -> Check.ok(
                        "evidence.event",
                        namespace + ": " + line(event.path("involvedObject"), "kind") + " "
                                + line(event.path("involvedObject"), "name"),
                        line(event, "reason") + ": " + line(event, "message")))
                .forEach(checks::add);
        items("/apis/route.openshift.io/v1/namespaces/" + namespace + "/routes")
                .limit(MOST)
                .map(route -> Check.ok(
                        "evidence.route",
                        namespace + ": " + line(route.path("metadata"), "name"),
                        line(route.path("spec"), "host") + line(route.path("spec"), "path") + " to "
                                + line(route.path("spec").path("to"), "name")))
                .forEach(checks::add);
        return checks;
    }

    private static boolean isReady(JsonNode pod) {
        String phase = pod.path("status").path("phase").asText();
        return phase.equals("Succeeded")
                || phase.equals("Running")
                        && StreamSupport.stream(
                                        pod.path("status")
                                                .path("containerStatuses")
                                                .spliterator(),
                                        false)
                                .allMatch(status -> status.path("ready").asBoolean());
    }

    private List<Check> pod(String namespace, JsonNode pod) {
        String name = line(pod.path("metadata"), "name");
        List<Check> checks = new ArrayList<>();
        checks.add(Check.warn(
                "evidence.pod",
                namespace + ": " + name,
                why(pod.path("status")),
                "see the end of its log and the warnings of " + namespace + " in this report"));
        for (JsonNode container : pod.path("spec").path("containers")) {
            String of = line(container, "name");
            if (Namespace.isName(of) && Namespace.isName(name.replace('.', '-'))) {
                String path = "/api/v1/namespaces/" + namespace + "/pods/" + name + "/log?container=" + of
                        + "&tailLines=" + LOG_LINES;
                log(path)
                        .or(() -> log(path + "&previous=true"))
                        .ifPresent(
                                text -> checks.add(Check.ok("evidence.log", namespace + ": " + name + "/" + of, text)));
            }
        }
        return checks;
    }

    /** What the containers wait for or ended with, else the phase. */
    private String why(JsonNode status) {
        List<String> reasons = Stream.of("initContainerStatuses", "containerStatuses")
                .flatMap(list -> StreamSupport.stream(status.path(list).spliterator(), false))
                .filter(container -> !container.path("ready").asBoolean())
                .flatMap(container -> Stream.of("waiting", "terminated")
                        .map(state -> container.path("state").path(state))
                        .filter(JsonNode::isObject)
                        .map(state -> line(container, "name") + ": " + line(state, "reason")
                                + Optional.of(line(state, "message"))
                                        .filter(text -> !text.isEmpty())
                                        .map(text -> ", " + text)
                                        .orElse("")))
                .toList();
        return "not ready, phase " + line(status, "phase")
                + (reasons.isEmpty() ? "" : "; " + String.join("; ", reasons));
    }

    private Optional<String> log(String path) {
        try {
            return api.text(path, LOG_BYTES, LIMIT)
                    .map(text -> masked.apply(ForeignText.plain(text)).strip())
                    .filter(text -> !text.isEmpty());
        } catch (IOException e) {
            LOG.debug("{} cannot be read", path, ForeignFailure.of(e));
            return Optional.empty();
        }
    }

    private String line(JsonNode object, String field) {
        return ForeignText.line(masked.apply(object.path(field).asText()));
    }

    private Stream<JsonNode> items(String path) {
        try {
            return StreamSupport.stream(
                    api.get(path, LIMIT).body().path("items").spliterator(), false);
        } catch (IOException e) {
            LOG.debug("{} cannot be read", path, ForeignFailure.of(e));
            return Stream.empty();
        }
    }
}
