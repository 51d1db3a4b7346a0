package io.github.cdkmaven.preflight;

import io.github.cdkmaven.engine.NeededImages;
import io.github.cdkmaven.engine.Product;
import io.github.cdkmaven.mirror.Inventory;
import io.github.cdkmaven.mirror.MirrorFiles;
import io.github.cdkmaven.mirror.MirrorPlan;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.openshift.ImporterDialect;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Parallel;
import io.github.cdkmaven.registry.Party;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.ReportBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks before a VM boots what a start needs, all of it in one go and what is independent side by side. Nothing is changed but the lists of
 * images beside the report.
 */
public final class Preflight {

    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private final PreflightRequest request;

    /** How many were looked for. */
    private int images;

    /** A check that is still to be run. */
    public Preflight(PreflightRequest request) {
        this.request = request;
    }

    /**
     * Runs all checks; what they find goes into the report.
     *
     * @throws ProblemException if a start would fail; every finding is in the report by then
     */
    public void run(ReportBuilder report) {
        request.registries()
                .ifPresent(known -> report.registry(known.own().name().toString()));
        List<Check> checks = lookAtAll(report);
        report.checks(checks);
        if (checks.stream().anyMatch(check -> check.outcome() == CheckOutcome.FAIL)) {
            throw problem(checks).toException();
        }
    }

    private List<Check> lookAtAll(ReportBuilder report) {
        if (request.registries().isEmpty()) {
            return look(report, Optional.empty());
        }
        try (RegistryClients clients = new RegistryClients(request.registries().get())) {
            return look(report, Optional.of(clients));
        }
    }

    private List<Check> look(ReportBuilder report, Optional<RegistryClients> clients) {
        MirrorFiles.forgetFindings(request.imagesDirectory());
        List<Check> all = new ArrayList<>(settings());
        List<String> hosts = clients.map(open -> open.registries().hosts()).orElse(List.of());
        List<RegistryCheck> registries = hosts.stream()
                .map(host -> new RegistryCheck(clients.orElseThrow(), host))
                .toList();
        List<Supplier<List<Check>>> checks = new ArrayList<>(request.engine().checks(hosts));
        checks.addAll(registries);
        all.addAll(sideBySide(checks));
        tellProduct(report);
        Optional<NeededImages> needed = needed();
        if (needed.isEmpty()) {
            return all;
        }
        if (registries.isEmpty() || !registries.stream().allMatch(RegistryCheck::usable)) {
            report.note("The images were not checked, since the registry cannot be reached.");
            if (request.mapped()) {
                registries.stream()
                        .filter(registry -> registry.refusedLogin().isPresent())
                        .forEach(registry -> all.addAll(new PullersCheck(
                                        pullers(),
                                        clients.orElseThrow().client(registry.host()),
                                        plan(needed.get(), clients.orElseThrow().registries()),
                                        Optional.empty(),
                                        registry.refusedLogin())
                                .run()));
            }
        } else if (request.mapped()) {
            // Who imports decides what counts as there: an OpenShift 4 reads OCI's forms, too.
            RegistryClients reading = clients.orElseThrow()
                    .reading(ImporterDialect.of(needed.get().openshift()).formats())
                    .runningOn(needed.get().processor());
            all.addAll(images(needed.get(), reading, registries));
        }
        return all;
    }

    private List<Check> settings() {
        return request.mistakes().isEmpty()
                ? List.of(Check.ok("settings", "parameters", "all of them are valid"))
                : request.mistakes();
    }

    /** Absent where the engine does not even tell which OpenShift it would run; its own checks have said why. */
    private Optional<NeededImages> needed() {
        try {
            return Optional.of(request.engine().images());
        } catch (ProblemException e) {
            LOG.debug("Cannot tell what the engine would run", e);
            return Optional.empty();
        }
    }

    private void tellProduct(ReportBuilder report) {
        try {
            Product product = request.engine().product();
            report.cdk(product.facts().withOpenshift(product.openshift()));
        } catch (ProblemException e) {
            LOG.debug("Cannot tell which product the engine is", e);
        }
    }

    private MirrorPlan plan(NeededImages needed, Registries registries) {
        List<NeededImage> wanted = new ArrayList<>(request.additionalImages());
        needed.images().stream().filter(image -> isWanted(image.use())).forEach(wanted::add);
        return MirrorPlan.of(wanted, registries.own().name(), registries.relocation());
    }

    private List<Check> images(NeededImages needed, RegistryClients clients, List<RegistryCheck> looks) {
        List<Check> checks = new ArrayList<>();
        needed.unknown()
                .ifPresent(problem -> checks.add(Check.warn(
                        "image.catalogue",
                        needed.openshift(),
                        "the images of this OpenShift version are unknown, so they were not checked",
                        problem.fix())));
        Registries registries = clients.registries();
        MirrorPlan plan = plan(needed, registries);
        images = plan.images().size();
        Inventory inventory = Inventory.ofWholeImages(plan, clients);
        MirrorFiles files = new MirrorFiles(
                request.imagesDirectory(),
                "OpenShift " + needed.openshift(),
                registries.own().insecure(),
                needed.processor());
        files.writeMissing(inventory.missingOf(plan));
        files.writeLock(inventory);
        checks.addAll(new ImagesCheck(
                        plan,
                        inventory,
                        this::mayLack,
                        request.imagesDirectory().toString(),
                        registries)
                .run());
        for (RegistryCheck look : looks) {
            checks.addAll(new PullersCheck(
                            pullers(), clients.client(look.host()), plan, Optional.of(inventory), look.refusedLogin())
                    .run());
            look.doubt()
                    .filter(answer -> !plan.isEmpty() && inventory.usable() == 0)
                    .ifPresent(
                            answer -> checks.add(
                                    Check.fail(
                                            "registry.api",
                                            look.host(),
                                            "answers /v2/ with " + answer
                                                    + " and has no image: something answers there, but it is not a registry",
                                            "check host and port in <registry> (-Dcdk.registry=…), and whether a proxy answers instead")));
        }
        return checks;
    }

    private boolean isWanted(Purpose use) {
        return !(use instanceof Purpose.Stream stream) || request.streams().wants(stream.stream(), stream.tag());
    }

    /**
     * Whether a goal goes on without the image of a use. Before a start, no image of a stream holds it up: the catalogue only guesses which
     * streams the cluster will hold, and the import will tell of each one. Somebody's own machine may hold the platform's images already.
     */
    private boolean mayLack(Purpose use) {
        return use instanceof Purpose.Stream stream
                ? request.beforeStart() || request.streams().mayFail(stream.stream(), stream.tag())
                : request.beforeStart()
                        && request.engine()
                                .withMachine()
                                .filter(owner -> owner.machine().external())
                                .isPresent();
    }

    /** Docker in a VM, and whoever imports; the nodes of other clusters are told of by their engine. */
    private List<Party> pullers() {
        return request.engine().withMachine().isPresent()
                ? List.of(Party.DOCKER, Party.IMPORTER)
                : List.of(Party.IMPORTER);
    }

    /** All looks at once; who is interrupted meanwhile waits for none of them, since a name server or a silent port heeds no interrupt. */
    static List<Check> sideBySide(List<Supplier<List<Check>>> looks) {
        return Parallel.map(looks, looks.size(), Supplier::get).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    private Problem problem(List<Check> checks) {
        boolean machine = request.engine().withMachine().isPresent();
        return new FailedPreflight(checks, images)
                .problem(machine ? "no VM was started" : "nothing was changed", "then run 'mvn cdk:preflight' again");
    }
}
