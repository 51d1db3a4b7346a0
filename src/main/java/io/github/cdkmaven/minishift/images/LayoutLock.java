package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.MachineLock;
import io.github.cdkmaven.registry.TimeLeft;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Lets only one build at a time write a layout. */
final class LayoutLock implements AutoCloseable {

    private static final long POLL_MILLIS = 100;

    private final MachineLock lock;

    private LayoutLock(MachineLock lock) {
        this.lock = lock;
    }

    /**
     * Waits for the lock.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if another build keeps it for all of the time
     */
    static LayoutLock take(Path layout, TimeLeft time) throws IOException {
        Files.createDirectories(layout);
        Path file = layout.resolve(".seeding.lock");
        Optional<MachineLock> lock = tryTake(file);
        while (lock.isEmpty()) {
            if (time.over()) {
                throw Problem.of(
                                "Another build is writing minishift's image cache " + layout,
                                "Wait for it, or give each build a MINISHIFT_HOME of its own in <home> (-Dcdk.home=…).")
                        .with("Its lock is " + file)
                        .toException();
            }
            pause();
            lock = tryTake(file);
        }
        return new LayoutLock(lock.get());
    }

    private static Optional<MachineLock> tryTake(Path file) throws IOException {
        return MachineLock.tryTake(file, "a build that fills the image cache");
    }

    @Override
    public void close() throws IOException {
        lock.close();
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
