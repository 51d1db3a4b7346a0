package io.github.cdkmaven.minishift;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.MachineLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code ~/.kube/config} as the user left it while minishift runs.
 *
 * <p>minishift before 1.26 writes there whatever {@code KUBECONFIG} says. What was there is put back byte for byte and at once, also
 * when the start failed or the build is interrupted; two builds of one account take turns.
 */
public final class UserKubeconfig {

    private static final Logger LOG = LoggerFactory.getLogger(UserKubeconfig.class);

    private static final long TURN = 200;

    private final Path place;
    private final Optional<Path> link;
    private final Path file;
    private final Optional<byte[]> content;
    private final Optional<Set<PosixFilePermission>> permissions;
    private final boolean folderWasThere;
    private final MachineLock lock;
    private final Thread hook;
    private boolean closed;

    private UserKubeconfig(Path place, MachineLock lock) throws IOException {
        this.place = place;
        this.link = Files.isSymbolicLink(place) ? Optional.of(Files.readSymbolicLink(place)) : Optional.empty();
        boolean exists = Files.exists(place);
        this.file =
                exists ? place.toRealPath() : link.map(place::resolveSibling).orElse(place);
        this.lock = lock;
        this.folderWasThere = Files.exists(folder(file));
        this.content = exists ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        this.permissions =
                exists && isPosix(file) ? Optional.of(Files.getPosixFilePermissions(file)) : Optional.empty();
        this.hook = new Thread(this::putBack, "put back " + place);
    }

    /** Does a piece of work, after which the account's file is as before. */
    public static <T> T during(Path accountHome, Supplier<T> work) {
        UserKubeconfig kept = keep(accountHome);
        try {
            return work.get();
        } finally {
            kept.close();
        }
    }

    /** Remembers the file of an account until {@link #close()}. */
    private static UserKubeconfig keep(Path accountHome) {
        Path file = accountHome.resolve(".kube").resolve("config");
        try {
            Path lockPath = Path.of(System.getProperty("java.io.tmpdir"))
                    .resolve("cdk-maven-plugin-"
                            + Integer.toHexString(file.toAbsolutePath().hashCode()) + ".lock");
            UserKubeconfig kept = new UserKubeconfig(file, lock(lockPath));
            kept.keepAlsoIfInterrupted();
            return kept;
        } catch (IOException e) {
            throw Problem.of(
                            "The account's kubeconfig could not be kept as it is, so minishift, which may write to it, was not run.",
                            "see that this user may read " + file + ", and write to "
                                    + System.getProperty("java.io.tmpdir"))
                    .with(e.toString())
                    .toException(e);
        }
    }

    private void keepAlsoIfInterrupted() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The build is ending, and minishift is run to stop its VM", e);
        }
    }

    /** Waits for other builds of this account, in other processes and in this one. */
    private static MachineLock lock(Path file) throws IOException {
        while (true) {
            Optional<MachineLock> lock = MachineLock.tryTake(file, "a build that runs minishift");
            if (lock.isPresent()) {
                return lock.get();
            }
            try {
                Thread.sleep(TURN);
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupt);
            }
        }
    }

    private void close() {
        putBack();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The build is ending; {} was put back", file, e);
        }
    }

    private synchronized void putBack() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            if (content.isPresent()) {
                restore(content.get());
            } else if (Files.deleteIfExists(file)) {
                LOG.debug("{} was not there before, and is gone again", file);
            }
            restoreLink();
            removeFolder();
        } catch (IOException e) {
            LOG.warn("{} could not be put back as it was", file, e);
        }
    }

    private void restore(byte[] bytes) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            replace(bytes);
            LOG.debug("{} is as it was before minishift wrote to it", file);
        } else if (permissions.isPresent()) {
            Files.setPosixFilePermissions(file, permissions.get());
        }
    }

    private void replace(byte[] bytes) throws IOException {
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        Path copy = isPosix(folder)
                ? Files.createTempFile(
                        folder,
                        "config",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(folder, "config", ".tmp");
        Files.write(copy, bytes);
        if (permissions.isPresent()) {
            Files.setPosixFilePermissions(copy, permissions.get());
        }
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void restoreLink() throws IOException {
        if (link.isPresent() && !Files.isSymbolicLink(place)) {
            Files.deleteIfExists(place);
            Files.createSymbolicLink(place, link.get());
        }
    }

    private void removeFolder() throws IOException {
        Path folder = folder(file);
        if (folderWasThere || !Files.isDirectory(folder)) {
            return;
        }
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isEmpty()) {
                Files.delete(folder);
            }
        }
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().getParent();
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
