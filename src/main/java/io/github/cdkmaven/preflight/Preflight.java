package io.github.cdkmaven.preflight;

import io.github.cdkmaven.catalog.Catalog;
import io.github.cdkmaven.catalog.NeededImage;
import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartPlan;
import io.github.cdkmaven.mirror.Inventory;
import io.github.cdkmaven.mirror.MirrorFiles;
import io.github.cdkmaven.mirror.MirrorPlan;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.RegistryAccess;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.ReportBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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
        List<Check> checks = look(report);
        report.checks(checks);
        List<Check> failed = checks.stream()
                .filter(check -> check.outcome() == CheckOutcome.FAIL)
                .toList();
        if (!failed.isEmpty()) {
            throw problem(failed).toException();
        }
    }

    private List<Check> look(ReportBuilder report) {
        List<Check> all = new ArrayList<>(settings());
        ToolsCheck tools = new ToolsCheck(request.programs(), request.settings());
        List<RegistryCheck> registries =
                registries().stream().map(RegistryCheck::new).toList();
        List<PreflightCheck> checks = new ArrayList<>();
        checks.add(tools);
        checks.add(new HostCheck(request.settings(), request.programs().files(), request.host()));
        checks.addAll(registries);
        checks.add(new ProxyCheck(
                request.proxies(),
                registries().stream().map(RegistryAccess::host).toList()));
        all.addAll(sideBySide(checks));
        tools.product().ifPresent(product -> tell(product, report));
        Optional<Product> product = tools.product().or(this::anyCdk);
        if (product.isPresent()) {
            if (!registries.isEmpty() && registries.stream().allMatch(RegistryCheck::usable)) {
                all.addAll(images(product.get()));
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
    private List<RegistryAccess> registries() {
        List<RegistryAccess> all = new ArrayList<>();
        request.registry().ifPresent(own -> {
            all.add(own);
            request.relocation().ifPresent(rules -> rules.targetHosts().stream()
                    .filter(host -> !host.equals(own.host()))
                    .forEach(host -> all.add(Inventory.accessTo(host, own))));
        });
        return all;
    }

    private void tell(Product product, ReportBuilder report) {
        report.cdk(CdkFacts.none()
                .withMinishift(product.minishiftText())
                .withOpenshift(StartPlan.openshift(
                        product, request.settings(), request.programs().files().cachedOpenShifts())));
        product.cdkText().ifPresent(text -> report.cdk(CdkFacts.none().withVersion(text)));
    }

    private List<Check> images(Product product) {
        if (request.relocation().isEmpty() || request.registry().isEmpty()) {
            return List.of();
        }
        RegistryAccess registry = request.registry().get();
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
        Duration within = registry.timeout().multipliedBy(ROUNDS);
        Inventory inventory = Inventory.take(plan, registry, within);
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
