package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.ownership.IncompleteVm;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.StopDecision;
import io.github.cdkmaven.ownership.Use;
import io.github.cdkmaven.ownership.VmProcess;
import io.github.cdkmaven.ownership.VmRecord;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the record of the VM while a start has the lock, and stops what that start has begun when it fails. */
final class Ownership {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    private final StartRequest request;
    private final MachineEngine engine;
    private final ShutdownGuard guard;
    private final OwnershipFiles place;
    private boolean begun;

    Ownership(StartRequest request, MachineEngine engine, ShutdownGuard guard, OwnershipFiles place) {
        this.request = request;
        this.engine = engine;
        this.guard = guard;
        this.place = place;
    }

    private Optional<VmRecord> record() {
        return place.record().read();
    }

    /** Whether this build uses the VM already: another of its modules has started it or attached to it. */
    boolean isInUseHere() {
        return record().flatMap(record -> record.use(request.build())).isPresent();
    }

    /** Fails if the VM would be pulled away under another build. */
    void requireUnused() {
        record().ifPresent(record -> StopDecision.requireUnused(place, record, request.build(), "restarted"));
    }

    /** This build is about to start the VM. */
    void begin() {
        guard();
        List<Use> others = record().map(VmRecord::withoutTheDead)
                .map(record -> record.others(request.build()))
                .orElse(List.of());
        Instant until = Instant.now().plus(request.startTimeout());
        place.record()
                .write(used(VmRecord.starting(request.build(), engine.machine().isMadeByStart(), until)
                        .withUses(others)));
        begun = true;
    }

    /** A start by hand is not a use: nobody would ever end it. */
    private VmRecord used(VmRecord record) {
        return request.build().bound() ? record.usedBy(request.build()) : record;
    }

    /** The VM was started, and the build is about to use it. */
    boolean won() {
        record().ifPresent(record ->
                place.record().write(record.running(engine.machine().lastStart())));
        return true;
    }

    /** Somebody else's start won: the VM is not ours. */
    boolean lost() {
        begun = false;
        place.record().write(used(VmRecord.ofSomebodyElse()));
        return false;
    }

    /** The VM runs already: it is ours if this build has started it, or inherits it from one that died. */
    boolean attach() {
        guard();
        VmRecord record =
                record().filter(found -> !isOfSomebodyElseSince(found)).orElseGet(VmRecord::ofSomebodyElse);
        if (record.isAbandoned()) {
            LOG.info(
                    "The VM was started by {}, which has died; this build takes it over",
                    record.startedBy().get());
            place.record().write(used(record.withStartedBy(request.build()).withUses(List.of())));
            begun = true;
            return true;
        }
        place.record().write(used(record.withoutTheDead()));
        return record.isStartedBy(request.build());
    }

    /** Whether the build of a record has died, and somebody has started the VM anew after that. */
    private boolean isOfSomebodyElseSince(VmRecord record) {
        return record.isAbandoned() && !record.isOfStart(engine.machine().lastStart());
    }

    private void guard() {
        guard.guard(
                new StopRequest(
                        engine.pinned(),
                        request.stopTimeout(),
                        request.build(),
                        false,
                        new HandedFiles(request.reportDirectory()),
                        List::of),
                place);
    }

    /** The build has what it wants. A VM that is to be kept, or was started by hand, outlives it. */
    void handOver() {
        if (request.keepRunning()) {
            record().filter(record -> record.startedBy().isPresent())
                    .ifPresent(record -> place.record().write(record.withKept(true)));
        }
        if (request.keepRunning() || !request.build().bound()) {
            guard.release(place);
        }
    }

    /** A step failed: stops the VM if this start has begun it, and leaves it if not. */
    void undo(ReportBuilder report) {
        if (guard.isDying()) {
            return; // the hook does it
        }
        if (!begun) {
            record().ifPresent(record -> place.record().write(record.leftBy(request.build())));
            return;
        }
        try {
            boolean up = engine.needsStop();
            if (!up || request.stopOnFailure()) {
                stop(up);
            } else {
                LOG.warn("The VM is left running, since <onFailure> is 'keep'");
                record().ifPresent(record ->
                        place.record().write(record.withKept(true).withoutUse(request.build())));
            }
            guard.release(place);
        } catch (ProblemException e) {
            Problem left = e.problem();
            report.check(
                    Check.fail("vm.stopped", engine.machine().name(), "not stopped: " + left.toSentence(), left.fix()));
        } catch (RuntimeException e) {
            // What the start itself failed of is told; the end of the session tries again.
            LOG.error("The VM could not be stopped: {}", ForeignFailure.words(e));
        }
    }

    private void stop(boolean up) {
        Optional<VmRecord> record = record();
        if (up) {
            LOG.info("The start failed; stopping the VM that it started");
            record.ifPresent(found -> place.record().write(VmProcess.stopping(found, request.stopTimeout())));
            engine.stop(request.stopTimeout(), VmProcess.recordedIn(place.record()));
        }
        record.ifPresent(found -> IncompleteVm.rememberOrRemove(place.record(), found, engine.machine()));
    }
}
