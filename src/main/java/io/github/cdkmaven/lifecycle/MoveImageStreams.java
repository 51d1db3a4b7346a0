package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.MasterConfig;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.RegistryWhitelist;
import io.github.cdkmaven.minishift.VmStatus;
import io.github.cdkmaven.openshift.ClusterAccess;
import io.github.cdkmaven.openshift.Kubeconfig;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.streams.StreamMoving;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Moves the ImageStreams of a CDK that runs, or of another cluster, and does nothing else. */
public final class MoveImageStreams {

    private static final Duration READY = Duration.ofMinutes(2);

    private final MoveRequest request;
    private final CommandRunner runner;
    private final ReportBuilder report;
    private final Deadline ready = Deadline.in(READY);

    /** A move that is still to be run. */
    public MoveImageStreams(MoveRequest request, CommandRunner runner, ReportBuilder report) {
        this.request = request;
        this.runner = runner;
        this.report = report;
        report.registry(request.streams().registry().toString());
    }

    /**
     * Moves them.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if there is no cluster, if a right is missing, or if tags failed that count
     */
    public void run() {
        OpenShiftApi api = request.kubeconfig().isPresent()
                ? report.step("Log in", () -> otherCluster(request.kubeconfig().get()))
                : runningCdk();
        report.step("Move the ImageStreams", () -> {
            new StreamMoving(request.streams()).run(api, report);
            return true;
        });
    }

    private OpenShiftApi otherCluster(Path kubeconfig) {
        MachineFiles files = request.tools().machineFiles();
        ClusterAccess access = Kubeconfig.read(runner, request.tools().oc(files), kubeconfig, request.context());
        OpenShiftApi api = new OpenShiftApi(access);
        List<Permission> rights = StreamMoving.rights(request.streams());
        Permission.firstMissing(api.within(Deadline.in(READY)), rights).ifPresent(right -> {
            throw Problem.of(
                            "The user of " + kubeconfig + " may not move the ImageStreams on " + access.server() + ".",
                            "let an administrator grant it: 'oc adm policy add-role-to-user edit <user> -n "
                                    + right.namespace() + "', or use another login: <kubeconfig>, <context>")
                    .with("missing: " + right)
                    .toException();
        });
        return api;
    }

    private OpenShiftApi runningCdk() {
        Minishift minishift =
                request.tools().minishift(runner, request.reportDirectory().resolve("minishift.kubeconfig"));
        VmStatus status = minishift.status();
        MachineFiles files = request.tools().machineFiles();
        if (!status.openshiftRunning()) {
            throw Problem.of(
                            "There is no running CDK whose ImageStreams could be moved.",
                            "start it with " + files.goal("start")
                                    + ", or name another cluster's kubeconfig: <kubeconfig> (-Dcdk.kubeconfig=…)")
                    .with("minishift status: " + status)
                    .toException();
        }
        report.cdk(CdkFacts.none()
                .withProfile(files.profile())
                .withOpenshift(status.openshift().orElse("")));
        OpenShiftApi api = new OpenShiftApi(report.step("Log in", () -> {
            ClusterAccess cluster = ClusterLogin.cluster(runner, request.tools().oc(files), files, ready);
            return ClusterLogin.administrator(cluster, request.streams(), ready);
        }));
        if (!request.streams().policy().dryRun()) {
            report.step("Allow the registry", () -> new RegistryWhitelist(new MasterConfig(minishift), api)
                            .admit(
                                    status.openshift().orElse(""),
                                    request.streams().policy().relocation().targetHosts(),
                                    request.streams().policy().registryInsecure(),
                                    ready))
                    .ifPresent(report::note);
        }
        return api;
    }
}
