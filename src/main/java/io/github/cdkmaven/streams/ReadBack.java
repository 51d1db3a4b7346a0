package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.openshift.ImageStreams;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.report.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the streams again after the imports: what the server called a success and is not there, is none. */
final class ReadBack {

    private final OpenShiftApi api;
    private final Pause pause;

    ReadBack(OpenShiftApi api, Pause pause) {
        this.api = api;
        this.pause = pause;
    }

    /** Turns the verdicts over that do not hold. */
    void check(Planner planner, Map<StreamPlan, Map<TagPlan, ImportVerdict>> verdicts) {
        Map<String, Map<TagPlan, String>> faults = faults(planner, verdicts);
        verdicts.forEach((plan, mine) -> {
            Optional<Map<TagPlan, String>> found = Optional.ofNullable(faults.get(plan.toString()));
            mine.replaceAll((tag, verdict) -> {
                Optional<String> fault = found.isPresent()
                        ? Optional.ofNullable(found.get().get(tag))
                        : Optional.of("the stream was deleted by somebody else in the meantime");
                return verdict.isSuccess() && fault.isPresent()
                        ? ImportVerdict.failed(Reason.OTHER, fault.get())
                        : verdict;
            });
        });
    }

    /** For each stream that is still there, what is wrong with which of its tags. */
    private Map<String, Map<TagPlan, String>> faults(
            Planner planner, Map<StreamPlan, Map<TagPlan, ImportVerdict>> verdicts) {
        Map<String, Set<TagPlan>> asked = new HashMap<>();
        verdicts.forEach((plan, mine) -> asked.put(plan.toString(), mine.keySet()));
        Map<String, Map<TagPlan, String>> found = new HashMap<>();
        List<String> namespaces =
                verdicts.keySet().stream().map(StreamPlan::namespace).distinct().toList();
        ImageStreams.read(api, namespaces, pause, stream -> {
            Map<TagPlan, String> faults = new HashMap<>();
            asked.getOrDefault(name(stream), Set.of())
                    .forEach(tag -> planner.fault(stream, tag).ifPresent(fault -> faults.put(tag, fault)));
            found.put(name(stream), faults);
            return faults.size();
        });
        return found;
    }

    private static String name(JsonNode stream) {
        JsonNode metadata = stream.path("metadata");
        return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    }
}
