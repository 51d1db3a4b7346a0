package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.UserKubeconfig;
import io.github.cdkmaven.minishift.VmDelete;
import io.github.cdkmaven.minishift.VmStatus;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.VmLock;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the VM, whoever created it, and checks that it is gone. The cache stays, so that the next start needs to fetch nothing again. A VM
 * that a build uses is not deleted under it.
 */
public final class DeleteCdk {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteCdk.class);

    private final CdkInstallation tools;
    private final Duration limit;
    private final Path reportDirectory;
    private final Build build;
    private final CommandRunner runner;
    private final ReportBuilder report;

    /**
     * A deletion that is still to be run.
     *
     * @param limit how long it may take
     * @param reportDirectory where reports go
     * @param build who asks
     */
    public DeleteCdk(
            CdkInstallation tools,
            Duration limit,
            Path reportDirectory,
            Build build,
            CommandRunner runner,
            ReportBuilder report) {
        this.tools = tools;
        this.limit = limit;
        this.reportDirectory = reportDirectory;
        this.build = build;
        this.runner = runner;
        this.report = report;
    }

    /**
     * Deletes the VM.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is still there afterwards, or if a build uses it
     */
    public void run() {
        UserKubeconfig.recover(tools.accountHome());
        MachineFiles files = tools.machineFiles();
        report.cdk(CdkFacts.none().withProfile(files.profile()));
        Minishift minishift = tools.minishift(runner, reportDirectory.resolve("minishift.kubeconfig"));
        if (!files.hasProfile()) {
            throw Problem.of(
                            "There is no profile '" + files.profile() + "' in " + files.home() + ".",
                            "<profile> or -Dcdk.profile=… with one that 'minishift profile list' shows")
                    .toException();
        }
        if (!Files.isDirectory(files.home())) {
            nothingThere(files);
            return;
        }
        OwnershipFiles ownership = OwnershipFiles.of(files);
        VmLock.during(ownership, build, limit, "stopTimeout", () -> {
            ownership.record().read().ifPresent(record -> Leave.requireUnused(record, build, "deleted"));
            boolean deleted = delete(minishift, files);
            ownership.record().remove();
            return deleted;
        });
    }

    private void nothingThere(MachineFiles files) {
        LOG.info("There is no VM '{}'; nothing is deleted", files.profile());
        report.check(Check.ok("vm.deleted", files.profile(), "there was none"));
    }

    private boolean delete(Minishift minishift, MachineFiles files) {
        VmDelete deletion = new VmDelete(minishift, files, tools.accountHome());
        VmStatus before = minishift.status();
        if (deletion.isGone(before)) {
            nothingThere(files);
            return false;
        }
        LOG.info("Deleting the VM '{}' ({}); the cache in {} stays", files.profile(), before, files.home());
        report.step("Delete the VM", () -> deletion.run(limit));
        report.check(Check.ok("vm.deleted", files.profile(), "minishift status says that it does not exist"));
        LOG.info("The VM is deleted");
        return true;
    }
}
