package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.ownership.ProcessStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files by which a build, its tests and its people find the cluster that was started for them. They hold logins, and are of no use once the
 * cluster has stopped.
 *
 * @param folder the report directory
 */
public record HandedFiles(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(HandedFiles.class);

    public HandedFiles {
        folder = folder.toAbsolutePath();
    }

    /** The kubeconfig. */
    public Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /** Everything that {@code start} has handed over, as a properties file. */
    public Path properties() {
        return folder.resolve("cdk.properties");
    }

    /** The login for OpenShift's own registry; its folder is what docker takes as {@code DOCKER_CONFIG}. */
    public Path pushLogin() {
        return folder.resolve("push-login/config.json");
    }

    private Path kubeconfigOfProgram() {
        return folder.resolve(MachineEngine.KUBECONFIG);
    }

    /** What helps to find out why a goal failed. */
    Path debug() {
        return folder.resolve("debug");
    }

    /** Removes them, and the debug files of an older process. A file that cannot be removed keeps nothing from being stopped. */
    public void remove() {
        for (Path file : List.of(
                kubeconfig(),
                kubeconfigOfProgram(),
                properties(),
                pushLogin(),
                pushLogin().getParent())) {
            attempt(file);
        }
        removeOldDebug();
    }

    /** Removes the debug files of an older process, which tell of another cluster. */
    void removeOldDebug() {
        if (isOlder(debug())) {
            try (Stream<Path> files = Files.walk(debug())) {
                files.sorted(Comparator.reverseOrder()).forEach(HandedFiles::attempt);
            } catch (IOException | UncheckedIOException e) {
                LOG.debug("{} stays", debug(), e);
            }
        }
    }

    private static boolean isOlder(Path folder) {
        try {
            Instant started = ProcessStamp.current().started();
            return Files.isDirectory(folder)
                    && Files.getLastModifiedTime(folder).toInstant().isBefore(started);
        } catch (IOException e) {
            LOG.debug("{} stays", folder, e);
            return false;
        }
    }

    private static void attempt(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} names a cluster that has stopped, but could not be removed", file);
        }
    }
}
