package io.github.cdkmaven.minishift;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.MachineLock;
import io.github.cdkmaven.process.UserFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what minishift does to {@code ~/.kube/config} of the account, and leaves what the user does meanwhile.
 *
 * <p>minishift before 1.26 writes there whatever {@code KUBECONFIG} says; newer ones need none of this. What was there is kept in the
 * {@link UserFolder} until it is back: after a start that failed, an interrupted build, or a build that was killed, by the next one. Two
 * builds of one account take turns, since their minishifts would overwrite each other's changes.
 */
final class UserKubeconfig {

    private static final Logger LOG = LoggerFactory.getLogger(UserKubeconfig.class);
    private static final Duration BEAT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 200;

    /** How long a build that is being ended waits: for its own work to come back, or for another build. */
    private static final Duration END = Duration.ofSeconds(10);

    private final Path place;
    private final Path lockFile;
    private final Path state;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::processEnds, "cdk-maven-plugin: put the kubeconfig back");
    private volatile boolean ending;
    private volatile boolean kept;

    private UserKubeconfig(Path accountHome, Path folder) {
        this.place = accountHome.resolve(".kube").resolve("config");
        this.lockFile = folder.resolve("kubeconfig.lock");
        this.state = folder.resolve("kubeconfig.json");
    }

    /**
     * Does a piece of work, after which the account's file is as it would be without minishift.
     *
     * @param files those of the VM to which the work is done
     * @param deadline the work's; waiting for another build puts it off, and may itself take as long as the whole of it
     * @throws io.github.cdkmaven.problem.ProblemException if the file cannot be kept, or another build does not end in time
     */
    static <T> T during(Path accountHome, MachineFiles files, Deadline deadline, Supplier<T> work) {
        Supplier<T> guarded = work;
        for (Path home : homes(accountHome)) {
            Supplier<T> inner = guarded;
            guarded = () -> new UserKubeconfig(home, UserFolder.create(home)).guard(files, deadline, inner);
        }
        return guarded.get();
    }

    /** Puts back what a build has kept that was killed. Where a living build keeps it, that one does. */
    static void recover(Path accountHome) {
        for (Path home : homes(accountHome)) {
            UserKubeconfig kubeconfig = new UserKubeconfig(home, UserFolder.in(home));
            if (Files.exists(kubeconfig.state)) {
                UserFolder.create(home);
                kubeconfig.tryLock().ifPresent(lock -> {
                    kubeconfig.putBack();
                    kubeconfig.close(lock);
                });
            }
        }
    }

    /**
     * Where minishift writes: {@code oc login} below HOME, minishift itself below the home that the password database has (minishift
     * {@code pkg/minishift/oc/oc.go}, {@code user.Current}), which is the JVM's.
     */
    private static Set<Path> homes(Path accountHome) {
        Set<Path> homes = new TreeSet<>(Set.of(accountHome.toAbsolutePath().normalize()));
        Path other = Path.of(System.getProperty("user.home")).toAbsolutePath().normalize();
        if (accountHome.toString().equals(System.getenv("HOME"))
                && Files.isDirectory(other)
                && Files.isWritable(other)) {
            homes.add(other);
        }
        return homes;
    }

    private <T> T guard(MachineFiles files, Deadline deadline, Supplier<T> work) {
        if (!addHook()) {
            ending = true;
        }
        try {
            Optional<MachineLock> lock = lock(deadline);
            if (lock.isEmpty()) {
                LOG.warn("The build is ending and does not wait for {}: {} is not restored", holder(), place);
                return work.get();
            }
            try {
                keep(files);
                return work.get();
            } finally {
                putBack();
                close(lock.get());
            }
        } finally {
            done.countDown();
            removeHook();
        }
    }

    private void keep(MachineFiles files) {
        putBack();
        try {
            if (Files.exists(state)) {
                throw new IOException("what an earlier build saved in " + state + " could not be restored first");
            }
            KeptKubeconfig.of(place, VmEntries.of(files), thisBuild()).write(state);
            kept = true;
        } catch (IOException e) {
            throw Problem.of(
                            place + " could not be saved, so minishift, which may write to it, was not run.",
                            "make sure that this user may read " + place + " and write to " + state.getParent()
                                    + ", and that there is room on the disk; or use CDK 3.7 or newer, which leaves the file alone")
                    .with(e.toString())
                    .toException(e);
        }
    }

    /** Puts back what is kept, by this build or by one that was killed. */
    private synchronized void putBack() {
        if (!Files.exists(state)) {
            return;
        }
        KeptKubeconfig kept;
        try {
            kept = KeptKubeconfig.read(state);
        } catch (IOException | RuntimeException e) {
            setAside(e);
            return;
        }
        if (!kept.holder().equals(thisBuild())) {
            LOG.warn("Restoring {}: {} was killed while minishift ran", place, kept.holder());
        }
        try {
            kept.putBack();
            Files.delete(state);
        } catch (IOException e) {
            LOG.warn(
                    "{} could not be restored. Its content is saved in {}, and the next start, stop or delete tries again: {}",
                    place,
                    state,
                    e.toString());
        }
    }

    private void setAside(Exception cause) {
        Path aside = state.resolveSibling("kubeconfig.unreadable.json");
        LOG.warn("{} cannot be read and is moved to {}: {}", state, aside, cause.toString());
        try {
            Files.move(state, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("{} stays", state, e);
        }
    }

    private static String thisBuild() {
        return "the build in " + System.getProperty("user.dir") + " (process "
                + ProcessHandle.current().pid() + ")";
    }

    /** Waits for other builds of this account, in other processes and in this one; empty if that would hold up the end of this one. */
    private Optional<MachineLock> lock(Deadline deadline) {
        Optional<MachineLock> free = tryLock();
        if (free.isPresent()) {
            return free;
        }
        long begin = System.nanoTime();
        Duration limit = ending ? END : deadline.limit();
        LOG.info("Waiting for {}: its minishift may write to {} until it ends", holder(), place);
        try {
            return Heartbeat.during(holder(), limit, BEAT, LOG::info, () -> await(begin + limit.toNanos()));
        } finally {
            deadline.postpone(Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private Optional<MachineLock> await(long end) {
        boolean wasEnding = ending;
        while (System.nanoTime() < end) {
            if (ending && !wasEnding) {
                throw Problem.of("The build is ending.", "run it again").toException();
            }
            pause();
            Optional<MachineLock> lock = tryLock();
            if (lock.isPresent()) {
                return lock;
            }
        }
        if (wasEnding) {
            return Optional.empty();
        }
        throw Problem.of(
                        "Another build of this account has been running minishift for too long, and both would write to "
                                + place + ".",
                        "check what that build does, and end it if it hangs; a longer <startTimeout> or <stopTimeout>"
                                + " (-Dcdk.startTimeout=…, -Dcdk.stopTimeout=…) waits longer; CDK 3.7 and newer need not wait")
                .with("it is " + holder(), "its lock is " + lockFile)
                .toException();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of("Waiting for another build was interrupted.", "run the build again")
                    .toException(e);
        }
    }

    private Optional<MachineLock> tryLock() {
        try {
            Optional<MachineLock> lock = MachineLock.tryTake(lockFile, thisBuild());
            UserFolder.handOver(lockFile);
            return lock;
        } catch (IOException e) {
            throw Problem.of(
                            "The lock " + lockFile + " cannot be used.",
                            "let this user write to " + lockFile.getParent()
                                    + ", on a file system that supports locks (network shares often do not)")
                    .with(e.toString())
                    .toException(e);
        }
    }

    private String holder() {
        try {
            Optional<String> here = MachineLock.holderHere(lockFile);
            return here.isPresent() ? here.get() : KeptKubeconfig.read(state).holder();
        } catch (IOException | RuntimeException e) {
            return "another build"; // it is about to begin or has ended
        }
    }

    private void close(MachineLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("{} could not be released cleanly; the operating system releases it", lockFile, e);
        }
    }

    private boolean addHook() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException e) {
            return false; // being ended already, and minishift is run to stop its VM
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The build is ending; {} is restored", place, e);
        }
    }

    /** The hook: what minishift is doing is being ended too, and then the file is put back; it is also if that takes too long. */
    private void processEnds() {
        ending = true;
        try {
            if (!done.await(END.toSeconds(), TimeUnit.SECONDS) && kept) {
                putBack();
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted; the next build restores {}", place, e);
        }
    }
}
