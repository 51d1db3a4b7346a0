package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.Machine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.engine.Product;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.lifecycle.StartRequest.IfRunning;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.IncompleteVm;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.VmLock;
import io.github.cdkmaven.ownership.VmProcess;
import io.github.cdkmaven.ownership.WaitingBuilds;
import io.github.cdkmaven.preflight.Preflight;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.ConsoleSummary;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.streams.StreamMoving;
import io.github.cdkmaven.streams.Streams;
import io.github.cdkmaven.verify.Verification;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main job, step by step: start the cluster or attach to it, log in, let the cluster pull and import from the registry, move the ImageStreams,
 * prove where the images came from, hand the cluster to the build. What this call started, it stops again when a later step fails.
 */
public final class StartCdk {

    private static final Logger LOG = LoggerFactory.getLogger(StartCdk.class);

    private final StartRequest request;
    private final Engine engine;
    private final ShutdownGuard guard;
    private final ReportBuilder report;
    private final StreamMoving moving;
    private Deadline deadline;

    /**
     * A start that is still to be run; what it does and finds goes into the report.
     *
     * @param guard what is to happen with the VM should this build end before its stop
     */
    public StartCdk(StartRequest request, ShutdownGuard guard, ReportBuilder report) {
        this.request = request;
        this.engine = request.engine();
        this.guard = guard;
        this.report = report;
        this.moving = new StreamMoving(request.registries(), request.streams());
        this.deadline = Deadline.in(request.startTimeout());
        report.registry(request.registries().own().name().toString());
    }

    /**
     * Runs all steps.
     *
     * @throws ProblemException if one of them fails
     */
    public StartedCdk run() {
        return engine.withMachine().map(this::onMachine).orElseGet(this::onCluster);
    }

    /** Nobody starts or stops this cluster, so that there is nothing to wait for and nothing to undo. */
    private StartedCdk onCluster() {
        RunningCluster.tell(report.step("Look at the " + engine.noun(), engine::product), report);
        try {
            preflight();
            return use(false);
        } catch (RuntimeException e) {
            new DebugBundle(engine, request.registries(), request.reportDirectory()).write();
            throw e;
        }
    }

    private StartedCdk onMachine(MachineEngine owner) {
        Machine machine = owner.machine();
        Product product = report.step("Look at the tools", () -> setUp(owner, machine));
        LOG.info("Using {} with OpenShift {} ({})", product, product.openshift(), product.program());
        report.cdk(product.facts().withOpenshift(product.openshift()).withProfile(machine.profile()));
        OwnershipFiles place = OwnershipFiles.of(machine);
        return alone(place, () -> run(owner, new Ownership(request, owner, guard, place), place));
    }

    /** Before anything of ours is put into a new home. */
    private Product setUp(MachineEngine owner, Machine machine) {
        return machine.fresh()
                ? VmLock.during(
                        OwnershipFiles.beforeSetUp(machine, request.accountHome()),
                        request.build(),
                        request.startTimeout(),
                        "startTimeout",
                        () -> owner.setUp(deadline))
                : owner.setUp(deadline);
    }

    /** Waits until nobody else starts or stops this VM; the time for the start itself begins then. */
    private <T> T alone(OwnershipFiles place, Supplier<T> work) {
        place.create();
        Build build = request.build();
        VmLock lock = new WaitingBuilds(place)
                .during(build, () -> VmLock.take(place, build, request.startTimeout(), "startTimeout"));
        try {
            deadline = Deadline.in(request.startTimeout());
            return guard.working(work);
        } finally {
            lock.close();
        }
    }

    private StartedCdk run(MachineEngine owner, Ownership ownership, OwnershipFiles place) {
        new IncompleteVm(owner, place.record(), request.stopTimeout()).cleanUp();
        owner.recover();
        State before = engine.state();
        try {
            boolean attach = isToAttach(owner, before, ownership);
            if (!attach) {
                preflight();
            }
            Differences.requireUsable(owner, before);
            StartedCdk started = use(attach ? attach(ownership, before) : start(owner, ownership, place, before));
            ownership.handOver();
            return started;
        } catch (RuntimeException | Error e) {
            try {
                if (!guard.isDying()) {
                    new DebugBundle(engine, request.registries(), request.reportDirectory()).write();
                }
            } finally {
                ownership.undo(report);
            }
            throw e;
        }
    }

