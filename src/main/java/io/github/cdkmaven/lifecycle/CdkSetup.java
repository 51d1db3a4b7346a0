package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets a CDK up in a new home, as {@code minishift setup-cdk} does it by hand. A home with anything in it is never touched: the command would
 * ask whether to delete all of that. Upstream minishift knows no such thing.
 */
final class CdkSetup {

    private static final Logger LOG = LoggerFactory.getLogger(CdkSetup.class);

    private final Minishift minishift;
    private final MachineFiles files;

    CdkSetup(Minishift minishift, MachineFiles files) {
        this.minishift = minishift;
        this.files = files;
    }

    /**
     * Which product this is, set up.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it has to be set up and must not, or cannot
     */
    Product ensure(Deadline deadline) {
        // Looked at first, since minishift itself makes folders in a home that it finds empty.
        boolean free = isFree(files.home());
        Optional<Product> product = minishift.productIfSetUp();
        if (product.filter(found -> !found.isCdk() || isSetUp() || !free).isPresent()) {
            return product.get();
        }
        if (!free) {
            throw minishift
                    .notSetUp()
                    .with("there is something in " + files.home() + ", so it was not set up without asking")
                    .toException();
        }
        LOG.info("Setting the CDK up in {}, which is new", files.home());
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
