package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.process.Retry;
import io.github.cdkmaven.report.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one import request brought.
 *
 * @param verdicts on each of its tags
 * @param again the tags that are worth another try
 * @param status the HTTP status; none where no answer came
 * @param retryAfter how long the server wants to be left alone
 */
record ImportAttempt(
        Map<TagPlan, ImportVerdict> verdicts, List<TagPlan> again, int status, Optional<Duration> retryAfter) {

    private static final int SILENCE = -1;

    static ImportAttempt lost(List<TagPlan> tags, ImportVerdict verdict, boolean again) {
        return all(tags, verdict, again, 0, Optional.empty());
    }

    static ImportAttempt silent(List<TagPlan> tags, ImportVerdict verdict) {
        return all(tags, verdict, false, SILENCE, Optional.empty());
    }

    static ImportAttempt answered(List<TagPlan> tags, ApiAnswer answer) {
        if (!answer.isSuccess()) {
            boolean again = answer.isTransient() || answer.status() == 409;
            return all(tags, ImportVerdict.refused(answer), again, answer.status(), answer.retryAfter());
        }
        JsonNode images = answer.body().path("status").path("images");
        if (!images.isArray()) {
            // Cut off, or from somebody in between: what was imported is found to be in place when asked for again.
            return all(
                    tags,
                    ImportVerdict.failed(Reason.OTHER, "the server's answer says nothing of this tag"),
                    true,
                    answer.status(),
                    Optional.empty());
        }
        Map<TagPlan, ImportVerdict> verdicts = new LinkedHashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            verdicts.put(
                    tags.get(i),
                    images.has(i)
                            ? ImportVerdict.of(images.get(i))
                            : ImportVerdict.failed(Reason.OTHER, "the server's answer says nothing of this tag"));
        }
        List<TagPlan> again =
                tags.stream().filter(tag -> verdicts.get(tag).again()).toList();
        return new ImportAttempt(verdicts, again, answer.status(), Optional.empty());
    }

    private static ImportAttempt all(
            List<TagPlan> tags, ImportVerdict verdict, boolean again, int status, Optional<Duration> retryAfter) {
        Map<TagPlan, ImportVerdict> verdicts = new LinkedHashMap<>();
        tags.forEach(tag -> verdicts.put(tag, verdict));
        return new ImportAttempt(verdicts, again ? new ArrayList<>(tags) : List.of(), status, retryAfter);
    }

    boolean isConflict() {
        return status == 409;
    }

    boolean mustSplit() {
        return verdicts.size() > 1 && (status == 422 || status == 400 || status == SILENCE);
    }

    Duration wait(int failures) {
        return retryAfter.orElseGet(() -> Retry.backoff(failures));
    }
}
