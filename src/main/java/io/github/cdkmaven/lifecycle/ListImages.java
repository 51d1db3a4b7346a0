package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.NeededImages;
import io.github.cdkmaven.mirror.Inventory;
import io.github.cdkmaven.mirror.MirrorFiles;
import io.github.cdkmaven.mirror.MirrorImage;
import io.github.cdkmaven.mirror.MirrorPlan;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.openshift.ClusterImages;
import io.github.cdkmaven.openshift.ImporterDialect;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.ImageFormats;
import io.github.cdkmaven.registry.ManifestAnswer;
import io.github.cdkmaven.registry.MediaTypes;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.registry.RegistryFailure;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.streams.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Lists the images that an OpenShift needs, as the tools of the registry's team read them. Needs neither a VM nor the registry. */
public final class ListImages {

    private static final Duration ASKING = Duration.ofMinutes(5);
    private static final int SHOWN = 5;

    /**
     * Everything that {@code cdk:images} was asked for.
     *
     * @param engine through which a cluster is asked
     * @param catalogue the images that are known without a cluster; asked only where the list comes from there
     * @param registries where they go
     * @param streams which ImageStreams matter, and whose are read where a cluster is asked
     * @param additionalImages the project's own images
     * @param source where the list comes from
     * @param directory where the lists go
     */
    public record Request(
            Engine engine,
            Supplier<NeededImages> catalogue,
            Registries registries,
            Streams streams,
            List<NeededImage> additionalImages,
            ImagesSource source,
            Path directory) {}

    /** Where a list of images comes from. */
    public enum ImagesSource {
        /** What is known of the OpenShift, without one. */
        CATALOGUE,
        /** What a running cluster names. */
        CLUSTER,
        /** Both; a cluster that cannot be asked is no failure. */
        BOTH
    }

    private final Request request;
    private final Registries registries;
    private final ReportBuilder report;

    /** What counts as there: that depends on who imports. */
    private ImageFormats formats = ImageFormats.DOCKER;

    private String processor = MediaTypes.AMD64;

    /** A listing that is still to be made. */
    public ListImages(Request request, ReportBuilder report) {
        this.request = request;
        this.registries = request.registries();
        this.report = report;
        report.registry(registries.own().name().toString());
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
            NeededImages known = request.catalogue().get();
            report.cdk(CdkFacts.none().withOpenshift(known.openshift()));
            known.unknown().ifPresent(problem -> {
                throw problem.toException();
            });
            needed.addAll(known.images());
            formats = ImporterDialect.of(known.openshift()).formats();
            processor = known.processor();
            what = "OpenShift " + known.openshift();
        }
        if (request.source() != ImagesSource.CATALOGUE) {
            needed.addAll(report.step("Ask the cluster", this::ofTheCluster));
        }
        needed.removeIf(image -> image.use() instanceof Purpose.Stream stream
                && !request.streams().wants(stream.stream(), stream.tag()));
        MirrorPlan plan = MirrorPlan.of(needed, registries.own().name(), registries.relocation());
        MirrorFiles files =
                new MirrorFiles(request.directory(), what, registries.own().insecure(), processor);
        List<String> written = files.write(plan);
        long login = plan.images().stream().filter(MirrorImage::needsLogin).count();
        String number = plan.images().size() + " images for " + what + ", " + login
                + " of them from registries that require a login";
        report.check(Check.ok("images.listed", request.directory().toString(), number));
        report.note(
                "The lists of " + number + ", are in " + request.directory() + ": " + String.join(", ", written) + ".");
        if (!plan.isEmpty()) {
            report.step("Ask the registry", () -> {
                askTheRegistry(plan, files);
                return true;
            });
        }
    }

    private List<NeededImage> ofTheCluster() {
        try {
            Engine engine = request.engine();
            List<String> namespaces = request.streams().namespaces();
            List<String> scope = engine.scope(namespaces);
            RunningCluster.require(engine, "whose images could be listed", report);
            Deadline limit = Deadline.in(ASKING);
            OpenShiftApi api = RunningCluster.logIn(engine, Permission.toVerify(scope), limit, report)
                    .within(limit);
            formats = ImporterDialect.of(api).formats();
            ClusterImages cluster = ClusterImages.of(api, namespaces, scope);
            warnOf(cluster.unusable());
            List<NeededImage> named =
                    cluster.images().stream().map(NeededImage::of).toList();
            if (named.isEmpty()) {
                report.check(
                        Check.warn(
                                "images.none",
                                "the cluster",
                                "No image is named in the ImageStreams of " + namespaces + " or in the pods.",
                                "check that this is the right cluster, user and namespaces: <kubeconfig>, <context>, <namespaces>"));
            }
            List<NeededImage> outside = named.stream()
                    .filter(image -> !registries.relocation().isAtTarget(image.source()))
                    .toList();
            if (outside.size() < named.size()) {
                report.note((named.size() - outside.size())
                        + " references already point to the company's registry, so their public source is unknown.");
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

    /** What no list can hold is told, and not left out in silence. */
    private void warnOf(List<String> unusable) {
        if (!unusable.isEmpty()) {
            report.check(Check.warn(
                    "images.unusable",
                    "the cluster",
                    unusable.size() + (unusable.size() == 1 ? " name is" : " names are")
                            + " not valid as an image reference, and not in the lists: "
                            + String.join(", ", unusable.stream().limit(SHOWN).toList())
                            + (unusable.size() > SHOWN ? ", …" : ""),
                    "correct the image's name in the pod or the ImageStream"));
        }
    }

    private static Check missing(MirrorImage image, Inventory inventory) {
        ManifestAnswer answer = inventory.answers().get(image);
        return Check.warn("images.missing", image.target().toString(), answer.words(), answer.fix());
    }

    /** What is there already is locked, and what is not is listed apart; a registry that cannot be asked is no failure. */
    private void askTheRegistry(MirrorPlan plan, MirrorFiles files) {
        try (RegistryClients all = new RegistryClients(registries)) {
            RegistryClients clients = all.reading(formats).runningOn(processor);
            Inventory inventory = Inventory.take(plan, clients);
            List<RegistryFailure> failures = inventory.answers().values().stream()
                    .filter(RegistryFailure.class::isInstance)
                    .map(RegistryFailure.class::cast)
                    .toList();
            if (failures.size() == plan.images().size()) {
                report.note("The registry could not be asked which images it holds ("
                        + failures.get(0).words() + "), so it is unknown which images are there.");
                return;
            }
            List<RegistryFailure> unanswered = failures.stream()
                    .filter(failure -> !Inventory.isRefused(failure))
                    .toList();
            if (!unanswered.isEmpty()) {
                report.note("The registry gave no answer about " + unanswered.size() + " of "
                        + plan.images().size() + " images, which are therefore not in the lists of missing images: "
                        + unanswered.get(0).words() + ".");
            }
            MirrorPlan missing = inventory.missingOf(plan);
            List<String> written = new ArrayList<>(files.writeMissing(missing));
            written.add(files.writeLock(inventory));
            missing.images().forEach(image -> report.check(missing(image, inventory)));
            report.note("The registry holds " + inventory.usable() + " of "
                    + plan.images().size() + " images, "
                    + inventory.size(clients).words() + " (compressed); "
                    + missing.images().size() + " are missing or have to be mirrored again. See "
                    + String.join(", ", written) + " in the same folder.");
        } catch (ProblemException e) {
            report.note("The registry could not be asked which images it holds: "
                    + e.problem().what());
        }
    }
}
