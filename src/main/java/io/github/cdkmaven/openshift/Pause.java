package io.github.cdkmaven.openshift;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How a lane waits before it tries again. */
@FunctionalInterface
public interface Pause {

    void sleep(Duration time) throws InterruptedIOException;

    /** Really waits. */
    static Pause real() {
        return time -> {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
            }
        };
    }

    /** A wait that doubles with each try up to five seconds, the half of it by chance, so that lanes do not come back together. */
    static Duration before(int attempt) {
        long longest = Math.min(5_000, 250L << Math.min(attempt, 10));
        return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }
}
