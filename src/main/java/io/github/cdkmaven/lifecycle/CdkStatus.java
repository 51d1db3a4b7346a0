package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Difference;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.Machine;
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

/** Tells how the VM is: its state, address and console, who started it, and how it differs from the POM. Changes nothing. */
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
        Machine machine = engine.machine();
        State state = engine.state();
        report.cdk(product.facts()
                .withProfile(machine.name())
                .withOpenshift(state.openshift().orElse("")));
        LOG.info("{}, profile {}, home {}", product, machine.name(), machine.home());
        tell("vm.state", machine.name(), state.toString());
        if (state.isRunning()) {
            engine.address().ifPresent(ip -> {
                report.cdk(CdkFacts.none().withIp(ip));
                tell("vm.address", machine.name(), ip);
            });
            engine.console().ifPresent(url -> tell("vm.console", machine.name(), url));
        }
        new OwnerLines(OwnershipFiles.of(machine)).lines(state).forEach(line -> tell("vm.owner", machine.name(), line));
        if (state.phase() == Phase.LOST) {
            String words = engine.name() + " has a record of the VM, but there is no such VM";
            report.check(Check.warn("vm.record", machine.name(), words, Differences.recreate(machine)));
            LOG.warn("{}: {}", words, Differences.recreate(machine));
        }
        if (!compare) {
            LOG.info("No registry is named, so that the VM is not compared with the POM");
        } else if (machine.exists()) {
            differences(machine);
        }
    }

    private void tell(String id, String subject, String words) {
        LOG.info("{}: {}", id, ConsoleSummary.safe(words));
        report.check(Check.ok(id, subject, words));
    }

    private void differences(Machine machine) {
        List<Difference> differences = engine.differences();
        if (differences.isEmpty()) {
            tell("vm.drift", machine.name(), "the VM is as the POM asks");
            return;
        }
        LOG.warn("The VM was created with other settings than the POM asks for:");
        Difference.table(differences).forEach(line -> LOG.warn("  {}", line));
        differences.forEach(row -> report.check(Check.warn(
                "vm.drift",
                row.option(),
                "POM: " + row.wanted() + ", VM: " + row.actual(),
                Differences.recreate(machine))));
    }
}
