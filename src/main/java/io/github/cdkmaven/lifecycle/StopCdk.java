package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.ownership.IncompleteVm;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.StopDecision;
import io.github.cdkmaven.ownership.VmLock;
import io.github.cdkmaven.ownership.VmProcess;
import io.github.cdkmaven.ownership.VmRecord;
import io.github.cdkmaven.ownership.VmRecordFile;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the VM when the last build that uses it has done with it, and checks that it stopped. */
public final class StopCdk {

    private static final Logger LOG = LoggerFactory.getLogger(StopCdk.class);

    private final StopRequest request;
    private final MachineEngine engine;
    private final ShutdownGuard guard;
    private final ReportBuilder report;

    /**
     * A stop that is still to be run.
     *
     * @param guard what is to happen should this build end before its stop
     */
    public StopCdk(StopRequest request, ShutdownGuard guard, ReportBuilder report) {
        this.request = request;
        this.engine = request.engine();
        this.guard = guard;
        this.report = report;
    }

    /**
     * Stops the VM if it is for this build to do so.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is still up afterwards, or if it was to be stopped by hand while a build uses it
     */
    public void run() {
        engine.recover();
        OwnershipFiles place = OwnershipFiles.of(engine.machine());
        if (place.record().read().filter(this::concerns).isEmpty()) {
            report.note(notOurs());
            return;
        }
        VmLock.during(
                place,
                request.build(),
                request.stopTimeout(),
                "stopTimeout",
                () -> guard.working(() -> runAlone(place)));
    }

    /** The same where this build has the lock already; returns whether the VM was stopped. */
    boolean runAlone(OwnershipFiles place) {
        Optional<VmRecord> found = place.record().read().filter(this::concerns);
        if (found.isEmpty()) {
            report.note(notOurs());
            guard.release(place);
            return false;
        }
        StopDecision decision = new StopDecision(
                request.build(),
                request.keepRunning(),
                request.comingModules(),
                place,
                engine.machine().goal("stop"));
        Optional<String> reason = decision.reasonToLeaveItUp(found.get());
        if (reason.isPresent()) {
            report.note(reason.get());
        } else {
            stop(place.record(), found.get());
            request.files().remove();
            guard.removeHanded(place);
        }
        if (!decision.isStillInUseHere()) {
            guard.release(place);
        }
        return reason.isEmpty();
    }

    /** A stop by hand is for whatever was started with the plugin; a stop in a build for what that build started or uses. */
    private boolean concerns(VmRecord record) {
        return record.concerns(request.build())
                || !request.build().bound() && record.startedBy().isPresent();
    }

    private String notOurs() {
        return "The " + engine.noun()
                + (request.build().bound()
                        ? " was not started by this build; nothing was stopped."
                        : " was not started with the plugin; nothing was stopped.");
    }

    private void stop(VmRecordFile file, VmRecord record) {
        String name = engine.machine().name();
        report.cdk(CdkFacts.none().withProfile(engine.machine().profile()));
        if (!engine.needsStop()) {
            LOG.info("The {} is already stopped", engine.noun());
        } else {
            file.write(VmProcess.stopping(record, request.stopTimeout()));
            report.step("Stop the " + engine.noun(), () -> {
                engine.stop(request.stopTimeout(), VmProcess.recordedIn(file));
                return true;
            });
            LOG.info("The {} is stopped", engine.noun());
        }
        report.check(Check.ok("vm.stopped", name, engine.name() + " status reports that it is not running"));
        IncompleteVm.rememberOrRemove(file, record, engine.machine());
    }
}
