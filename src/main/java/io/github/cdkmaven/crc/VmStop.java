package io.github.cdkmaven.crc;

import io.github.cdkmaven.crc.CrcStatus.Situation;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.engine.State.Phase;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Heartbeat;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops and deletes the VM, and believes its state and not crc's answer: neither command is idempotent, and both may claim what is not so. */
final class VmStop {

    private static final Logger LOG = LoggerFactory.getLogger(VmStop.class);
    private static final Consumer<String> TELL =
            line -> Crc.message(line).ifPresent(text -> LOG.info("  crc | {}", text));
    private static final Duration BEAT = Duration.ofSeconds(30);

    /** What a stop by force gets of the time, at the end. */
    private static final Duration BY_FORCE = Duration.ofMinutes(1);

    private final Crc crc;
    private final Supplier<CrcStatus> status;
    private final CrcFiles files;

    /**
     * A way to stop the VM.
     *
     * @param status tells its state
     */
    VmStop(Crc crc, Supplier<CrcStatus> status, CrcFiles files) {
        this.crc = crc;
        this.status = status;
        this.files = files;
    }

    private State state() {
        return status.get().toState();
    }

    /**
     * Stops it. A VM whose OpenShift is dead is stopped by force at once: crc would wait for it.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is still up
     */
    void stop(Duration limit) {
        Deadline deadline = Deadline.in(limit);
        boolean dead = status.get().situation() == Situation.UNREACHABLE;
        CrcAnswer answer =
                beating("crc stop", limit, () -> crc.stop(dead, dead ? deadline.left() : beforeForce(deadline), TELL));
        if (!dead && !isStopped(answer) && !deadline.isOver()) {
            LOG.warn("The VM did not stop; powering it off");
            answer = beating("crc stop -f", limit, () -> crc.stop(true, deadline.left(), TELL));
        }
        if (!isStopped(answer)) {
            throw unchanged("crc stop", answer, limit, "the VM is still up").toException();
        }
    }

    private static Duration beforeForce(Deadline deadline) {
        Duration left = deadline.left();
        return left.compareTo(BY_FORCE.multipliedBy(2)) > 0 ? left.minus(BY_FORCE) : left.dividedBy(2);
    }

    /** By the state, and only where nobody can tell that, by crc's own answer. */
    private boolean isStopped(CrcAnswer answer) {
        State after = state();
        boolean said =
                answer.succeeded() || answer.error().contains("already stopped") || CrcStatus.saysNoMachine(answer);
        return after.isStopped() || said && after.phase() == Phase.OTHER;
    }

    /**
     * Deletes it; the cache stays.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is still there
     */
    void delete(Duration limit) {
        CrcAnswer answer = beating("crc delete", limit, () -> crc.delete(limit, TELL));
        if (state().phase() != Phase.ABSENT && files.hasMachine()) {
            throw unchanged("crc delete -f", answer, limit, "the VM is still there")
                    .toException();
        }
    }

    private static CrcAnswer beating(String command, Duration limit, Supplier<CrcAnswer> work) {
        return Heartbeat.during(command, limit, BEAT, LOG::info, work);
    }

    private Problem unchanged(String command, CrcAnswer answer, Duration limit, String state) {
        String how = answer.result().ended()
                ? "did not end within " + Heartbeat.words(limit)
                : answer.succeeded() ? "reported success" : "failed";
        String what = "'" + command + "' " + how + ", and " + state + ".";
        return KnownFailure.of(answer)
                .map(known -> Problem.of(what, known.fix()).with(known.what()))
                .orElseGet(() -> Problem.of(
                        what,
                        "see crc's messages for the reason; if it only needs more time, <stopTimeout>10m</stopTimeout>"
                                + " (-Dcdk.stopTimeout=10m)"))
                .with("crc status: " + state())
                .with(answer.error().isEmpty() ? List.of() : List.of("crc: " + answer.shownError()));
    }
}
