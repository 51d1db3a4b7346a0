package io.github.cdkmaven.registry.oci;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.registry.TimeLeft;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Lets only one build at a time write a layout; the operating system gives it up for a build that was killed. */
final class LayoutLock implements AutoCloseable {

    private static final long POLL_MILLIS = 100;

    private final FileChannel channel;

    private LayoutLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the lock.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if another build keeps it for all of the time
     */
    static LayoutLock take(Path layout, TimeLeft time) throws IOException {
        Files.createDirectories(layout);
        Path file = layout.resolve(".seeding.lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            while (tryLock(channel).isEmpty()) {
                if (time.over()) {
                    throw Problem.of(
                                    "Another build is writing minishift's image cache " + layout,
                                    "Wait for it, or give each build a MINISHIFT_HOME of its own in <home> (-Dcdk.home=…).")
                            .with("Its lock is " + file)
                            .toException();
                }
                pause();
            }
            taken = true;
            return new LayoutLock(channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // Another thread of this JVM: Maven's -T.
            return Optional.empty();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the lock of the image cache");
        }
    }
}
