package io.github.cdkmaven.minishift;

import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets a CDK up in a new home, as {@code minishift setup-cdk} does it by hand. A home with anything in it is never touched: the command would
 * ask whether to delete all of that. Upstream minishift knows no such thing.
 */
final class CdkSetup {

    private static final Logger LOG = LoggerFactory.getLogger(CdkSetup.class);

    private final Supplier<Minishift> tool;
    private final MachineFiles files;

    /** A set-up that need not be done; minishift is looked for when it is needed. */
    CdkSetup(Supplier<Minishift> tool, MachineFiles files) {
        this.tool = tool;
        this.files = files;
    }

    /** Whether a CDK would have to be set up here first: there is nothing in the home. */
    boolean isHomeFree() {
        return isFree(files.home());
    }

    /**
     * Which product this is, set up.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it has to be set up and must not, or cannot
     */
    MinishiftVersion ensure(Deadline deadline) {
        Minishift minishift = tool.get();
        if (!isHomeFree()) {
            return minishift.productIfSetUp().orElseThrow(() -> minishift
                    .notSetUp()
                    .with("the folder is not empty: " + files.home() + ", so the CDK was not set up automatically")
                    .toException());
        }
        Optional<MinishiftVersion> upstream = productByAnotherHome(minishift).filter(found -> !found.isCdk());
        return upstream.orElseGet(() -> setUp(minishift, deadline));
    }

    /** Asks with a home that is thrown away: every command of minishift makes folders there, and the set-up wants none. */
    private Optional<MinishiftVersion> productByAnotherHome(Minishift minishift) {
        try {
            Path home = Files.createTempDirectory("cdk-maven-plugin");
            try {
                return minishift.productIfSetUp(home);
            } finally {
                FileTree.delete(home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    private MinishiftVersion setUp(Minishift minishift, Deadline deadline) {
        LOG.info("Setting up the CDK in the new folder {}", files.home());
        makeRoom();
        CommandResult result = minishift.setUp(deadline.left(), line -> LOG.info("  minishift | {}", line));
        if (!result.succeeded() || !isSetUp()) {
            throw minishift
                    .notSetUp()
                    .with("'minishift setup-cdk' exited " + result.exit() + ", and there is no " + marker())
                    .with(result.lastLines())
                    .toException();
        }
        return minishift.product();
    }

    /** A home that exists is one too many for {@code setup-cdk}: it asks whether to delete it. */
    private void makeRoom() {
        try {
            FileTree.delete(files.home().resolve(OwnershipFiles.FOLDER));
            Files.deleteIfExists(files.home());
        } catch (IOException e) {
            LOG.debug("{} is left as it is", files.home(), e);
        }
    }

    private Path marker() {
        return files.home().resolve("cdk");
    }

    private boolean isSetUp() {
        return Files.exists(marker());
    }

    private static boolean isFree(Path home) {
        if (!Files.exists(home)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(home)) {
            return entries.allMatch(entry -> entry.endsWith(OwnershipFiles.FOLDER));
        } catch (IOException e) {
            return false; // a file, or a folder that cannot be read: not ours to judge
        }
    }
}
