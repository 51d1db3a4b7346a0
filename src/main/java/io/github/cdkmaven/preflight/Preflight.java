package io.github.cdkmaven.preflight;

import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartPlan;
import io.github.cdkmaven.minishift.checks.HomeCheck;
import io.github.cdkmaven.minishift.checks.HostCheck;
import io.github.cdkmaven.minishift.checks.ToolsCheck;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.mirror.Inventory;
import io.github.cdkmaven.mirror.MirrorFiles;
import io.github.cdkmaven.mirror.MirrorPlan;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.RegistryAccess;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.ReportBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Checks before a VM boots what a start needs, all of it in one go and what is independent side by side. Nothing is changed but the lists of
 * images beside the report.
 */
public final class Preflight {

    /** How many times the limit of one question all images together may take, eight at once. */
    private static final int ROUNDS = 4;

    private static final int MOST_TOLD = 20;

    private final PreflightRequest request;

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
        request.registry()
                .ifPresent(
                        known -> report.registry(request.settings().registry().toString()));
        List<Check> checks = lookAtAll(report);
        report.checks(checks);
        List<Check> failed = checks.stream()
                .filter(check -> check.outcome() == CheckOutcome.FAIL)
                .toList();
        if (!failed.isEmpty()) {
            throw problem(failed).toException();
        }
    }

    private List<Check> lookAtAll(ReportBuilder report) {
        if (request.registry().isEmpty()) {
            return look(report, Optional.empty());
        }
        try (Registries open = new Registries(request.registry().get())) {
            return look(report, Optional.of(open));
        }
    }

    private List<Check> look(ReportBuilder report, Optional<Registries> open) {
        List<Check> all = new ArrayList<>(settings());
        ToolsCheck tools = new ToolsCheck(request.programs(), request.settings());
        List<RegistryCheck> registries = open.stream()
                .flatMap(known -> hosts().stream().map(host -> new RegistryCheck(known, host)))
                .toList();
        List<PreflightCheck> checks = new ArrayList<>();
        checks.add(tools);
        checks.add(new HomeCheck(request.programs(), request.host()));
        checks.add(new HostCheck(request.settings(), request.programs().files(), request.host()));
        checks.addAll(registries);
        checks.add(new ProxyCheck(request.proxies(), open.isPresent() ? hosts() : List.of()));
        all.addAll(sideBySide(checks));
        tools.product().ifPresent(product -> tell(product, report));
        Optional<Product> product = tools.product().or(this::anyCdk);
        if (product.isPresent()) {
            if (!registries.isEmpty() && registries.stream().allMatch(RegistryCheck::usable)) {
                all.addAll(images(product.get(), open.orElseThrow()));
            } else {
                report.note("The images were not looked at, since the registry cannot be asked.");
            }
        }
        return all;
    }

    private List<Check> settings() {
        return request.mistakes().isEmpty()
                ? List.of(Check.ok("settings", "parameters", "all of them can be used"))
                : request.mistakes();
    }

    /** Without a program that says what it is, the images are known all the same if the OpenShift is. */
    private Optional<Product> anyCdk() {
        return Optional.of(Catalog.ANY_CDK)
                .filter(cdk -> request.settings().options().containsKey(StartOption.OPENSHIFT_VERSION));
    }

    /** The company's registry, and further ones that the rules send images to. */
    private List<String> hosts() {
        return Stream.concat(
                        request.registry().stream().map(RegistryAccess::host),
                        request.relocation().stream().flatMap(rules -> rules.targetHosts().stream()))
                .distinct()
                .toList();
    }

    private void tell(Product product, ReportBuilder report) {
        report.cdk(CdkFacts.none()
                .withMinishift(product.minishiftText())
                .withOpenshift(StartPlan.openshift(
                        product, request.settings(), request.programs().files().cachedOpenShifts())));
        product.cdkText().ifPresent(text -> report.cdk(CdkFacts.none().withVersion(text)));
    }

    private List<Check> images(Product product, Registries registries) {
        if (request.relocation().isEmpty()) {
            return List.of();
        }
        List<Check> checks = new ArrayList<>();
        List<NeededImage> needed = new ArrayList<>(request.additionalImages());
        String openshift = StartPlan.openshift(
                product, request.settings(), request.programs().files().cachedOpenShifts());
        if (Catalog.knows(openshift)) {
            Catalog.of(openshift, product).stream()
                    .filter(image -> request.streams().wants(image.use()))
                    .forEach(needed::add);
        } else {
            checks.add(Check.warn(
                    "image.catalogue",
                    openshift,
                    "the images of this OpenShift are not known, so they were not looked for",
                    "<openshiftVersion> (-Dcdk.openshiftVersion=…) of one of "
                            + String.join(", ", Catalog.releases())));
        }
        MirrorPlan plan = MirrorPlan.of(
                needed, request.settings().registry(), request.relocation().get());
        Inventory inventory =
                Inventory.take(plan, registries, registries.own().timeout().multipliedBy(ROUNDS));
        MirrorFiles files = new MirrorFiles(
                request.imagesDirectory(),
                "OpenShift " + openshift,
                request.settings().registryInsecure());
        files.writeMissing(inventory.missingOf(plan));
        files.writeLock(inventory);
        checks.addAll(new ImagesCheck(
                        plan,
                        inventory,
                        request.streams(),
                        request.imagesDirectory().toString())
                .run());
        return checks;
    }

    private static List<Check> sideBySide(List<PreflightCheck> checks) {
        List<CompletableFuture<List<Check>>> running = checks.stream()
                .map(check -> CompletableFuture.supplyAsync(check::run, Preflight::onThreadOfItsOwn))
                .toList();
        return running.stream().flatMap(future -> future.join().stream()).toList();
    }

    static void onThreadOfItsOwn(Runnable task) {
        Thread thread = new Thread(task, "preflight");
        thread.setDaemon(true);
        thread.start();
    }

    private static Problem problem(List<Check> failed) {
        List<String> evidence = new ArrayList<>();
        failed.stream()
                .limit(MOST_TOLD)
                .forEach(check -> evidence.add(check.id() + " " + check.subject() + ": " + check.message()));
        if (failed.size() > MOST_TOLD) {
            evidence.add("… and " + (failed.size() - MOST_TOLD) + " more in the report");
        }
        return Problem.of(
                        "Preflight found " + failed.size() + (failed.size() == 1 ? " problem" : " problems")
                                + ", so no VM was started.",
                        "mend each as its own fix in the report says, and look again with 'mvn cdk:preflight'; <skipPreflight>true</skipPreflight>"
                                + " (-Dcdk.skipPreflight) starts all the same")
                .with(evidence);
    }
}
