package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the cluster-samples-operator of an OpenShift 4 is told, and what it says to have done: {@code configs.samples.operator.openshift.io/cluster}.
 *
 * @param sight whether it is there, and may be read
 * @param wanted what it is told
 * @param done what it has done
 * @param invalid the reason of its condition {@code ConfigurationValid} while that is false. Its text is a Go value, and no sentence (4.19)
 */
public record SamplesConfig(Sight sight, Setting wanted, Setting done, Optional<String> invalid) {

    /** What the user sees of it. */
    public enum Sight {
        /** There is none: no such operator, or one that still waits for the Internet, as it does for 5 minutes. */
        NONE,
        /** The user may not read it. */
        HIDDEN,
        SEEN
    }

    /**
     * One half of it.
     *
     * @param managementState {@code Managed}, {@code Unmanaged} or {@code Removed}
     * @param samplesRegistry what stands in the place of the public registries, empty for nothing
     * @param skipped the streams that it leaves alone
     */
    public record Setting(String managementState, String samplesRegistry, List<String> skipped) {

        public Setting {
            skipped = skipped.stream().sorted().toList();
        }
    }

    /** The namespace whose streams it owns. */
    public static final String NAMESPACE = "openshift";

    /** The object as {@code oc} calls it. */
    public static final String NAME = "configs.samples.operator.openshift.io/cluster";

    private static final String PATH = "/apis/samples.operator.openshift.io/v1/configs/cluster";
    private static final String TO_MIRROR =
            "/api/v1/namespaces/openshift-cluster-samples-operator/configmaps/imagestreamtag-to-image";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Setting NOTHING = new Setting("", "", List.of());

    /**
     * Reads it.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not answer
     */
    public static SamplesConfig of(OpenShiftApi api) {
        ApiAnswer answer = get(api, PATH);
        if (answer.status() == 404) {
            return new SamplesConfig(Sight.NONE, NOTHING, NOTHING, Optional.empty());
        }
        return answer.isSuccess() && answer.body().path("kind").asText().equals("Config")
                ? of(answer.body())
                : new SamplesConfig(Sight.HIDDEN, NOTHING, NOTHING, Optional.empty());
    }

    static SamplesConfig of(JsonNode config) {
        Optional<String> invalid = Optional.empty();
        for (JsonNode condition : config.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("ConfigurationValid")
                    && condition.path("status").asText().equals("False")) {
                invalid = Optional.of(ForeignText.line(condition.path("reason").asText("unknown")));
            }
        }
        return new SamplesConfig(
                Sight.SEEN, setting(config.path("spec"), "Managed"), setting(config.path("status"), ""), invalid);
    }

    private static Setting setting(JsonNode half, String standard) {
        List<String> skipped = new ArrayList<>();
        half.path("skippedImagestreams").forEach(name -> skipped.add(ForeignText.line(name.asText())));
        return new Setting(
                ForeignText.line(half.path("managementState").asText(standard)),
                ForeignText.line(half.path("samplesRegistry").asText("")),
                skipped);
    }

    private static ApiAnswer get(OpenShiftApi api, String path) {
        try {
            return api.ask(Pause.real(), () -> api.get(path, LIMIT));
        } catch (IOException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        }
    }

    /** Whether it has done what it is told. Until then no other change is safe: its own write of the status would be lost, and with it the change. */
    public boolean isSettled() {
        return wanted.equals(done);
    }

    /** Whether it owns its streams. */
    public boolean isManaged() {
        return done.managementState().equals("Managed");
    }

    /** Whether it has taken its streams away, or never made them. */
    public boolean isRemoved() {
        return wanted.managementState().equals("Removed");
    }

    /** Whether it leaves streams as they are. */
    public boolean isUnmanaged() {
        return wanted.managementState().equals("Unmanaged");
    }

    /**
     * Merges something into what it is told.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster refuses
     */
    public static void patch(OpenShiftApi api, JsonNode change) {
        try {
            ApiAnswer answer = api.mergePatch(PATH, change, LIMIT);
            if (!answer.isSuccess()) {
                throw Problem.of(
                                "The samples operator could not be configured to take its images from the registry.",
                                "check it with 'oc get " + NAME + " -o yaml', and start again")
                        .with(answer.message())
                        .toException();
            }
        } catch (IOException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        }
    }

    /**
     * The images of the operator's streams by their public names, as it lists them for those who mirror: by stream, then by tag. Those of
     * Jenkins are not among them (4.19). Empty where the user may not read them.
     */
    public static Map<String, Map<String, ImageReference>> images(OpenShiftApi api) {
        Map<String, Map<String, ImageReference>> images = new TreeMap<>();
        get(api, TO_MIRROR).body().path("data").properties().forEach(entry -> {
            // No stream has an underscore in its name, but a tag may.
            String[] name = entry.getKey().split("_", 2);
            References.parse(entry.getValue().asText())
                    .filter(image -> name.length == 2)
                    .ifPresent(image -> images.computeIfAbsent(name[0], stream -> new TreeMap<>())
                            .put(name[1], image));
        });
        return images;
    }
}
