package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.lifecycle.StartRequest.IfRunning;
import io.github.cdkmaven.minishift.CdkSetup;
import io.github.cdkmaven.minishift.Generation;
import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.MasterConfig;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.minishift.RegistryWhitelist;
import io.github.cdkmaven.minishift.StartPlan;
import io.github.cdkmaven.minishift.VmCheck;
import io.github.cdkmaven.minishift.VmStart;
import io.github.cdkmaven.minishift.VmStatus;
import io.github.cdkmaven.minishift.VmStop;
import io.github.cdkmaven.minishift.images.ImageCache;
import io.github.cdkmaven.openshift.ClusterAccess;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.VmLock;
import io.github.cdkmaven.ownership.WaitingBuilds;
import io.github.cdkmaven.preflight.Preflight;
import io.github.cdkmaven.preflight.PreflightRequest;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.streams.StreamMoving;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main job, step by step: look at the tools, start the CDK or attach to it, log in, let the cluster import from the registry, move the
 * ImageStreams, hand the cluster to the build. What this call started, it stops again when a later step fails.
 */
public final class StartCdk {

    private static final Logger LOG = LoggerFactory.getLogger(StartCdk.class);

    private final StartRequest request;
    private final CommandRunner runner;
    private final ShutdownGuard end;
    private final ReportBuilder report;
    private Deadline deadline;

    /**
     * A start that is still to be run; what it does and finds goes into the report.
     *
     * @param end what is to happen with the VM should this build end before its stop
     */
    public StartCdk(StartRequest request, CommandRunner runner, ShutdownGuard end, ReportBuilder report) {
        this.request = request;
        this.runner = runner;
        this.end = end;
        this.report = report;
        this.deadline = Deadline.in(request.startTimeout());
        report.registry(request.settings().registry().toString());
    }

    /**
     * Runs all steps.
     *
     * @throws ProblemException if one of them fails
     */
    public StartedCdk run() {
        MachineFiles files = request.tools().machineFiles();
        OwnershipFiles place = OwnershipFiles.of(files);
        Minishift minishift =
                request.tools().minishift(VmChild.watched(runner, place.record()), request.minishiftKubeconfig());
        setUp(new CdkSetup(minishift, files), OwnershipFiles.beforeSetUp(files));
        return alone(place, () -> run(minishift, files, place));
    }

    /** Before anything of ours is put into the home. */
    private void setUp(CdkSetup setup, OwnershipFiles place) {
        if (setup.isHomeFree()) {
            VmLock.during(place, request.build(), request.startTimeout(), "startTimeout", () -> setup.ensure(deadline));
        }
    }

    /** Waits until nobody else starts or stops this VM; the time for the start itself begins then. */
    private <T> T alone(OwnershipFiles place, Supplier<T> work) {
        place.create();
        Build build = request.build();
        VmLock lock = new WaitingBuilds(place)
                .during(build, () -> VmLock.take(place, build, request.startTimeout(), "startTimeout"));
        try {
            deadline = Deadline.in(request.startTimeout());
            return end.working(work);
        } finally {
            lock.close();
        }
    }

    private StartedCdk run(Minishift minishift, MachineFiles files, OwnershipFiles place) {
        Product product = report.step("Look at the tools", () -> lookAt(minishift, files));
        String openshift = StartPlan.openshift(product, request.settings(), files.cachedOpenShifts());
        tell(product, openshift, minishift);
        StartPlan plan = StartPlan.of(
                product, request.settings(), request.streams().policy().relocation(), openshift);
        new HalfMade(request, minishift, files, place.record()).cleanUp(plan);
        VmStatus before = minishift.status();
        Ownership ownership = new Ownership(request, runner, end, files, place);
        try {
            boolean ours = report.step(
                    before.openshiftRunning() ? "Attach to the CDK" : "Start the CDK",
                    () -> bringUp(minishift, product, new Plan(plan, openshift), files, before, ownership));
            StartedCdk started = use(minishift, files, ours);
            ownership.handOver();
            return started;
        } catch (RuntimeException e) {
            if (!end.isDying()) {
                new DebugBundle(request, minishift, files).write(product, runner);
            }
            ownership.undo(minishift, report);
            throw e;
        }
    }

