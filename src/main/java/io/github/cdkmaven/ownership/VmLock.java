package io.github.cdkmaven.ownership;

import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.AtomicFile;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.MachineLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets one build at a time start or stop the VM of a profile, and tells the others who that is. */
public final class VmLock {

    private static final Logger LOG = LoggerFactory.getLogger(VmLock.class);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BEAT = Duration.ofSeconds(30);

    private final OwnershipFiles files;
    private final MachineLock lock;

    private VmLock(OwnershipFiles files, MachineLock lock) {
        this.files = files;
        this.lock = lock;
    }

    /**
     * Waits for the lock.
     *
     * @param limit how long at most
     * @param parameter the one that says how long
     * @throws io.github.cdkmaven.problem.ProblemException if somebody has it for longer than that, or if this thread is interrupted
     */
    public static VmLock take(OwnershipFiles files, Build build, Duration limit, String parameter) {
        files.create();
        Optional<VmLock> free = tryOnce(files, build);
        return free.orElseGet(() -> await(files, build, limit, parameter));
    }

    /** Does a piece of work that nobody else of this machine may do to the VM at the same time; see {@link #take}. */
    public static <T> T during(OwnershipFiles files, Build build, Duration limit, String parameter, Supplier<T> work) {
        VmLock lock = take(files, build, limit, parameter);
        try {
            return work.get();
        } finally {
            lock.close();
        }
    }

    private static VmLock await(OwnershipFiles files, Build build, Duration limit, String parameter) {
        String holder = holder(files);
        LOG.info("Waiting for the VM '{}', which is being started or stopped by {}", files.profile(), holder);
        Instant end = Instant.now().plus(limit);
        return Heartbeat.during(holder, limit, BEAT, LOG::info, () -> {
            while (Instant.now().isBefore(end)) {
                pause();
                Optional<VmLock> taken = tryOnce(files, build);
                if (taken.isPresent()) {
                    return taken.get();
                }
            }
            throw Problem.of(
                            "Gave up after " + Heartbeat.words(limit)
                                    + ": another build is still starting or stopping VM '" + files.profile() + "'.",
                            "check what that build does, and end it if it hangs; <" + parameter + "> or -Dcdk."
                                    + parameter + "=… to wait longer" + files.orAnother())
                    .with("by " + holder(files), "its lock is " + files.lock())
                    .toException();
        });
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of("Waiting for another build was interrupted.", "run the build again")
                    .toException(e);
        }
    }

    private static Optional<VmLock> tryOnce(OwnershipFiles files, Build build) {
        try {
            Instant now = Instant.now();
            Optional<MachineLock> lock = MachineLock.tryTake(files.lock(), words(build, now));
            return lock.isEmpty() ? Optional.empty() : Optional.of(told(files, build, now, lock.get()));
        } catch (IOException e) {
            throw Problem.of(
                            "The lock of the VM '" + files.profile() + "' cannot be used.",
                            "make sure that this user may write to " + files.folder()
                                    + ", and that its file system supports locks (network shares often do not)"
                                    + files.orAnother())
                    .with(e.toString())
                    .toException(e);
        }
    }

    /** Tells other processes who has it. */
    private static VmLock told(OwnershipFiles files, Build build, Instant since, MachineLock lock) throws IOException {
        try {
            AtomicFile.writePrivate(
                    files.holder(), JsonTree.text(VmRecordFile.json(build).put("since", since.toString())));
            return new VmLock(files, lock);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether a thread of this JVM has the lock. */
    public static boolean isHeldHere(OwnershipFiles files) {
        try {
            return MachineLock.holderHere(files.lock()).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Who has the lock, in words. */
    private static String holder(OwnershipFiles files) {
        Supplier<String> unknown = () -> "another build";
        try {
            Optional<String> here = MachineLock.holderHere(files.lock());
            return here.isPresent() ? here.get() : read(files.holder()).orElseGet(unknown);
        } catch (IOException e) {
            return unknown.get(); // taken away between a look and the next
        }
    }

    private static Optional<String> read(Path holder) throws IOException {
        if (!Files.isRegularFile(holder)) {
            return Optional.empty();
        }
        try {
            var json = JsonTree.read(holder);
            return Optional.of(words(
                    VmRecordFile.build(json), Instant.parse(json.path("since").asText())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String words(Build build, Instant since) {
        String module = build.module().equals(build.project()) ? "" : ", module " + build.module();
        return build + module + " since " + CLOCK.format(since);
    }

    /** Gives it up. */
    public void close() {
        try (lock) {
            Files.deleteIfExists(files.holder());
        } catch (IOException e) {
            LOG.debug("{} could not be released cleanly; the operating system releases it", files.lock(), e);
        }
    }
}
