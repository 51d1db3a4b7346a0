package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.minishift.VmShell;
import io.github.cdkmaven.minishift.VmStatus;
import io.github.cdkmaven.openshift.ClusterAccess;
import io.github.cdkmaven.openshift.Login;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.RunReport;
import io.github.cdkmaven.report.Verdict;
import io.github.cdkmaven.streams.StreamOrder;
import io.github.cdkmaven.verify.Verification;
import io.github.cdkmaven.verify.VerifyOrder;
import io.github.cdkmaven.verify.VerifyPolicy;
import java.time.Duration;

/** Proves where the images of a CDK that runs came from, and changes nothing. */
public final class VerifyCdk {

    private static final Duration READY = Duration.ofMinutes(2);

    private final VerifyRequest request;
    private final CommandRunner runner;
    private final ReportBuilder report;

    /** A proof that is still to be made. */
    public VerifyCdk(VerifyRequest request, CommandRunner runner, ReportBuilder report) {
        this.request = request;
        this.runner = runner;
        this.report = report;
        report.registry(request.settings().registry().toString());
    }

    /**
     * Makes it.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if no CDK runs, or if something in it did not come from the registry
     */
    public void run() {
        Minishift minishift =
                request.tools().minishift(runner, request.reportDirectory().resolve("minishift.kubeconfig"));
        Product product = minishift.product();
        MachineFiles files = request.tools().machineFiles();
        report.cdk(CdkFacts.none().withMinishift(product.minishiftText()).withProfile(files.profile()));
        product.cdkText().ifPresent(text -> report.cdk(CdkFacts.none().withVersion(text)));
        VmStatus status = minishift.status();
        if (!status.openshiftRunning()) {
            throw Problem.of(
                            "There is no running CDK whose images could be looked at.",
                            "start it with " + files.goal("start")
                                    + ", or name the one that runs: <home>, <profile> (-Dcdk.home, -Dcdk.profile)")
                    .with("minishift status: " + status)
                    .toException();
        }
        status.openshift().ifPresent(version -> report.cdk(CdkFacts.none().withOpenshift(version)));
        minishift.ip().ifPresent(ip -> report.cdk(CdkFacts.none().withIp(ip)));
        try {
            OpenShiftApi api = new OpenShiftApi(report.step("Log in", () -> {
                Deadline deadline = Deadline.in(READY);
                ClusterAccess cluster =
                        ClusterLogin.cluster(runner, request.tools().oc(files), files, deadline);
                return Login.asAdministrator(cluster, Permission.toVerify(), deadline);
            }));
            prove(request.settings(), request.streams(), request.policy(), minishift, files, api, report);
        } catch (RuntimeException e) {
            if (!isToldByReport()) {
                new DebugBundle(request, minishift, files).write(product, runner);
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

    /** The same as the last step of a start, unless it is to be left out. */
    static void afterStart(
            StartRequest request, Minishift minishift, MachineFiles files, OpenShiftApi api, ReportBuilder report) {
        if (!request.verify().skip()) {
            prove(request.settings(), request.streams(), request.verify(), minishift, files, api, report);
        }
    }

    private static void prove(
            StartSettings settings,
            StreamOrder streams,
            VerifyPolicy policy,
            Minishift minishift,
            MachineFiles files,
            OpenShiftApi api,
            ReportBuilder report) {
        boolean generic = settings.isGeneric() || files.isGeneric();
        VerifyOrder order = new VerifyOrder(
                streams.access(),
                streams.policy().relocation(),
                streams.policy().namespaces(),
                settings,
                files,
                generic,
                policy);
        report.step("Verify where the images came from", () -> {
            new Verification(order, new VmShell(minishift), api).run(report);
            return true;
        });
    }
}
