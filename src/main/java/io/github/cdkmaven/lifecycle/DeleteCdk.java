package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.UserKubeconfig;
import io.github.cdkmaven.minishift.VmStatus;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the VM, whoever created it, and checks that it is gone. The cache stays, so that the next start needs to fetch nothing again. */
public final class DeleteCdk {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteCdk.class);

    private final Tools tools;
    private final Duration limit;
    private final Path reportDirectory;
    private final CommandRunner runner;
    private final ReportBuilder report;

    /**
     * A deletion that is still to be run.
     *
     * @param limit how long it may take
     * @param reportDirectory where a start left its record, which goes with the VM
     */
    public DeleteCdk(Tools tools, Duration limit, Path reportDirectory, CommandRunner runner, ReportBuilder report) {
        this.tools = tools;
        this.limit = limit;
        this.reportDirectory = reportDirectory;
        this.runner = runner;
        this.report = report;
    }

    /**
     * Deletes the VM.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is still there afterwards
     */
    public void run() {
        Minishift minishift = tools.minishift(runner, reportDirectory.resolve("minishift.kubeconfig"));
        MachineFiles files = tools.machineFiles();
        report.cdk(CdkFacts.none().withProfile(files.profile()));
        if (!files.hasProfile()) {
            throw Problem.of(
                            "There is no profile '" + files.profile() + "' in " + files.home() + ".",
                            "<profile> or -Dcdk.profile=… with one that 'minishift profile list' shows")
                    .toException();
        }
        VmStatus before = minishift.status();
        if (isGone(before, files)) {
            LOG.info("There is no VM '{}'; nothing is deleted", files.profile());
            report.check(Check.ok("vm.deleted", files.profile(), "there was none"));
            return;
        }
        LOG.info("Deleting the VM '{}' ({}); the cache in {} stays", files.profile(), before, files.home());
        CommandResult result = report.step(
                "Delete the VM",
                () -> UserKubeconfig.during(
                        tools.accountHome(),
                        () -> minishift.delete(limit, line -> LOG.info("  minishift | {}", line))));
        VmStatus after = minishift.status();
        if (!isGone(after, files)) {
            throw problem(result, after, files).toException();
        }
        StartRecord.remove(reportDirectory);
        report.check(Check.ok("vm.deleted", files.profile(), "minishift status says that it does not exist"));
        LOG.info("The VM is deleted");
    }

    private static boolean isGone(VmStatus status, MachineFiles files) {
        return !status.exists() && !files.hasMachine();
    }

    private Problem problem(CommandResult result, VmStatus after, MachineFiles files) {
        String how = result.ended() ? "did not end within " + Heartbeat.words(limit) : "exited " + result.exit();
        return Problem.of(
                        "'minishift delete --force' " + how + ", and the VM is still there.",
                        "run it by hand and mend what it says; if the hypervisor does not know the VM any more, remove the folder "
                                + files.machineFolder())
                .with("minishift status: " + after)
                .with(result.lastLines());
    }
}
