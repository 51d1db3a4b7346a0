package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Machine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.engine.State.Phase;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.StopDecision;
import io.github.cdkmaven.ownership.VmLock;
import io.github.cdkmaven.ownership.VmProcess;
import io.github.cdkmaven.ownership.VmRecordFile;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.nio.file.Files;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the VM, whoever created it, and checks that it is gone. The cache stays, so that the next start needs to fetch nothing again. A VM
 * that a build uses is not deleted under it.
 */
public final class DeleteCdk {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteCdk.class);

    private final MachineEngine engine;
    private final Duration limit;
    private final Build build;
    private final ReportBuilder report;

    /**
     * A deletion that is still to be run.
     *
     * @param limit how long it may take
     * @param build who asks
     */
    public DeleteCdk(MachineEngine engine, Duration limit, Build build, ReportBuilder report) {
        this.engine = engine;
        this.limit = limit;
        this.build = build;
        this.report = report;
    }

    /**
     * Deletes the VM.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is still there afterwards, or if a build uses it
     */
    public void run() {
        engine.recover();
        Machine machine = engine.machine();
        report.cdk(CdkFacts.none().withProfile(machine.profile()));
        if (!machine.known()) {
            throw Problem.of(
                            "There is no profile '" + machine.name() + "' in " + machine.home() + ".",
                            "<profile> or -Dcdk.profile=… with a profile that 'minishift profile list' shows")
                    .toException();
        }
        if (!Files.isDirectory(machine.home())) {
            nothingThere(machine);
            return;
        }
        OwnershipFiles place = OwnershipFiles.of(machine);
        VmLock.during(place, build, limit, "stopTimeout", () -> {
            place.record().read().ifPresent(record -> StopDecision.requireUnused(place, record, build, "deleted"));
            boolean deleted = delete(machine, place.record());
            place.record().remove();
            return deleted;
        });
    }

    private void nothingThere(Machine machine) {
        LOG.info("There is no VM '{}'; nothing is deleted", machine.name());
        report.check(Check.ok("vm.deleted", machine.name(), "there was none"));
    }

    private boolean delete(Machine machine, VmRecordFile file) {
        State before = engine.state();
        if (before.phase() == Phase.ABSENT) {
            nothingThere(machine);
            return false;
        }
        LOG.info("Deleting the VM '{}' ({}); the cache in {} stays", machine.name(), before, machine.home());
        report.step("Delete the VM", () -> {
            engine.delete(limit, VmProcess.recordedIn(file));
            return true;
        });
        report.check(Check.ok("vm.deleted", machine.name(), engine.name() + " status reports that it does not exist"));
        LOG.info("The VM is deleted");
        return true;
    }
}
