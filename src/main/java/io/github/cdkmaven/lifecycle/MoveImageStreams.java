package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.openshift.ClusterAccess;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.CdkFacts.Fact;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.streams.StreamMoving;
import io.github.cdkmaven.streams.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Moves the ImageStreams of a CDK that runs, or of another cluster, and does nothing else. */
public final class MoveImageStreams {

    private static final Duration READY = Duration.ofMinutes(2);

    private final Engine engine;
    private final Streams streams;
    private final Optional<Path> kubeconfig;
    private final Optional<String> context;
    private final ReportBuilder report;
    private final StreamMoving moving;
    private final Deadline ready = Deadline.in(READY);

    /**
     * A move that is still to be run.
     *
     * @param kubeconfig the cluster to work on; absent for the engine's own
     * @param context the kubeconfig's context; absent for its current one
     */
    public MoveImageStreams(
            Engine engine,
            Registries registries,
            Streams streams,
            Optional<Path> kubeconfig,
            Optional<String> context,
            ReportBuilder report) {
        this.engine = engine;
        this.streams = streams;
        this.kubeconfig = kubeconfig;
        this.context = context;
        this.report = report;
        this.moving = new StreamMoving(registries, streams);
        report.registry(registries.own().name().toString());
    }

    /**
     * Moves them.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if there is no cluster, if a permission is missing, or if tags failed that count
     */
    public void run() {
        OpenShiftApi api =
                kubeconfig.isPresent() ? report.step("Log in", () -> otherCluster(kubeconfig.get())) : runningCdk();
        report.step("Move the ImageStreams", () -> {
            moving.run(api, report);
            return true;
        });
    }

    private OpenShiftApi otherCluster(Path file) {
        ClusterAccess access = engine.access(kubeconfig, context);
        report.cdk(CdkFacts.none()
                .with(Fact.ENGINE, "cluster")
                .with(Fact.API_URL, access.server().toString())
                .with(Fact.CONTEXT, context.orElse("")));
        OpenShiftApi api = new OpenShiftApi(access);
        Permission.firstMissing(api.within(ready), moving.permissions()).ifPresent(permission -> {
            throw Problem.of(
                            "The user of " + file + " may not move the ImageStreams on " + access.server() + ".",
                            "let an administrator grant it: 'oc adm policy add-role-to-user edit <user> -n "
                                    + permission.namespace() + "', or use another login: <kubeconfig>, <context>")
                    .with("missing: " + permission)
                    .toException();
        });
        return api;
    }

    private OpenShiftApi runningCdk() {
        State state = engine.state();
        if (!state.isRunning()) {
            throw Problem.of(
                            "There is no running CDK whose ImageStreams could be moved.",
                            "start it with " + engine.machine().goal("start")
                                    + ", or name another cluster's kubeconfig: <kubeconfig> (-Dcdk.kubeconfig=…)")
                    .with(engine.name() + " status: " + state)
                    .toException();
        }
        report.cdk(CdkFacts.none()
                .withProfile(engine.machine().name())
                .withOpenshift(state.openshift().orElse("")));
        OpenShiftApi api = report.step("Log in", () -> engine.administrator(moving.permissions(), ready));
        if (!streams.dryRun()) {
            report.step("Allow the registry", () -> engine.allow(api, ready)).ifPresent(report::note);
        }
        return api;
    }
}