    /** What is done with a cluster that runs, whoever started it. */
    private StartedCdk use(boolean ours) {
        OpenShiftApi api = moving.before(() -> {
            OpenShiftApi in = RunningCluster.logIn(engine, moving, this::toVerify, deadline, report);
            letPull(in);
            allow(in);
            return in;
        });
        move(api);
        verify(api);
        return handOver(api, ours);
    }

    /** What the proof takes on a cluster of others, to be known before anything is changed there; in a VM, an administrator logs in. */
    private List<Permission> toVerify() {
        return request.verify().skip() || engine.withMachine().isPresent()
                ? List.of()
                : Permission.toVerify(engine.scope(request.streams().namespaces()));
    }

    /** Whether the VM that runs is used as it is; fails where it is to be left alone. */
    private boolean isToAttach(MachineEngine owner, State before, Ownership ownership) {
        boolean here = ownership.isInUseHere();
        if (!before.isRunning() || here || request.ifRunning() == IfRunning.ATTACH) {
            return before.isRunning();
        }
        if (request.ifRunning() == IfRunning.FAIL) {
            throw Problem.of(
                            "The " + engine.noun() + " is already running, and <ifRunning> is 'fail'.",
                            "set <ifRunning>attach</ifRunning> (-Dcdk.ifRunning=attach or restart); or stop it first: "
                                    + owner.machine().goal("stop") + " does, where a build has started it")
                    .with(engine.name() + " status: " + before)
                    .toException();
        }
        ownership.requireUnused();
        return false;
    }

    private void preflight() {
        request.preflight()
                .ifPresent(preflight -> report.step("Preflight", () -> {
                    new Preflight(preflight).run(report);
                    return true;
                }));
    }

    private boolean attach(Ownership ownership, State before) {
        return report.step("Attach to the " + engine.noun(), () -> {
            LOG.info("The {} is already running; attaching to it", engine.noun());
            tell(before);
            return ownership.attach();
        });
    }

    /** Gets OpenShift up, and tells whether it is this build that has to stop it. */
    private boolean start(MachineEngine owner, Ownership ownership, OwnershipFiles place, State before) {
        return report.step("Start the " + engine.noun(), () -> {
            if (before.isRunning()) {
                LOG.info("The {} is already running; restarting it", engine.noun());
                owner.stop(request.stopTimeout(), VmProcess.recordedIn(place.record()));
            }
            ownership.begin();
            MachineEngine.Start start = owner.start(deadline, VmProcess.recordedIn(place.record()));
            tell(start.state());
            report.settled("host.driver", "the VM has booted");
            if (start.ours()) {
                return ownership.won();
            }
            LOG.warn("Somebody else started the {} at the same time; attaching to it", engine.noun());
            return ownership.lost();
        });
    }

    private void tell(State running) {
        report.cdk(CdkFacts.none().withOpenshift(running.openshift().orElse("")));
    }

    private void letPull(OpenShiftApi api) {
        if (!request.streams().dryRun()) {
            report.checks(report.step("Let the cluster pull", () -> engine.letPull(api, deadline)));
        }
    }

    private void allow(OpenShiftApi api) {
        Streams streams = request.streams();
        if (!streams.skip() && !streams.dryRun()) {
            report.step("Allow the registry", () -> engine.allow(api, deadline)).ifPresent(report::note);
        }
    }

    private void move(OpenShiftApi api) {
        if (!request.streams().skip()) {
            report.step("Move the ImageStreams", () -> {
                moving.run(api, RunningCluster.configuration(engine), report);
                return true;
            });
        }
    }

    private void verify(OpenShiftApi api) {
        if (!request.verify().skip()) {
            report.step("Verify where the images came from", () -> {
                new Verification(request.registries(), request.streams().namespaces(), request.verify(), engine, api)
                        .run(report);
                return true;
            });
        }
    }

    private StartedCdk handOver(OpenShiftApi api, boolean ours) {
        return report.step("Hand over to the build", () -> {
            StartedCdk started = StartedCdk.handOver(request, api, ours);
            engine.withMachine().ifPresent(owner -> guard.handed(OwnershipFiles.of(owner.machine()), started.files()));
            started.consoleUrl().ifPresent(url -> LOG.info("Console: {}", ConsoleSummary.safe(url)));
            LOG.info(
                    "In a shell: {}",
                    Shell.ofThisMachine().set("KUBECONFIG", started.kubeconfig().toString()));
            return started;
        });
    }
}
