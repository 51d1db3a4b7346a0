package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.lifecycle.ImagesRequest.ImagesSource;
import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.OpenShiftRelease;
import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.mirror.Inventory;
import io.github.cdkmaven.mirror.MirrorFiles;
import io.github.cdkmaven.mirror.MirrorImage;
import io.github.cdkmaven.mirror.MirrorPlan;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.openshift.ClusterImages;
import io.github.cdkmaven.openshift.Kubeconfig;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.RegistryFailure;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lists the images that a CDK needs, as the tools of the registry's team read them. Needs neither a VM nor the registry. */
public final class ListImages {

    private static final int ROUNDS = 4;
    private static final Duration ASKING = Duration.ofMinutes(5);

    private final ImagesRequest request;
    private final CommandRunner runner;
    private final ReportBuilder report;

    /** A listing that is still to be made. */
    public ListImages(ImagesRequest request, CommandRunner runner, ReportBuilder report) {
        this.request = request;
        this.runner = runner;
        this.report = report;
        report.registry(request.registry().toString());
    }

    /**
     * Writes the lists.
     *
     * @throws ProblemException if it is not known what to list, or if the files cannot be written
     */
    public void run() {
        List<NeededImage> needed = new ArrayList<>(request.additionalImages());
        String what = "the cluster";
        if (request.source() != ImagesSource.CLUSTER) {
            Product product = product();
            String openshift = openshift(product);
            report.cdk(CdkFacts.none().withOpenshift(openshift));
            needed.addAll(Catalog.of(openshift, product));
            what = "OpenShift " + openshift;
        }
        if (request.source() != ImagesSource.CATALOGUE) {
            needed.addAll(report.step("Ask the cluster", this::ofTheCluster));
        }
        needed.removeIf(image -> !request.streams().wants(image.use()));
        MirrorPlan plan = MirrorPlan.of(needed, request.registry(), request.relocation());
        Path directory = request.reportDirectory().resolve("images");
        MirrorFiles files = new MirrorFiles(directory, what, request.access().insecure());
        files.write(plan);
        long login = plan.images().stream().filter(MirrorImage::needsLogin).count();
        report.check(Check.ok(
                "images.listed",
                directory.toString(),
                plan.images().size() + " images for " + what + ", " + login
                        + " of them from registries that want a login"));
        report.step("Ask the registry", () -> {
            askTheRegistry(plan, files);
            return true;
        });
    }

    private Product product() {
        try {
            return request.tools()
                    .minishift(runner, request.reportDirectory().resolve("minishift.kubeconfig"))
                    .product();
        } catch (ProblemException e) {
            if (request.openshiftVersion().isPresent()) {
                return Catalog.ANY_CDK;
            }
            throw Problem.of(
                            "It is not known for which OpenShift the images are to be listed.",
                            "<openshiftVersion>v3.11.141</openshiftVersion> (-Dcdk.openshiftVersion=…), or <minishift>"
                                    + " (-Dcdk.minishift=…) for the CDK's own")
                    .with(e.problem().what())
                    .toException(e);
        }
    }

    private String openshift(Product product) {
        String version = request.openshiftVersion().orElseGet(() -> OpenShiftRelease.defaultOf(product));
        return version.startsWith("v") ? version : "v" + version;
    }

    private List<NeededImage> ofTheCluster() {
        try {
            MachineFiles files = request.tools().machineFiles();
            Path oc = request.tools().oc(files);
            Path kubeconfig = request.kubeconfig().orElseGet(files::kubeconfig);
            OpenShiftApi api = new OpenShiftApi(Kubeconfig.read(runner, oc, kubeconfig, request.context()));
            List<NeededImage> named = ClusterImages.of(api.within(Deadline.in(ASKING)), request.namespaces()).stream()
                    .map(ListImages::needed)
                    .toList();
            List<NeededImage> outside = named.stream()
                    .filter(image -> !request.relocation().isAtTarget(image.source()))
                    .toList();
            if (outside.size() < named.size()) {
                report.note(
                        (named.size() - outside.size())
                                + " references of the cluster name the company's registry already, and not where their images came from.");
            }
            return outside;
        } catch (ProblemException e) {
            if (request.source() == ImagesSource.CLUSTER) {
                throw e;
            }
            report.check(Check.warn(
                    "images.cluster", "cluster", e.problem().what(), e.problem().fix()));
            return List.of();
        }
    }

    private static NeededImage needed(ClusterImages.Named image) {
        Purpose use = image.tag().isPresent()
                ? new Purpose.Stream(image.owner(), image.tag().get())
                : new Purpose.Running(image.owner());
        return new NeededImage(image.reference(), use, false);
    }

    /** What is there already is locked, and what is not is listed apart; a registry that cannot be asked is no failure. */
    private void askTheRegistry(MirrorPlan plan, MirrorFiles files) {
        try (Registries registries = new Registries(request.access())) {
            Inventory inventory =
                    Inventory.take(plan, registries, request.access().timeout().multipliedBy(ROUNDS));
            List<RegistryFailure> failures = inventory.answers().values().stream()
                    .filter(RegistryFailure.class::isInstance)
                    .map(RegistryFailure.class::cast)
                    .toList();
            if (failures.size() == plan.images().size() && !plan.isEmpty()) {
                report.note("The registry could not be asked what it holds ("
                        + failures.get(0).words() + "), so that no image is known to be there or missing.");
                return;
            }
            List<RegistryFailure> unanswered = failures.stream()
                    .filter(failure -> !Inventory.isRefused(failure))
                    .toList();
            if (!unanswered.isEmpty()) {
                report.note("The registry gave no answer about " + unanswered.size() + " of "
                        + plan.images().size() + " images, which are in no list of what is missing: "
                        + unanswered.get(0).words() + ".");
            }
            files.writeMissing(inventory.missingOf(plan));
            files.writeLock(inventory);
            report.note("The registry holds " + inventory.usable() + " of "
                    + plan.images().size() + " images.");
        } catch (ProblemException e) {
            report.note("The registry could not be asked what it holds: "
                    + e.problem().what());
        }
    }
}
