package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.minishift.Generation;
import io.github.cdkmaven.minishift.Generation.ImageArgument;
import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.MinishiftVersion;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.mirror.MirrorPlan;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.RegistryClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts images into minishift's cache, out of the company's registry: those whose public names nothing can change, and the whole platform where
 * docker in the VM cannot pull by itself.
 *
 * <p>minishift takes them from there into the VM at the first start, before it looks anywhere else; without them it pulls from the public
 * registry and fails, leaving the VM half made (minishift#2656, #2797). Most versions have one such name compiled in; CDK 3.4 cannot be
 * given other names at all (minishift#2318), so all of its platform images go this way.
 */
public final class ImageCache implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImageCache.class);
    private static final String HUB = "docker.io/";

    private final StartSettings settings;
    private final Registries registries;
    private final MachineFiles files;
    private final CacheConfig config;
    private List<String> configured = List.of();

    /** A cache that is still to be filled from the registries of a start. */
    public ImageCache(StartSettings settings, MachineFiles files, Minishift minishift) {
        this.settings = settings;
        this.registries = settings.registries();
        this.files = files;
        this.config = new CacheConfig(minishift);
    }

    /**
     * Fills the cache with what a first start of this product asks for. Does nothing before a restart, which does not look there.
     *
     * @param openshift the exact OpenShift that will run
     * @param external whether the VM is somebody's own machine, whose docker may have an image already
     * @throws io.github.cdkmaven.problem.ProblemException if an image is not to be had and the start could not succeed without it
     */
    public void fill(MinishiftVersion product, String openshift, boolean external, Deadline deadline) {
        if (files.hasMachine()) {
            return;
        }
        Map<String, List<SeedImage>> byHost = new LinkedHashMap<>();
        Catalog.ofTheCache(openshift, product).forEach(image -> add(byHost, image, target -> publicName(image)));
        boolean renamed = Generation.of(product).image() != ImageArgument.IMPOSSIBLE;
        List<NeededImage> closed = renamed ? closedToDocker(openshift, product) : List.of();
        closed.forEach(image -> add(byHost, image, target -> nameInVm(image, target)));
        byHost.forEach((host, images) -> seed(host, images, external, deadline));
        if (!renamed || !closed.isEmpty()) {
            configured = config.add(byHost.values().stream()
                    .flatMap(List::stream)
                    .map(SeedImage::publicName)
                    .toList());
        }
    }

    /** What cluster up would make docker in the VM pull in vain. */
    private List<NeededImage> closedToDocker(String openshift, MinishiftVersion product) {
        return settings.hasClosedRegistry()
                ? Catalog.requiredPlatform(openshift, product).stream()
                        .filter(image -> target(image)
                                .flatMap(ImageReference::registry)
                                .filter(settings::isClosedToDocker)
                                .isPresent())
                        .toList()
                : List.of();
    }

    private Optional<ImageReference> target(NeededImage image) {
        return MirrorPlan.target(image, registries.own().name(), registries.relocation());
    }

    private void add(
            Map<String, List<SeedImage>> byHost, NeededImage image, Function<ImageReference, String> nameInVm) {
        target(image)
                .ifPresent(target -> byHost.computeIfAbsent(target.registry().orElseThrow(), host -> new ArrayList<>())
                        .add(new SeedImage(nameInVm.apply(target), target.path(), target.tagOrDigest())));
    }

    /** What cluster up calls an image: by the image argument it is where the registry has it, but for the compiled-in names. */
    private static String nameInVm(NeededImage image, ImageReference target) {
        return image.use() instanceof Purpose.Platform ? target.toString() : publicName(image);
    }

    /** Upstream's names are asked for without their registry, which is compiled in nowhere. */
    private static String publicName(NeededImage image) {
        String name = image.source().toString();
        return name.startsWith(HUB) ? name.substring(HUB.length()) : name;
    }

    private void seed(String host, List<SeedImage> images, boolean external, Deadline deadline) {
        try (RegistryClient client = new RegistryClient(registries.at(host))) {
            SeededImages.seed(files.imageCache(), client, images, deadline.left())
                    .forEach((image, result) -> tell(host, image, result, external));
        } catch (IOException e) {
            throw Problem.of(
                            "minishift's image cache could not be written.",
                            "make sure that " + files.imageCache()
                                    + " is writable and its disk has room, or choose another <home> (-Dcdk.home=…)")
                    .with(String.valueOf(e.getMessage()))
                    .toException(e);
        }
    }

    private static void tell(String host, SeedImage image, SeedResult result, boolean external) {
        if (result instanceof SeedResult.Present) {
            LOG.info("{} is in minishift's image cache", image.publicName());
        } else if (result instanceof SeedResult.Seeded seeded) {
            LOG.info(
                    "{} was added to minishift's image cache ({} MB downloaded)",
                    image.publicName(),
                    seeded.bytes() / 1_000_000);
        } else if (result instanceof SeedResult.Failed failed) {
            Problem problem = Problem.of(
                            "minishift needs the image " + image.publicName()
                                    + " in the VM, but the registry does not deliver it.",
                            failed.answer().fix())
                    .with(host + "/" + image.repository() + ":" + image.reference() + ": "
                            + failed.answer().words());
            if (!external) {
                throw problem.toException();
            }
            // That machine's docker may have it already: minishift looks there before it pulls.
            problem.toLines().forEach(LOG::warn);
        }
    }

    /** Takes out of the user's configuration what was put there for this start. */
    @Override
    public void close() {
        try {
            config.remove(configured);
        } catch (ProblemException e) {
            LOG.warn("The names {} remain in minishift's cache-config, where they do no harm", configured, e);
        }
    }
}
