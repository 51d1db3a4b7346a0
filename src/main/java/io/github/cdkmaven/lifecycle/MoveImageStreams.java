package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.VmLock;
import io.github.cdkmaven.process.Beside;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.streams.StreamMoving;
import io.github.cdkmaven.streams.Streams;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Moves the ImageStreams of a cluster that runs, and does nothing else. */
public final class MoveImageStreams {

    private static final Duration READY = Duration.ofMinutes(2);

    private final Engine engine;
    private final Streams streams;
    private final Build build;
    private final ReportBuilder report;
    private final StreamMoving moving;
    private Optional<Beside<OpenShiftApi>> login = Optional.empty();

    /**
     * A move that is still to be run.
     *
     * @param build who asks
     */
    public MoveImageStreams(Engine engine, Registries registries, Streams streams, Build build, ReportBuilder report) {
        this.engine = engine;
        this.streams = streams;
        this.build = build;
        this.report = report;
        this.moving = new StreamMoving(registries, streams);
        report.registry(registries.own().name().toString());
    }

    /** Begins to read the streams of a cluster that needs no machine, and what its user may do, beside what else is to be done before. */
    public MoveImageStreams begin() {
        if (engine.withMachine().isEmpty()) {
            login = Optional.of(Beside.begin("cdk-login", () -> {
                Deadline ready = Deadline.in(READY);
                moving.begin(engine.login(List.of(), ready));
                return engine.login(moving.permissions(), ready);
            }));
        }
        return this;
    }

    /**
     * Moves them.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if there is no cluster, if a permission is missing, or if tags failed that count
     */
    public void run() {
        OpenShiftApi api = moving.before(() -> {
            OpenShiftApi in = logIn();
            if (!streams.dryRun()) {
                report.step("Allow the registry", () -> allow(in)).ifPresent(report::note);
            }
            return in;
        });
        report.step("Move the ImageStreams", () -> {
            moving.run(api, RunningCluster.configuration(engine), report);
            return true;
        });
    }

    private OpenShiftApi logIn() {
        RunningCluster.require(engine, "whose ImageStreams could be moved", report);
        return RunningCluster.logIn(
                engine,
                () -> login.map(Beside::get).orElseGet(() -> engine.login(moving.permissions(), Deadline.in(READY))),
                report);
    }

    /** May change the master's configuration, which nobody else may start, stop or change at the same time. */
    private Optional<String> allow(OpenShiftApi api) {
        Supplier<Optional<String>> work = () -> engine.allow(api, Deadline.in(READY));
        return engine.withMachine()
                .map(machine -> VmLock.during(
                        OwnershipFiles.of(machine.machine()), build, streams.limit(), "importTimeout", work))
                .orElseGet(work);
    }
}
