package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.ImageStreams;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.SamplesConfig;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One change of what the samples operator is told, and the wait until it has done it. A second change before that would be lost: the operator's own
 * write of its status meets a conflict then, and it takes the streams for done (measured on 4.19).
 */
final class SamplesPatch {

    private static final Logger LOG = LoggerFactory.getLogger(SamplesPatch.class);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** How long a complaint about the configuration may be one about the last one. */
    private static final Duration OLD_COMPLAINT = Duration.ofSeconds(30);

    private static final Duration TURN = Duration.ofMillis(500);
    private static final Duration BEAT = Duration.ofSeconds(30);

    private final OpenShiftApi api;
    private final Deadline deadline;
    private final Pause pause;

    SamplesPatch(OpenShiftApi api, Deadline deadline, Pause pause) {
        this.api = api;
        this.deadline = deadline.atMost(LIMIT);
        this.pause = pause;
    }

    /**
     * When the operator's streams are done.
     *
     * @param named whether a stream names what it is to name
     */
    record Done(Predicate<JsonNode> named) {

        boolean isTrueOf(JsonNode stream) {
            return named.test(stream) && isTried(stream);
        }

        /** Whether there is a result for each tag as it is now: an image, or why there is none. */
        private static boolean isTried(JsonNode stream) {
            for (JsonNode tag : stream.path("spec").path("tags")) {
                boolean image = tag.path("from").path("kind").asText().equals("DockerImage");
                if (image
                        && tag.path("generation").asLong()
                                > seen(stream, tag.path("name").asText())) {
                    return false;
                }
            }
            return true;
        }

        private static long seen(JsonNode stream, String tag) {
            long seen = -1;
            for (JsonNode status : stream.path("status").path("tags")) {
                if (status.path("tag").asText().equals(tag)) {
                    seen = status.path("items").path(0).path("generation").asLong(-1);
                    for (JsonNode condition : status.path("conditions")) {
                        seen = Math.max(seen, condition.path("generation").asLong(-1));
                    }
                }
            }
            return seen;
        }
    }

    /** Waits until the operator has done all that it was told before. */
    void settle() {
        if (!waited(() -> {
            SamplesConfig config = SamplesConfig.of(api);
            return config.isSettled()
                    || config.isUnmanaged()
                    || config.invalid().isPresent();
        })) {
            throw notDone("its earlier configuration").toException();
        }
    }

    /**
     * Tells it something, and waits.
     *
     * @param spec what is merged into its {@code spec}
     * @param before what it said until now
     * @param done when the streams are done, of those that it does not skip
     * @throws ProblemException if it refuses, or does not do it in time. Streams that are late are no failure: the imports finish them
     */
    void apply(ObjectNode spec, SamplesConfig before, Done done) {
        LOG.info("Configuring the samples operator: {}", JsonTree.text(spec));
        ObjectNode change = JsonTree.object();
        change.set("spec", spec);
        SamplesConfig.patch(api, change);
        Deadline old = Deadline.in(OLD_COMPLAINT);
        boolean[] told = {false};
        boolean all = waited(() -> {
            SamplesConfig now = SamplesConfig.of(api);
            if (now.invalid().isPresent() && (before.invalid().isEmpty() || old.isOver())) {
                throw refused(spec, now).toException();
            }
            told[0] = now.isSettled() && now.invalid().isEmpty();
            return told[0] && areDone(now, done);
        });
        if (!told[0]) {
            throw notDone(JsonTree.text(spec)).toException();
        }
        if (!all) {
            LOG.warn(
                    "The samples operator has not finished its ImageStreams within {}",
                    Heartbeat.words(deadline.limit()));
        }
    }

    private boolean areDone(SamplesConfig config, Done done) {
        List<Boolean> own = ImageStreams.read(
                api,
                List.of(SamplesConfig.NAMESPACE),
                pause,
                stream -> !ImageStreams.isOfSamples(stream)
                        || config.done()
                                .skipped()
                                .contains(stream.path("metadata").path("name").asText())
                        || done.isTrueOf(stream));
        return own.stream().allMatch(Boolean::booleanValue);
    }

    private boolean waited(java.util.function.BooleanSupplier condition) {
        return Heartbeat.during("the samples operator", deadline.limit(), BEAT, LOG::info, () -> {
            while (!condition.getAsBoolean()) {
                if (deadline.isOver()) {
                    return false;
                }
                try {
                    pause.sleep(deadline.within(TURN));
                } catch (InterruptedIOException e) {
                    throw Problem.of("The wait for the samples operator was interrupted.", "run the goal again")
                            .toException(e);
                }
            }
            return true;
        });
    }

    private static Problem refused(JsonNode spec, SamplesConfig config) {
        return Problem.of(
                        "The samples operator refuses its configuration: "
                                + config.invalid().orElse("") + ".",
                        "let image.config.openshift.io/cluster allow the registry (allowedRegistriesForImport, registrySources), and run the goal"
                                + " again")
                .with(SamplesConfig.NAME + " was told " + spec);
    }

    private Problem notDone(String what) {
        return Problem.of(
                        "The samples operator did not finish within " + Heartbeat.words(deadline.limit())
                                + " applying its configuration.",
                        "check its state: 'oc get clusteroperator openshift-samples -o yaml' and 'oc logs -n openshift-cluster-samples-operator"
                                + " deployment/cluster-samples-operator'; if it only needs more time, run the goal again")
                .with("requested: " + what);
    }
}
