package io.github.cdkmaven.crc.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Unreachable;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool {@code master}, by which the machine-config operator brings the cluster's configuration to the only node. */
public final class MachinePool {

    private static final Logger LOG = LoggerFactory.getLogger(MachinePool.class);
    private static final String GROUP = "/apis/machineconfiguration.openshift.io/v1/";
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration BEAT = Duration.ofSeconds(30);

    /** How often a settled pool is looked at before what it lacks counts as dropped: the operator renders one object after the other. */
    private static final int SURE = 10;

    /** What the operator says of a bundle's kubelet (machine-config-operator 4.21 on_disk_validation.go:240). */
    private static final String KUBELET = "kubelet.service";

    private final OpenShiftApi api;
    private final String enableKubelet;
    private final Duration turn;

    /**
     * The pool of a cluster.
     *
     * @param enableKubelet the command that enables the kubelet's unit on the node
     * @param turn the time between two looks
     */
    public MachinePool(OpenShiftApi api, String enableKubelet, Duration turn) {
        this.api = api;
        this.enableKubelet = enableKubelet;
        this.turn = turn;
    }

    /**
     * Why nothing that is changed would reach the node; empty where nothing is known against it.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster does not tell
     */
    public Optional<Problem> trouble() {
        try {
            return trouble(get(GROUP + "machineconfigpools/master"));
        } catch (IOException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        }
    }

    private Optional<Problem> trouble(JsonNode pool) {
        if (!is(pool, "Degraded")) {
            return Optional.empty();
        }
        String message = message(pool);
        boolean kubelet = message.contains(KUBELET);
        return Optional.of(Problem.of(
                        "The machine-config pool 'master' of the VM is degraded, so no pull secret and no mirror reaches the node.",
                        kubelet
                                ? "in this bundle the kubelet's unit is disabled, which the operators of crc 2.59 and newer may treat as damage; enable it: '"
                                        + enableKubelet + "', then start again"
                                : "check 'oc describe machineconfigpool master'; if nothing else helps, create a new VM")
                .with(message));
    }

    /**
     * Waits until the node has what is expected. A bare {@code Updated=True} is true before the operator has noticed a change.
     *
     * @return the registries that the operator does not block, though it is told to: it leaves out that of the payload without a word
     * @throws io.github.cdkmaven.problem.ProblemException if the deadline comes before, or if the pool is degraded by the kubelet's unit
     */
    public List<String> await(NodeExpectation expected, Deadline deadline) {
        return Heartbeat.during(
                "the machine-config pool", deadline.limit(), BEAT, LOG::info, () -> look(expected, deadline));
    }

    private List<String> look(NodeExpectation expected, Deadline deadline) {
        String last = "";
        int settledLooks = 0;
        do {
            try {
                JsonNode pool = get(GROUP + "machineconfigpools/master");
                trouble(pool).filter(problem -> message(pool).contains(KUBELET)).ifPresent(problem -> {
                    throw problem.toException();
                });
                RenderedFiles files = new RenderedFiles(get(GROUP + "machineconfigs/"
                        + pool.path("spec").path("configuration").path("name").asText()));
                List<String> missing = expected.missing(files);
                List<String> unblocked = expected.unblocked(files);
                boolean settled = isSettled(pool) && missing.isEmpty();
                settledLooks = settled ? settledLooks + 1 : 0;
                if (settled && (unblocked.isEmpty() || settledLooks >= SURE)) {
                    return unblocked;
                }
                String now = words(pool, missing, unblocked);
                if (!now.equals(last)) {
                    LOG.info("Waiting for the node: {}", now);
                }
                last = now;
                Pause.real().sleep(deadline.within(turn));
            } catch (InterruptedIOException e) {
                throw Unreachable.problem(api.access(), e).toException(e);
            } catch (IOException e) {
                last = last.isEmpty() || !deadline.isOver() ? "the API: " + Unreachable.words(e) : last;
                LOG.debug("The pool cannot be read", e);
            }
        } while (!deadline.isOver());
        throw Problem.of(
                        "The changes to the cluster did not reach the VM's node within "
                                + Heartbeat.words(deadline.limit()) + ".",
                        "check 'oc get machineconfigpool master' and 'oc get clusteroperator machine-config'; if it only needs more time,"
                                + " <startTimeout>60m</startTimeout> or -Dcdk.startTimeout=60m")
                .with(last)
                .toException();
    }

    private static String words(JsonNode pool, List<String> missing, List<String> unblocked) {
        if (!missing.isEmpty()) {
            return "the machine-config operator has not rendered " + String.join(", ", missing);
        }
        if (!isSettled(pool)) {
            String degraded = is(pool, "Degraded") ? ", degraded: " + message(pool) : "";
            return "the pool is at "
                    + ForeignText.line(name(pool, "status")) + " and is moving to "
                    + ForeignText.line(name(pool, "spec"))
                    + degraded;
        }
        return "the machine-config operator does not block " + String.join(", ", unblocked);
    }

    private static boolean isSettled(JsonNode pool) {
        return !name(pool, "spec").isEmpty()
                && name(pool, "spec").equals(name(pool, "status"))
                && is(pool, "Updated")
                && pool.path("status").path("observedGeneration").asLong()
                        >= pool.path("metadata").path("generation").asLong();
    }

    private static String name(JsonNode pool, String half) {
        return pool.path(half).path("configuration").path("name").asText();
    }

    private static boolean is(JsonNode pool, String type) {
        return condition(pool, type).path("status").asText().equals("True");
    }

    private static String message(JsonNode pool) {
        return ForeignText.line(
                List.of("NodeDegraded", "RenderDegraded", "Degraded").stream()
                        .map(type -> condition(pool, type))
                        .filter(condition -> condition.path("status").asText().equals("True"))
                        .map(condition -> condition.path("message").asText(""))
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .orElse("it gives no reason"),
                400);
    }

    private static JsonNode condition(JsonNode pool, String type) {
        for (JsonNode condition : pool.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }

    private JsonNode get(String path) throws IOException {
        ApiAnswer answer = api.get(path, LIMIT);
        return answer.isSuccess() ? answer.body() : MissingNode.getInstance();
    }
}
