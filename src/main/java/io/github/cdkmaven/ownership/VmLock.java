package io.github.cdkmaven.ownership;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one build at a time start or stop the VM of a profile; the operating system gives the lock up for a build that was killed.
 *
 * <p>Within one JVM the modules of {@code -T} take turns by an entry in the system properties, and only who has it opens the lock's file:
 * closing any channel of a file gives up all locks that the JVM has on it (see {@link FileLock}), and modules need not share classes, so that
 * static state would not be common to them.
 */
public final class VmLock {

    private static final Logger LOG = LoggerFactory.getLogger(VmLock.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BEAT = Duration.ofSeconds(30);

    private final String turn;
    private final OwnershipFiles files;
    private final FileChannel channel;

    private VmLock(String turn, OwnershipFiles files, FileChannel channel) {
        this.turn = turn;
        this.files = files;
        this.channel = channel;
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
                            "The VM '" + files.profile()
                                    + "' is being started or stopped by somebody else, for longer than "
                                    + Heartbeat.words(limit) + ".",
                            "see what that build does, and end it if it hangs; <" + parameter + "> or -Dcdk."
                                    + parameter + "=… to wait longer; <profile> or <home> for a VM of this build's own")
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
            String turn = turn(files);
            if (System.getProperties().putIfAbsent(turn, words(build, Instant.now())) != null) {
                return Optional.empty();
            }
            Optional<VmLock> lock = Optional.empty();
            try {
                lock = open(turn, files, build);
            } finally {
                if (lock.isEmpty()) {
                    System.clearProperty(turn);
                }
            }
            return lock;
        } catch (IOException e) {
            throw Problem.of(
                            "The lock of the VM '" + files.profile() + "' cannot be used.",
                            "see that this user may write to " + files.folder()
                                    + ", and that the disk knows locks, as every local one does; or name another home: <home> (-Dcdk.home=…)")
                    .with(e.toString())
                    .toException(e);
        }
    }

    private static Optional<VmLock> open(String turn, OwnershipFiles files, Build build) throws IOException {
        FileChannel channel = FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = tryLock(channel).isPresent();
            if (taken) {
                PrivateFile.write(
                        files.holder(),
                        VmRecordFile.json(build)
                                .put("since", Instant.now().toString())
                                .toString());
                return Optional.of(new VmLock(turn, files, channel));
            }
            return Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /** Whether a thread of this JVM has the lock. */
    public static boolean isHeldHere(OwnershipFiles files) {
        try {
            return System.getProperty(turn(files)) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static String turn(OwnershipFiles files) throws IOException {
        return "cdk-maven-plugin.turn:" + files.folder().toRealPath().resolve(files.profile());
    }

    /** Who has the lock, in words. */
    private static String holder(OwnershipFiles files) {
        Supplier<String> unknown = () -> "another build";
        try {
            String here = System.getProperty(turn(files));
            return here != null ? here : read(files.holder()).orElseGet(unknown);
        } catch (IOException e) {
            return unknown.get(); // taken away between a look and the next
        }
    }

    private static Optional<String> read(Path holder) throws IOException {
        if (!Files.isReadable(holder)) {
            return Optional.empty();
        }
        try {
            var json = JSON.readTree(holder.toFile());
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
        try (channel) {
            Files.deleteIfExists(files.holder());
        } catch (IOException e) {
            LOG.debug("{} could not be given up in order; the operating system does it", files.lock(), e);
        } finally {
            System.clearProperty(turn);
        }
    }
}
