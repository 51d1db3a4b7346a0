package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Unreachable;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.report.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Imports the tags of one stream, a few at a time, one request after the other; or its whole repository, where it has no tags.
 *
 * <p>A server takes 2 images a second after a burst of 3, for each request anew (origin's importer), so three are free of waiting. Two
 * requests that change one stream at once cost one of them a 409, so a stream has one lane.
 */
final class StreamImport {

    private static final int BATCH = 3;
    private static final int CONFLICTS = 10;
    private static final int FAILURES = 6;

    /** Far more than three images take; a registry that hangs must not take the time of all others. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** The stream as it has become, and what is in each image: most of an answer. */
    private static final Set<String> UNREAD =
            Set.of("import", "dockerImageMetadata", "dockerImageLayers", "dockerImageManifest", "dockerImageConfig");

    private final OpenShiftApi api;
    private final ConcurrencyLimit lanes;
    private final Refusals refusals;
    private final Deadline deadline;
    private final Pause pause;
    private final boolean dryRun;

    StreamImport(
            OpenShiftApi api,
            ConcurrencyLimit lanes,
            Refusals refusals,
            Deadline deadline,
            Pause pause,
            boolean dryRun) {
        this.api = api;
        this.refusals = refusals;
        this.lanes = lanes;
        this.deadline = deadline;
        this.pause = pause;
        this.dryRun = dryRun;
    }

    /**
     * Imports the given tags of a stream; there is a verdict for each of them, in their order. In the place of a repository that could be read
     * stand the tags that it has.
     */
    Map<TagPlan, ImportVerdict> run(StreamPlan stream, List<TagPlan> tags) throws InterruptedIOException {
        Map<TagPlan, ImportVerdict> verdicts = new LinkedHashMap<>();
        for (int i = 0; i < tags.size(); i += BATCH) {
            verdicts.putAll(importBatch(stream, tags.subList(i, Math.min(tags.size(), i + BATCH))));
        }
        return verdicts;
    }

    private Map<TagPlan, ImportVerdict> importBatch(StreamPlan stream, List<TagPlan> batch)
            throws InterruptedIOException {
        Map<TagPlan, ImportVerdict> verdicts = new LinkedHashMap<>();
        batch.forEach(tag -> verdicts.put(tag, outOfTime("it was not requested")));
        List<TagPlan> open = batch;
        int conflicts = 0;
        int failures = 0;
        while (!open.isEmpty() && !deadline.isOver()) {
            open.forEach(tag -> refusals.of(tag).ifPresent(verdict -> verdicts.put(tag, verdict)));
            open = open.stream().filter(tag -> refusals.of(tag).isEmpty()).toList();
            if (open.isEmpty()) {
                break;
            }
            Attempt attempt = attempt(stream, open);
            if (open.stream().anyMatch(tag -> refusals.of(tag).isPresent())) {
                continue;
            }
            if (attempt.mustSplit()) {
                // The server refuses a request as a whole for one bad image: each has to stand for itself.
                for (TagPlan tag : open) {
                    verdicts.putAll(importBatch(stream, List.of(tag)));
                }
                return verdicts;
            }
            // A repository that could be read gives its place to its tags.
            for (TagPlan tag : open) {
                if (!attempt.verdicts().containsKey(tag)) {
                    verdicts.remove(tag);
                }
            }
            verdicts.putAll(attempt.verdicts());
            open = attempt.again();
            if (open.isEmpty()) {
                break;
            }
            boolean conflict = attempt.isConflict();
            if (conflict ? ++conflicts > CONFLICTS : ++failures > FAILURES) {
                break;
            }
            if (!conflict) {
                lanes.closeOne();
            }
            pause.sleep(deadline.within(attempt.wait(conflict ? 0 : failures)));
        }
        return verdicts;
    }

    private ImportVerdict outOfTime(String then) {
        return ImportVerdict.failed(
                Reason.TIMEOUT,
                "the time for all imports, " + deadline.limit().toSeconds() + " s, had run out: " + then);
    }

    /** Never all the time that is left: when one image of a request hangs, the others are still to be asked for. */
    private Duration limit() {
        Duration half = deadline.left().dividedBy(2);
        return half.compareTo(LONGEST) < 0 ? half : LONGEST;
    }

    private Attempt attempt(StreamPlan stream, List<TagPlan> tags) throws InterruptedIOException {
        refusals.awaitFirst(tags);
        lanes.enter();
        Duration limit = limit();
        try {
            if (tags.stream().anyMatch(tag -> refusals.of(tag).isPresent())) {
                return Attempt.lost(tags, outOfTime("it was not requested"), true);
            }
            ApiAnswer answer = api.post(
                    "/apis/image.openshift.io/v1/namespaces/" + stream.namespace() + "/imagestreamimports",
                    body(stream, tags),
                    UNREAD,
                    limit);
            refusals.note(tags, answer);
            return Attempt.answered(tags, answer);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (HttpConnectTimeoutException e) {
            // No silence: nothing was asked yet.
            return lost(tags, e);
        } catch (HttpTimeoutException e) {
            return Attempt.silent(
                    tags,
                    ImportVerdict.failed(
                            Reason.TIMEOUT,
                            "no answer came within " + limit.toMillis() / 1000.0 + " s, of "
                                    + deadline.limit().toSeconds() + " s for all imports"));
        } catch (IOException e) {
            return lost(tags, e);
        } finally {
            lanes.leave();
            refusals.answered(tags);
        }
    }

    private Attempt lost(List<TagPlan> tags, IOException e) {
        return deadline.isOver()
                ? Attempt.lost(tags, outOfTime("no answer came"), false)
                : Attempt.lost(
                        tags, ImportVerdict.failed(Reason.UNREACHABLE, "the cluster: " + Unreachable.words(e)), true);
    }

    private JsonNode body(StreamPlan stream, List<TagPlan> tags) {
        ObjectNode request = JsonTree.object();
        request.put("kind", "ImageStreamImport").put("apiVersion", "image.openshift.io/v1");
        request.putObject("metadata").put("name", stream.name()).put("namespace", stream.namespace());
        ObjectNode spec = request.putObject("spec").put("import", !dryRun);
        for (TagPlan tag : tags) {
            boolean whole = tag.isWhole();
            ObjectNode image = whole
                    ? spec.putObject("repository")
                    : spec.withArray("images").addObject();
            image.putObject("from").put("kind", "DockerImage").put("name", tag.to());
            if (!whole) {
                image.putObject("to").put("name", tag.tag());
            }
            image.set("importPolicy", tag.importPolicy());
            if (tag.referencePolicy().isObject()) {
                image.set("referencePolicy", tag.referencePolicy());
            }
        }
        // The published schema wants it, though the server fills it.
        request.putObject("status");
        return request;
    }

    /**
     * What one import request brought.
     *
     * @param verdicts on each of its tags
     * @param again the tags that are worth another try
     * @param status the HTTP status; none where no answer came
     * @param retryAfter how long the server wants to be left alone
     */
    private record Attempt(
            Map<TagPlan, ImportVerdict> verdicts, List<TagPlan> again, int status, Optional<Duration> retryAfter) {

        private static final int SILENCE = -1;

        static Attempt lost(List<TagPlan> tags, ImportVerdict verdict, boolean again) {
            return all(tags, verdict, again, 0, Optional.empty());
        }

        static Attempt silent(List<TagPlan> tags, ImportVerdict verdict) {
            return all(tags, verdict, false, SILENCE, Optional.empty());
        }

        static Attempt answered(List<TagPlan> tags, ApiAnswer answer) {
            if (!answer.isSuccess()) {
                boolean again = answer.isTransient() || answer.status() == 409;
                return all(tags, ImportVerdict.refused(answer), again, answer.status(), answer.retryAfter());
            }
            boolean whole = tags.get(0).isWhole();
            JsonNode images = answer.body().path("status").path("images");
            boolean told =
                    whole ? answer.body().path("status").path("repository").isObject() : images.isArray();
            if (!told || !answer.body().path("kind").asText().equals("ImageStreamImport")) {
                // Cut off, or from somebody in between: what was imported is found to be in place when asked for again.
                return all(
                        tags,
                        ImportVerdict.failed(Reason.OTHER, "the server's answer does not mention this tag"),
                        true,
                        answer.status(),
                        Optional.empty());
            }
            if (whole) {
                return ofRepository(tags.get(0), answer);
            }
            Map<TagPlan, ImportVerdict> verdicts = new LinkedHashMap<>();
            for (int i = 0; i < tags.size(); i++) {
                verdicts.put(
                        tags.get(i),
                        isAbout(answer.body(), tags, i)
                                ? ImportVerdict.of(images.get(i), tags.get(i))
                                : ImportVerdict.failed(Reason.OTHER, "the server's answer is not about this tag"));
            }
            List<TagPlan> again =
                    tags.stream().filter(tag -> verdicts.get(tag).again()).toList();
            return new Attempt(verdicts, again, answer.status(), Optional.empty());
        }

        /** A repository that could be read is judged by its tags, which get a plan each. */
        private static Attempt ofRepository(TagPlan repository, ApiAnswer answer) {
            JsonNode result = answer.body().path("status").path("repository");
            Optional<ImportVerdict> refusal = ImportVerdict.refusal(result);
            Map<TagPlan, ImportVerdict> verdicts = new LinkedHashMap<>();
            if (!isFrom(answer.body().path("spec").path("repository"), repository)) {
                refusal = Optional.of(
                        ImportVerdict.failed(Reason.OTHER, "the server's answer is not about this repository"));
            }
            if (refusal.isEmpty()) {
                for (JsonNode image : result.path("images")) {
                    String tag = image.path("tag").asText();
                    if (ImageReference.isTag(tag)) {
                        verdicts.put(repository.tagOfIt(tag), ImportVerdict.of(image));
                    }
                }
            }
            if (verdicts.isEmpty()) {
                verdicts.put(
                        repository,
                        refusal.orElse(ImportVerdict.failed(Reason.NOT_FOUND, "the repository has no tags")));
            }
            boolean again = verdicts.values().stream().anyMatch(ImportVerdict::again);
            return new Attempt(verdicts, again ? List.of(repository) : List.of(), answer.status(), Optional.empty());
        }

        /** The server repeats what it was asked, image by image; its status has one entry for each, and no other sign of which it is for. */
        private static boolean isAbout(JsonNode answer, List<TagPlan> tags, int index) {
            JsonNode echo = answer.path("spec").path("images");
            JsonNode image = echo.path(index);
            return echo.size() == tags.size()
                    && answer.path("status").path("images").size() == tags.size()
                    && isFrom(image, tags.get(index))
                    && image.path("to")
                            .path("name")
                            .asText()
                            .equals(tags.get(index).tag());
        }

        private static boolean isFrom(JsonNode echo, TagPlan asked) {
            return echo.path("from").path("name").asText().equals(asked.to());
        }

        private static Attempt all(
                List<TagPlan> tags, ImportVerdict verdict, boolean again, int status, Optional<Duration> retryAfter) {
            Map<TagPlan, ImportVerdict> verdicts = new LinkedHashMap<>();
            tags.forEach(tag -> verdicts.put(tag, verdict));
            return new Attempt(verdicts, again ? new ArrayList<>(tags) : List.of(), status, retryAfter);
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
}
