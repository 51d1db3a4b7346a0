package io.github.cdkmaven.ownership;

import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The builds that wait to use the VM: it is not stopped right before their eyes, only to be started again. */
public final class WaitingBuilds {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingBuilds.class);

    private final Path folder;

    /** Those that wait for the VM of a profile. */
    public WaitingBuilds(OwnershipFiles files) {
        this.folder = files.waiting();
    }

    /** Does what a build has to wait for, and tells others so. */
    public <T> T during(Build build, Supplier<T> wait) {
        Path file = folder.resolve(
                build.process().pid() + "-" + Integer.toHexString((build.id() + build.module()).hashCode()) + ".json");
        try {
            AtomicFile.writePrivate(file, JsonTree.text(VmRecordFile.json(build)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return wait.get();
        } finally {
            forget(file);
        }
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} could not be removed", file, e);
        }
    }

    /** The first build that waits, beside one. Those that have died are forgotten. */
    public Optional<Build> firstBeside(Build build) {
        return builds().stream().filter(waiting -> !waiting.is(build)).findFirst();
    }

    private List<Build> builds() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            LOG.debug("{} cannot be read", folder, e);
            return List.of();
        }
    }

    private static Optional<Build> read(Path file) {
        try {
            Build build = VmRecordFile.build(JsonTree.read(file));
            if (build.isAlive()) {
                return Optional.of(build);
            }
            forget(file);
        } catch (IOException | DateTimeException e) {
            LOG.debug("{} was removed in the meantime", file, e);
        }
        return Optional.empty();
    }
}
