package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.AtomicFile;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.MachineLock;
import io.github.cdkmaven.registry.RegistryClient;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills {@code <MINISHIFT_HOME>/cache/images}, from which minishift's first start takes images into the VM before it looks
 * anywhere else. Thus the images whose public names are compiled into minishift need no public registry.
 */
public final class SeededImages {

    private static final Logger LOG = LoggerFactory.getLogger(SeededImages.class);
    private static final Duration BEAT = Duration.ofSeconds(30);
    private static final String THIS_BUILD =
            "the build of process " + ProcessHandle.current().pid();

    private SeededImages() {}

    /**
     * Makes sure that the cache holds some images; fetches only what it lacks. A run that was ended in the middle leaves the
     * names in the cache as they were, and the blobs that it finished.
     *
     * <p>An image of that name in the cache stays if the registry has the same one, or none, or does not answer; it is replaced
     * if the registry has another.
     *
     * @param folder the cache, made if it is not there
     * @param within the time for all, waiting for another build included
     * @return what came of each image, in their order
     * @throws IOException if the folder cannot be written
     * @throws io.github.cdkmaven.problem.ProblemException if minishift could not read a cache there, or another build keeps it
     */
    public static Map<SeedImage, SeedResult> seed(
            Path folder, RegistryClient client, List<SeedImage> images, Duration within) throws IOException {
        requireNameThatMinishiftReads(folder);
        Deadline deadline = Deadline.in(within);
        Path holder = holderFile(folder);
        MachineLock lock = lock(folder, deadline);
        try (lock) {
            AtomicFile.writePrivate(holder, THIS_BUILD);
            OciLayout layout = new OciLayout(folder);
            layout.prepare();
            try {
                return new Seeding(layout, client, deadline).run(images);
            } finally {
                layout.removeUnfinished();
                Files.deleteIfExists(holder);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Lets only one build at a time write a layout. */
    private static MachineLock lock(Path folder, Deadline deadline) throws IOException {
        Path file = Files.createDirectories(folder).resolve(".seeding.lock");
        Optional<MachineLock> free = MachineLock.tryTake(file, THIS_BUILD);
        if (free.isPresent()) {
            return free.get();
        }
        String holder = holder(folder);
        LOG.info("Waiting for {}, which fills minishift's image cache {}", holder, folder);
        try {
            return Heartbeat.during(holder, deadline.limit(), BEAT, LOG::info, () -> take(file, deadline))
                    .orElseThrow(() -> Problem.of(
                                    "Another build is writing minishift's image cache " + folder,
                                    "Wait for it, or give each build a MINISHIFT_HOME of its own in <home> (-Dcdk.home=…).")
                            .with("It is " + holder(folder) + "; its lock is " + file)
                            .toException());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<MachineLock> take(Path file, Deadline deadline) {
        try {
            return MachineLock.take(file, THIS_BUILD, deadline);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells other processes who has the lock. */
    private static Path holderFile(Path folder) {
        return folder.resolve(".seeding.holder");
    }

    private static String holder(Path folder) {
        Path file = holderFile(folder);
        try {
            return Files.isRegularFile(file) ? ForeignText.line(Files.readString(file)) : "another build";
        } catch (IOException e) {
            return "another build"; // it has just ended
        }
    }

    /**
     * Whether the cache holds an image whole, so that minishift will import it.
     *
     * @throws IOException if the folder cannot be read
     * @throws io.github.cdkmaven.problem.ProblemException if the cache's index is broken
     */
    public static boolean holds(Path folder, String publicName) throws IOException {
        return new OciLayout(folder).image(publicName).isPresent();
    }

    /** The reader in minishift takes a colon for the end of the path (containers/image oci/internal/oci_util.go). */
    private static void requireNameThatMinishiftReads(Path folder) {
        String path = folder.toAbsolutePath().toString();
        long colons = path.chars().filter(c -> c == ':').count();
        if (colons > (File.separatorChar == '\\' ? 1 : 0)) {
            throw Problem.of(
                            "minishift cannot read an image cache in a path with a colon: " + path,
                            "Choose a MINISHIFT_HOME without a colon in <home> (-Dcdk.home=…).")
                    .toException();
        }
    }
}
