package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.UserKubeconfig;
import io.github.cdkmaven.minishift.VmStatus;
import io.github.cdkmaven.minishift.VmStop;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.VmLock;
import io.github.cdkmaven.ownership.VmRecord;
import io.github.cdkmaven.ownership.VmRecordFile;
import io.github.cdkmaven.process.CommandRunner;
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
    private final CommandRunner runner;
    private final ShutdownGuard end;
    private final ReportBuilder report;

    /**
     * A stop that is still to be run.
     *
     * @param end what is to happen should this build end before its stop
     */
    public StopCdk(StopRequest request, CommandRunner runner, ShutdownGuard end, ReportBuilder report) {
        this.request = request;
        this.runner = runner;
        this.end = end;
        this.report = report;
    }

    /**
     * Stops the VM if it is for this build to do so.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is still up afterwards, or if it was to be stopped by hand while a build uses it
     */
    public void run() {
        UserKubeconfig.recover(request.tools().accountHome());
        MachineFiles files = request.tools().machineFiles();
        OwnershipFiles ownership = OwnershipFiles.of(files);
        if (ownership.record().read().filter(this::concerns).isEmpty()) {
            report.note(notOurs());
            return;
        }
        VmLock.during(
                ownership,
                request.build(),
                request.stopTimeout(),
                "stopTimeout",
                () -> end.working(() -> runAlone(files, ownership)));
    }

    /** The same where this build has the lock already; returns whether the VM was stopped. */
    boolean runAlone(MachineFiles files, OwnershipFiles ownership) {
        Optional<VmRecord> found = ownership.record().read().filter(this::concerns);
        if (found.isEmpty()) {
            report.note(notOurs());
            end.release(ownership);
            return false;
        }
        Leave leave = new Leave(request, ownership);
        Optional<String> reason = leave.reasonToLeaveItUp(found.get());
        if (reason.isPresent()) {
            report.note(reason.get());
        } else {
            stop(files, ownership.record(), found.get());
        }
        if (!leave.isStillInUseHere()) {
            end.release(ownership);
        }
        return reason.isEmpty();
    }

    /** A stop by hand is for whatever was started with the plugin; a stop in a build for what that build started or uses. */
    private boolean concerns(VmRecord record) {
        return record.concerns(request.build())
                || !request.build().bound() && record.startedBy().isPresent();
    }

    private String notOurs() {
        return request.build().bound()
                ? "The CDK was not started by this build; nothing was stopped."
                : "The CDK was not started with the plugin; nothing was stopped.";
    }

    private void stop(MachineFiles files, VmRecordFile file, VmRecord record) {
        CommandRunner watched = VmChild.watched(runner, file);
        Minishift minishift =
                request.tools().minishift(watched, request.reportDirectory().resolve("minishift.kubeconfig"));
        boolean generic = record.generic() || files.isGeneric();
        report.cdk(CdkFacts.none().withProfile(files.profile()));
        VmStatus before = minishift.status();
        if (before.isStopped(generic)) {
            LOG.info("The CDK is stopped already");
        } else {
            file.write(VmChild.stopping(record, request.stopTimeout()));
            report.step("Stop the CDK", () -> {
                new VmStop(minishift, files, generic, request.tools().accountHome()).run(request.stopTimeout());
                return true;
            });
            LOG.info("The CDK is stopped");
        }
        report.check(Check.ok("vm.stopped", files.profile(), "minishift status says that it does not run"));
        HalfMade.rememberOrRemove(file, record, files);
    }
}
