package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.openshift.ImageStreams;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.report.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the streams again after the imports: what the server called a success and is not there, is none. */
final class ReadBack {

    private final OpenShiftApi api;
    private final List<String> namespaces;
    private final Pause pause;

    ReadBack(OpenShiftApi api, List<String> namespaces, Pause pause) {
        this.api = api;
        this.namespaces = namespaces;
        this.pause = pause;
    }

    /** Turns the verdicts over that do not hold. */
    void check(Planner planner, Map<StreamPlan, Map<TagPlan, ImportVerdict>> verdicts) {
        Map<String, Set<TagPlan>> left = leftBehind(planner, verdicts);
        verdicts.forEach((plan, mine) -> {
            Set<TagPlan> pending = left.get(plan.toString());
            mine.replaceAll((tag, verdict) -> {
                if (!verdict.isSuccess() || (pending != null && !pending.contains(tag))) {
                    return verdict;
                }
                return ImportVerdict.failed(
                        Reason.OTHER,
                        pending == null
                                ? "the stream was deleted by somebody else in the meantime"
                                : "the server called it a success, but the tag still names its old source");
            });
        });
    }

    /** For each stream that is still there, those of its tags that name a mapped source. */
    private Map<String, Set<TagPlan>> leftBehind(
            Planner planner, Map<StreamPlan, Map<TagPlan, ImportVerdict>> verdicts) {
        Map<String, Set<TagPlan>> asked = new HashMap<>();
        verdicts.forEach((plan, mine) -> asked.put(plan.toString(), mine.keySet()));
        Map<String, Set<TagPlan>> left = new HashMap<>();
        ImageStreams.each(api, namespaces, pause, stream -> {
            String name = name(stream);
            if (asked.containsKey(name)) {
                left.put(
                        name,
                        asked.get(name).stream()
                                .filter(tag -> planner.isMovePending(stream, tag.tag()))
                                .collect(Collectors.toSet()));
            }
        });
        return left;
    }

    private static String name(JsonNode stream) {
        JsonNode metadata = stream.path("metadata");
        return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    }
}
