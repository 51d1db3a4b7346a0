package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operators of an OpenShift 4: when all of them have settled, the cluster is ready. */
public final class ClusterOperators {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterOperators.class);
    private static final String PATH = "/apis/config.openshift.io/v1/clusteroperators";
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration BEAT = Duration.ofSeconds(30);
    private static final int SHOWN = 10;

    private ClusterOperators() {}

    /**
     * Waits until every operator is available, none progresses and none is degraded.
     *
     * @param turn the time between two looks
     * @param logs where else to look when they do not settle
     * @throws io.github.cdkmaven.problem.ProblemException with those that have not settled, if the deadline comes before
     */
    public static void await(OpenShiftApi api, Deadline deadline, Duration turn, String logs) {
        OpenShiftApi timed = api.within(deadline);
        Heartbeat.during("the cluster operators", deadline.limit(), BEAT, LOG::info, () -> {
            List<String> last = List.of();
            do {
                try {
                    List<String> now = unsettled(timed);
                    if (now.isEmpty()) {
                        return true;
                    }
                    if (!now.equals(last)) {
                        LOG.info("Waiting for the cluster: {}", words(now));
                    }
                    last = now;
                    Pause.real().sleep(turn);
                } catch (InterruptedIOException e) {
                    throw Unreachable.problem(api.access(), e).toException(e);
                }
            } while (!deadline.isOver());
            throw Problem.of(
                            "The cluster at " + api.access().server() + " was not ready within "
                                    + Heartbeat.words(deadline.limit()) + ".",
                            "check 'oc get clusteroperators' and " + logs
                                    + "; if it only needs more time, <startTimeout>60m</startTimeout> or -Dcdk.startTimeout=60m")
                    .with(last.stream().limit(SHOWN).toList())
                    .toException();
        });
    }

    private static String words(List<String> unsettled) {
        return unsettled.get(0)
                + (unsettled.size() == 1 ? "" : ", and " + (unsettled.size() - 1) + " more are not settled");
    }

    /** What has not settled, one line each; an API that does not answer has not either. */
    private static List<String> unsettled(OpenShiftApi api) throws InterruptedIOException {
        try {
            ApiAnswer answer = api.get(PATH, LIMIT);
            JsonNode items = answer.body().path("items");
            if (!answer.isSuccess() || !items.isArray()) {
                return List.of("clusteroperators: " + answer.message());
            }
            if (items.isEmpty()) {
                return List.of("clusteroperators: none exists yet");
            }
            return of(items);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return List.of("the API: " + Unreachable.words(e));
        }
    }

    /** The operators of a list that have not settled. */
    public static List<String> of(JsonNode items) {
        List<String> unsettled = new ArrayList<>();
        for (JsonNode operator : items) {
            why(operator)
                    .ifPresent(why -> unsettled.add(
                            "operator " + operator.path("metadata").path("name").asText("?") + " " + why));
        }
        return unsettled;
    }

    private static Optional<String> why(JsonNode operator) {
        JsonNode available = condition(operator, "Available");
        JsonNode degraded = condition(operator, "Degraded");
        JsonNode progressing = condition(operator, "Progressing");
        if (is(progressing, "True")) {
            return Optional.of("is progressing" + reason(progressing));
        }
        if (is(degraded, "True")) {
            return Optional.of("is degraded" + reason(degraded));
        }
        return is(available, "True") ? Optional.empty() : Optional.of("is not available" + reason(available));
    }

    private static boolean is(JsonNode condition, String status) {
        return condition.path("status").asText().equals(status);
    }

    private static String reason(JsonNode condition) {
        String text = ForeignText.line(
                condition.path("message").asText(condition.path("reason").asText("")), 160);
        return text.isBlank() ? "" : ": " + text;
    }

    private static JsonNode condition(JsonNode operator, String type) {
        for (JsonNode condition : operator.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }
}
