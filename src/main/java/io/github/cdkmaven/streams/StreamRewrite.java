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
import io.github.cdkmaven.streams.TagPlan.Action;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rewrites what no import rewrites: tags with {@code reference: true}, and {@code spec.dockerImageRepository}.
 *
 * <p>The stream is read afresh and written back with its resourceVersion, so that nobody else's change is lost; everything that is not one of
 * these fields goes back as it came.
 */
final class StreamRewrite {

    private static final int CONFLICTS = 10;

    private final OpenShiftApi api;
    private final Deadline deadline;
    private final Pause pause;

    StreamRewrite(OpenShiftApi api, Deadline deadline, Pause pause) {
        this.api = api;
        this.deadline = deadline;
        this.pause = pause;
    }

    /** Rewrites one stream. Empty when it was done; else the verdict on everything that was to be rewritten. */
    Optional<ImportVerdict> run(StreamPlan stream) throws InterruptedIOException {
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
                        ? api.put(path, rewritten(stream, current.body()), deadline.left())
                        : current;
                if (answer.isSuccess()) {
                    return Optional.empty();
                }
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

    private static JsonNode rewritten(StreamPlan plan, JsonNode current) {
        ObjectNode stream = current.deepCopy();
        Map<String, TagPlan> wanted =
                plan.tags(Action.REWRITE).stream().collect(Collectors.toMap(TagPlan::tag, tag -> tag));
        for (JsonNode tag : stream.path("spec").path("tags")) {
            TagPlan rewrite = wanted.get(tag.path("name").asText());
            if (rewrite != null
                    && tag.isObject()
                    && tag.path("from").path("name").asText().equals(rewrite.from())) {
                ((ObjectNode) tag.path("from")).put("name", rewrite.to());
                ((ObjectNode) tag).set("importPolicy", rewrite.importPolicy());
            }
        }
        plan.repository().ifPresent(repository -> ((ObjectNode) stream.path("spec"))
                .put("dockerImageRepository", repository.to()));
        return stream;
    }
}
