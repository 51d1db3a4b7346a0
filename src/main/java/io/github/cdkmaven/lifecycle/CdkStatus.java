package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Difference;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.Machine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.engine.Product;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.engine.State.Phase;
import io.github.cdkmaven.ownership.OwnerLines;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ConsoleSummary;
import io.github.cdkmaven.report.ReportBuilder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how a cluster is: which one, its state, address and console, and, of a VM, who started it and how it differs from the POM. Changes
 * nothing.
 */
public final class CdkStatus {

    private static final Logger LOG = LoggerFactory.getLogger(CdkStatus.class);

    private final Engine engine;
    private final boolean compare;
    private final ReportBuilder report;

    /**
     * A look that is still to be taken.
     *
     * @param compare whether the VM is compared with the POM, which has to name a registry for that
     */
    public CdkStatus(Engine engine, boolean compare, ReportBuilder report) {
        this.engine = engine;
        this.compare = compare;
        this.report = report;
    }

    /**
     * Takes the look.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the engine cannot be asked
     */
    public void run() {
        Product product = engine.product();
        State state = engine.state();
        report.cdk(product.facts().withOpenshift(state.openshift().orElse("")));
        engine.withMachine().ifPresentOrElse(owner -> ofMachine(owner, product, state), () -> {
            LOG.info("{}, {}", product, product.program());
            tell("cluster.state", product.program(), state.toString());
            place(product.program(), state);
        });
    }

    private void ofMachine(MachineEngine owner, Product product, State state) {
        Machine machine = owner.machine();
        String name = machine.name();
        report.cdk(CdkFacts.none().withProfile(machine.profile()));
        LOG.info("{}{}, home {}", product, machine.isOnly() ? "" : ", profile " + machine.profile(), machine.home());
        tell("vm.state", name, state.toString());
        state.obstacle().ifPresent(problem -> {
            report.check(Check.warn("vm.state", name, problem.what(), problem.fix()));
            LOG.warn("{} Fix: {}", problem.what(), problem.fix());
        });
        place(name, state);
        new OwnerLines(OwnershipFiles.of(machine)).lines(state).forEach(line -> tell("vm.owner", name, line));
        if (state.phase() == Phase.LOST) {
            String words = engine.name() + " has a record of the VM, but the VM does not exist";
            report.check(Check.warn("vm.record", name, words, Differences.recreate(machine)));
            LOG.warn("{}: {}", words, Differences.recreate(machine));
        }
        if (!compare) {
            LOG.info("No registry is configured, so the VM is not compared with the POM");
        } else if (machine.exists()) {
            differences(owner, machine);
        }
    }

    private void place(String subject, State state) {
        if (state.isRunning()) {
            engine.address().ifPresent(address -> {
                report.cdk(CdkFacts.none().withIp(address));
                tell("vm.address", subject, address);
            });
            engine.console().ifPresent(url -> tell("vm.console", subject, url));
        }
    }

    private void tell(String id, String subject, String words) {
        LOG.info("{}: {}", id, ConsoleSummary.safe(words));
        report.check(Check.ok(id, subject, words));
    }

    private void differences(MachineEngine owner, Machine machine) {
        List<Difference> differences = owner.differences();
        if (differences.isEmpty()) {
            tell("vm.drift", machine.name(), "the VM matches the POM");
            return;
        }
        LOG.warn("The VM was created with settings that differ from the POM:");
        Difference.table(differences).forEach(line -> LOG.warn("  {}", line));
        differences.forEach(row -> report.check(Check.warn(
                "vm.drift",
                row.option(),
                "POM: " + row.wanted() + ", VM: " + row.actual(),
                Differences.recreate(machine))));
    }
}
