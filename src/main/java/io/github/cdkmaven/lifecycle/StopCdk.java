package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.VmStatus;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops what this build started, and checks that it stopped. */
public final class StopCdk {

    private static final Logger LOG = LoggerFactory.getLogger(StopCdk.class);

    private final StopRequest request;
    private final CommandRunner runner;
    private final ReportBuilder report;

    /** A stop that is still to be run. */
    public StopCdk(StopRequest request, CommandRunner runner, ReportBuilder report) {
        this.request = request;
        this.runner = runner;
        this.report = report;
    }

    /**
     * Stops the VM if it is ours.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is ours and still up afterwards
     */
    public void run() {
        Optional<StartRecord> record =
                StartRecord.read(request.reportDirectory()).filter(this::isOurs);
        if (record.isEmpty()) {
            LOG.info("The CDK was not started by this build; nothing is stopped");
            report.note("The CDK was not started by this build; nothing was stopped.");
            return;
        }
        Minishift minishift =
                request.tools().minishift(runner, request.reportDirectory().resolve("minishift.kubeconfig"));
        MachineFiles files = request.tools().machineFiles();
        boolean generic = request.genericDriver() || files.isGeneric();
        report.cdk(CdkFacts.none().withProfile(files.profile()));
        VmStatus before = minishift.status();
        if (before.isStopped(generic)) {
            LOG.info("The CDK is stopped already");
        } else {
            report.step("Stop the CDK", () -> {
                new VmStop(minishift, generic, request.tools().accountHome()).run(request.stopTimeout());
                return true;
            });
            LOG.info("The CDK is stopped");
        }
        report.check(Check.ok("vm.stopped", files.profile(), "minishift status says that it does not run"));
        StartRecord.remove(request.reportDirectory());
    }

    /** A stop by hand is for whatever a start in this folder left; a stop in a build only for that build's own start. */
    private boolean isOurs(StartRecord record) {
        return !request.build().bound()
                || record.build().id().equals(request.build().id());
    }
}
