package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.RunReport;
import io.github.cdkmaven.report.Verdict;
import io.github.cdkmaven.verify.Verification;
import io.github.cdkmaven.verify.VerifyPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Proves where the images of a cluster that runs came from, and changes nothing. */
public final class VerifyCdk {

    private static final Duration READY = Duration.ofMinutes(2);

    private final Engine engine;
    private final Registries registries;
    private final List<String> namespaces;
    private final VerifyPolicy policy;
    private final Path reportDirectory;
    private final ReportBuilder report;

    /**
     * A proof that is still to be made.
     *
     * @param namespaces whose ImageStreams are looked at
     * @param policy how the proof is to be made
     */
    public VerifyCdk(
            Engine engine,
            Registries registries,
            List<String> namespaces,
            VerifyPolicy policy,
            Path reportDirectory,
            ReportBuilder report) {
        this.engine = engine;
        this.registries = registries;
        this.namespaces = namespaces;
        this.policy = policy;
        this.reportDirectory = reportDirectory;
        this.report = report;
        report.registry(registries.own().name().toString());
    }

    /**
     * Makes it.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if nothing runs, or if something in it did not come from the registry
     */
    public void run() {
        RunningCluster.require(engine, "whose images could be looked at", report);
        try {
            OpenShiftApi api = RunningCluster.logIn(
                    engine, Permission.toVerify(engine.scope(namespaces)), Deadline.in(READY), report);
            report.step("Verify where the images came from", () -> {
                new Verification(registries, namespaces, policy, engine, api).run(report);
                return true;
            });
        } catch (RuntimeException e) {
            if (!isToldByReport()) {
                new DebugBundle(engine, registries, reportDirectory).write();
            }
            throw e;
        }
    }

    /** Images from outside are a finding and no malfunction: nothing could tell more of them than the report does. */
    private boolean isToldByReport() {
        RunReport soFar = report.build();
        return !soFar.images(Verdict.EXTERNAL).isEmpty()
                && soFar.checks(CheckOutcome.FAIL).isEmpty();
    }
}
