package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.lifecycle.StartRequest;
import io.github.cdkmaven.minishift.Generation;
import io.github.cdkmaven.minishift.ImageArgument;
import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.RegistryClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the images whose public names nothing can change into minishift's cache, out of the company's registry.
 *
 * <p>minishift takes them from there into the VM at the first start, before it looks anywhere else; without them it pulls from the public
 * registry and fails, leaving the VM half made (minishift#2656, #2797). Most versions have one such name compiled in; CDK 3.4 cannot be
 * given other names at all (minishift#2318), so all of its platform images go this way.
 */
public final class ImageCache implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImageCache.class);
    private static final String HUB = "docker.io/";

    private final StartRequest request;
    private final MachineFiles files;
    private final CacheConfig config;
    private List<String> configured = List.of();

    public ImageCache(StartRequest request, MachineFiles files, Minishift minishift) {
        this.request = request;
        this.files = files;
        this.config = new CacheConfig(minishift);
    }

    /**
     * Fills the cache with what a first start of this product asks for. Does nothing before a restart, which does not look there.
     *
     * @param openshift the exact OpenShift that will run
     * @throws io.github.cdkmaven.problem.ProblemException if an image is not to be had and the start could not succeed without it
     */
    public void fill(Product product, String openshift, boolean generic, Deadline deadline) {
        if (files.hasMachine()) {
            return;
        }
        boolean all = Generation.of(product).image() == ImageArgument.IMPOSSIBLE;
        List<SeedImage> images = (all
                        ? platform(product, openshift)
                        : CompiledImage.of(product, openshift).stream().toList())
                .stream().flatMap(image -> inRegistry(image).stream()).toList();
        if (images.isEmpty()) {
            return;
        }
        try (RegistryClient client = new RegistryClient(request.streams().access())) {
            Map<SeedImage, SeedResult> results = SeededImages.seed(files.imageCache(), client, images, deadline.left());
            results.forEach((image, result) -> tell(image, result, generic));
        } catch (IOException e) {
            throw Problem.of(
                            "minishift's image cache could not be written.",
                            "see that " + files.imageCache()
                                    + " is on a disk with room and may be written to, or choose another <home> (-Dcdk.home=…)")
                    .with(String.valueOf(e.getMessage()))
                    .toException(e);
        }
        if (all) {
            configured = config.add(images.stream().map(SeedImage::publicName).toList());
        }
    }

    /** Upstream's names are asked for without their registry, which is compiled in nowhere. */
    private static List<ImageReference> platform(Product product, String openshift) {
        return Catalog.of(openshift, product).stream()
                .filter(image -> !image.optional())
                .filter(image -> image.use() instanceof Purpose.Platform || image.use() instanceof Purpose.HardCoded)
                .map(NeededImage::source)
                .map(source -> source.toString().startsWith(HUB)
                        ? ImageReference.parse(source.toString().substring(HUB.length()))
                        : source)
                .distinct()
                .toList();
    }

    private Optional<SeedImage> inRegistry(ImageReference image) {
        return request.streams()
                .policy()
                .relocation()
                .move(image)
                .filter(target -> target.registry()
                        .equals(Optional.of(request.streams().registry().host())))
                .map(target -> new SeedImage(image.toString(), target.path(), target.tagOrDigest()));
    }

    private void tell(SeedImage image, SeedResult result, boolean generic) {
        if (result instanceof SeedResult.Present) {
            LOG.info("{} is in minishift's image cache", image.publicName());
        } else if (result instanceof SeedResult.Seeded seeded) {
            LOG.info(
                    "{} was put into minishift's image cache ({} MB fetched)",
                    image.publicName(),
                    seeded.bytes() / 1_000_000);
        } else if (result instanceof SeedResult.Failed failed) {
            Problem problem = Problem.of(
                            "minishift needs the image " + image.publicName()
                                    + " inside the VM, and the registry does not give it.",
                            failed.answer().fix())
                    .with(request.streams().registry().host() + "/" + image.repository() + ":" + image.reference()
                            + ": " + failed.answer().words());
            if (!generic) {
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
            LOG.warn("The names {} are left in minishift's cache-config, where they do no harm", configured, e);
        }
    }
}
