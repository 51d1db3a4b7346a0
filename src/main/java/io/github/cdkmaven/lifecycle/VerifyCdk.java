package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.RunReport;
import io.github.cdkmaven.report.Verdict;
import io.github.cdkmaven.verify.Verification;
import io.github.cdkmaven.verify.VerifyPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Proves where the images of a CDK that runs came from, and changes nothing. */
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
     * @throws io.github.cdkmaven.problem.ProblemException if no CDK runs, or if something in it did not come from the registry
     */
    public void run() {
        report.cdk(engine.product().facts().withProfile(engine.machine().name()));
        State state = engine.state();
        if (!state.isRunning()) {
            throw Problem.of(
                            "There is no running CDK whose images could be looked at.",
                            "start it with " + engine.machine().goal("start")
                                    + ", or name the one that runs: <home>, <profile> (-Dcdk.home, -Dcdk.profile)")
                    .with(engine.name() + " status: " + state)
                    .toException();
        }
        report.cdk(CdkFacts.none()
                .withOpenshift(state.openshift().orElse(""))
                .withIp(engine.address().orElse("")));
        try {
            OpenShiftApi api =
                    report.step("Log in", () -> engine.administrator(Permission.toVerify(), Deadline.in(READY)));
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
