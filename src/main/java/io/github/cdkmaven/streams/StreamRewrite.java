package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.openshift.ImageStreams;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Unreachable;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.report.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rewrites what no import rewrites: tags with {@code reference: true}, and {@code spec.dockerImageRepository}; and takes out the source that an
 * import wrote into a tag that has none of its own.
 *
 * <p>The stream is read afresh and written back with its resourceVersion, so that nobody else's change is lost; everything that is not one of
 * these fields goes back as it came.
 */
final class StreamRewrite {

    private static final int CONFLICTS = 10;

    private final OpenShiftApi api;
    private final Deadline deadline;
    private final Pause pause;

    private final Refusals refusals;

    StreamRewrite(OpenShiftApi api, Refusals refusals, Deadline deadline, Pause pause) {
        this.api = api;
        this.refusals = refusals;
        this.deadline = deadline;
        this.pause = pause;
    }

    /**
     * Rewrites one stream.
     *
     * @param tags those to rewrite
     * @param sourceless tags that were imported and have no source of their own
     * @param repository the repository, if it has to move
     * @return empty when it was done; else the verdict on everything that was to be rewritten
     */
    Optional<ImportVerdict> run(
            StreamPlan stream, List<TagPlan> tags, List<TagPlan> sourceless, Optional<TagPlan> repository)
            throws InterruptedIOException {
        List<TagPlan> moved = Stream.concat(tags.stream(), repository.stream()).toList();
        Optional<ImportVerdict> known =
                moved.stream().flatMap(tag -> refusals.of(tag).stream()).findFirst();
        if (known.isPresent()) {
            return known;
        }
        String path = ImageStreams.path(stream.namespace()) + "/" + stream.name();
        ImportVerdict last = ImportVerdict.failed(Reason.TIMEOUT, "there was no time left to rewrite the stream");
        for (int attempt = 0; attempt <= CONFLICTS && !deadline.isOver(); attempt++) {
            int failures = attempt;
            try {
                ApiAnswer current = api.get(path, deadline.left());
                if (current.isSuccess() && !isStream(current.body(), stream)) {
                    return Optional.of(ImportVerdict.failed(
                            Reason.OTHER, "the server's answer is not this ImageStream: " + current.message()));
                }
                ApiAnswer answer = current.isSuccess()
                        ? api.put(path, rewritten(current.body(), tags, sourceless, repository), deadline.left())
                        : current;
                if (answer.isSuccess()) {
                    return Optional.empty();
                }
                refusals.note(moved, answer);
                last = ImportVerdict.refused(answer);
                // Somebody was faster: the server is well, and need not be spared.
                failures = answer.status() == 409 ? 0 : attempt;
                if (answer.status() != 409 && !answer.isTransient()) {
                    return Optional.of(last);
                }
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                last = ImportVerdict.failed(Reason.UNREACHABLE, "the cluster: " + Unreachable.words(e));
            }
            pause.sleep(deadline.within(Retry.backoff(failures)));
        }
        return Optional.of(last);
    }

    private static boolean isStream(JsonNode answer, StreamPlan stream) {
        return answer.path("spec").isObject()
                && answer.path("metadata").path("name").asText().equals(stream.name())
                && answer.path("metadata").path("namespace").asText().equals(stream.namespace());
    }

    private static JsonNode rewritten(
            JsonNode current, List<TagPlan> tags, List<TagPlan> sourceless, Optional<TagPlan> repository) {
        ObjectNode stream = current.deepCopy();
        Map<String, TagPlan> wanted = tags.stream().collect(Collectors.toMap(TagPlan::tag, tag -> tag));
        Map<String, TagPlan> restored = sourceless.stream().collect(Collectors.toMap(TagPlan::tag, tag -> tag));
        for (JsonNode tag : stream.path("spec").path("tags")) {
            if (!tag.isObject()) {
                continue;
            }
            String name = tag.path("name").asText();
            String from = tag.path("from").path("name").asText();
            if (wanted.containsKey(name) && from.equals(wanted.get(name).from())) {
                ((ObjectNode) tag.path("from")).put("name", wanted.get(name).to());
                ((ObjectNode) tag).set("importPolicy", wanted.get(name).importPolicy());
            }
            if (restored.containsKey(name) && from.equals(restored.get(name).to())) {
                restore((ObjectNode) tag, restored.get(name).asRead().orElseThrow());
            }
        }
        repository.ifPresent(moved -> ((ObjectNode) stream.path("spec")).put("dockerImageRepository", moved.to()));
        return stream;
    }

    private static void restore(ObjectNode tag, JsonNode asRead) {
        for (String field : List.of("from", "importPolicy", "referencePolicy")) {
            if (asRead.has(field)) {
                tag.set(field, asRead.path(field));
            } else {
                tag.remove(field);
            }
        }
    }
}