    /** What is to be started. */
    private record Plan(StartPlan start, String openshift) {}

    private Product lookAt(Minishift minishift, MachineFiles files) {
        Product product = new CdkSetup(minishift, files).ensure(deadline);
        Generation.of(product);
        if (Generation.isUnknown(product)) {
            LOG.warn(
                    "{} is newer than what this plugin knows; it is driven like minishift {}",
                    product,
                    Generation.NEWEST);
        }
        return product;
    }

    private void tell(Product product, String openshift, Minishift minishift) {
        LOG.info("Using {} with OpenShift {} ({})", product, openshift, minishift.executable());
        report.cdk(CdkFacts.none().withMinishift(product.minishiftText()).withOpenshift(openshift));
        product.cdkText().ifPresent(text -> report.cdk(CdkFacts.none().withVersion(text)));
    }

    /** Gets OpenShift up, and tells whether it is this build that has to stop it. */
    private boolean bringUp(
            Minishift minishift, Product product, Plan plan, MachineFiles files, VmStatus before, Ownership ownership) {
        boolean here = ownership.isInUseHere();
        if (before.openshiftRunning() && !here && request.ifRunning() == IfRunning.FAIL) {
            throw Problem.of(
                            "The CDK runs already, and <ifRunning> is 'fail'.",
                            "<ifRunning>attach</ifRunning> (-Dcdk.ifRunning=attach or restart); or stop it first: "
                                    + files.goal("stop") + " does, where a build has started it")
                    .with("minishift status: " + before)
                    .toException();
        }
        VmCheck.requireUsable(plan.start(), files, before, ownership.isGeneric());
        if (before.openshiftRunning() && (here || request.ifRunning() == IfRunning.ATTACH)) {
            LOG.info("The CDK runs already; attaching to it");
            return ownership.attach();
        }
        if (before.openshiftRunning()) {
            ownership.requireUnused();
            LOG.info("The CDK runs already; it is stopped and started again");
            new VmStop(minishift, ownership.isGeneric(), request.tools().accountHome()).run(request.stopTimeout());
        }
        request.preflight().ifPresent(this::check);
        try (ImageCache cache = new ImageCache(request, files, minishift)) {
            cache.fill(product, plan.openshift(), ownership.isGeneric(), deadline);
            ownership.begin();
            if (new VmStart(request, minishift, files).run(product, plan.start(), deadline)) {
                return ownership.won();
            }
        }
        LOG.warn("Somebody else started the CDK at the same moment; attaching to it");
        return ownership.lost();
    }

    private void check(PreflightRequest preflight) {
        report.step("Preflight", () -> {
            new Preflight(preflight).run(report);
            return true;
        });
    }

    private StartedCdk use(Minishift minishift, MachineFiles files, boolean ours) {
        Path oc = request.tools().oc(files);
        ClusterAccess admin = report.step("Log in", () -> {
            ClusterAccess cluster = ClusterLogin.cluster(runner, oc, files, deadline);
            return ClusterLogin.administrator(cluster, request.streams(), deadline);
        });
        VmStatus status = minishift.status();
        String openshift = status.openshift().orElse("");
        report.cdk(CdkFacts.none().withOpenshift(openshift).withProfile(files.profile()));
        minishift.ip().ifPresent(ip -> report.cdk(CdkFacts.none().withIp(ip)));
        OpenShiftApi api = new OpenShiftApi(admin);
        if (!request.skipImageStreams()) {
            if (!request.streams().policy().dryRun()) {
                report.step("Allow the registry", () -> allow(minishift, api, openshift))
                        .ifPresent(report::note);
            }
            report.step("Move the ImageStreams", () -> {
                new StreamMoving(request.streams()).run(api, report);
                return true;
            });
        }
        VerifyCdk.afterStart(request, minishift, files, api, report);
        return report.step("Hand over to the build", () -> BuildProperties.write(request, minishift, oc, admin, ours));
    }

    private Optional<String> allow(Minishift minishift, OpenShiftApi api, String openshift) {
        return new RegistryWhitelist(new MasterConfig(minishift), api)
                .admit(
                        openshift,
                        request.streams().policy().relocation().targetHosts(),
                        request.settings().registryInsecure(),
                        deadline);
    }
}
