package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.minishift.Drift;
import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.minishift.StartPlan;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.minishift.VmCheck;
import io.github.cdkmaven.minishift.VmStatus;
import io.github.cdkmaven.ownership.OwnerLines;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ConsoleSummary;
import io.github.cdkmaven.report.ReportBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how the VM is: its state, address and console, who started it, and how it differs from the POM. Changes nothing. */
public final class CdkStatus {

    private static final Logger LOG = LoggerFactory.getLogger(CdkStatus.class);

    /**
     * What the POM wants of the VM.
     *
     * @param settings what minishift would be started with
     * @param relocation where images go
     */
    public record Wanted(StartSettings settings, Relocation relocation) {}

    private final CdkInstallation tools;
    private final Optional<Wanted> wanted;
    private final Path reportDirectory;
    private final CommandRunner runner;
    private final ReportBuilder report;

    /**
     * A look that is still to be taken.
     *
     * @param wanted what to compare the VM with; absent where the POM names no registry
     * @param reportDirectory where the private kubeconfig goes
     */
    public CdkStatus(
            CdkInstallation tools,
            Optional<Wanted> wanted,
            Path reportDirectory,
            CommandRunner runner,
            ReportBuilder report) {
        this.tools = tools;
        this.wanted = wanted;
        this.reportDirectory = reportDirectory;
        this.runner = runner;
        this.report = report;
    }

    /**
     * Takes the look.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if minishift cannot be asked
     */
    public void run() {
        Minishift minishift = tools.minishift(runner, reportDirectory.resolve("minishift.kubeconfig"));
        Product product = minishift.product();
        MachineFiles files = tools.machineFiles();
        VmStatus status = minishift.status();
        report.cdk(CdkFacts.none()
                .withMinishift(product.minishiftText())
                .withVersion(product.cdkText().orElse(""))
                .withProfile(files.profile())
                .withOpenshift(status.openshift().orElse("")));
        LOG.info("{}, profile {}, home {}", product, files.profile(), files.home());
        tell("vm.state", files.profile(), status.toString());
        if (status.openshiftRunning()) {
            minishift.ip().ifPresent(ip -> {
                report.cdk(CdkFacts.none().withIp(ip));
                tell("vm.address", files.profile(), ip);
            });
            minishift.consoleUrl().ifPresent(url -> tell("vm.console", files.profile(), url));
        }
        new OwnerLines(OwnershipFiles.of(files)).lines(status).forEach(line -> tell("vm.owner", files.profile(), line));
        halfMade(status, files);
        wanted.ifPresentOrElse(
                pom -> drift(pom, product, files),
                () -> LOG.info("No registry is named, so that the VM is not compared with the POM"));
    }

    private void tell(String id, String subject, String words) {
        LOG.info("{}: {}", id, ConsoleSummary.safe(words));
        report.check(Check.ok(id, subject, words));
    }

    private void halfMade(VmStatus status, MachineFiles files) {
        if (!status.exists() && files.hasMachine()) {
            report.check(Check.warn(
                    "vm.record",
                    files.profile(),
                    "minishift has a record of the VM, but there is no such VM",
                    VmCheck.recreate(files)));
            LOG.warn("minishift has a record of the VM, but there is no such VM: {}", VmCheck.recreate(files));
        }
    }

    private void drift(Wanted pom, Product product, MachineFiles files) {
        if (!files.hasMachine()) {
            return;
        }
        String openshift = StartPlan.openshift(product, pom.settings(), files.cachedOpenShifts());
        List<Drift> drift = VmCheck.drift(StartPlan.of(product, pom.settings(), pom.relocation(), openshift), files);
        if (drift.isEmpty()) {
            tell("vm.drift", files.profile(), "the VM is as the POM asks");
            return;
        }
        LOG.warn("The VM was created with other settings than the POM asks for:");
        VmCheck.table(drift).forEach(line -> LOG.warn("  {}", line));
        drift.forEach(row -> report.check(Check.warn(
                "vm.drift", row.option(), "POM: " + row.pom() + ", VM: " + row.vm(), VmCheck.recreate(files))));
    }
}
