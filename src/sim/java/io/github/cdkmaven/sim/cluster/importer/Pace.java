package io.github.cdkmaven.sim.cluster.importer;

import java.util.concurrent.TimeUnit;

/** Lets 2 images a second pass after a burst of 3. Each import request has its own (origin importer, 3.6–3.11). */
public final class Pace {

    private static final long NANOS_PER_IMAGE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int BURST = 3;

    private final boolean real;
    private long nextFree = Long.MIN_VALUE;

    /** @param real whether to wait at all */
    public Pace(boolean real) {
        this.real = real;
    }

    /** Waits until the next image may be asked for. */
    void accept() {
        if (!real) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(reserve(System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the next place, and tells how many nanoseconds after {@code now} it is. */
    long reserve(long now) {
        nextFree = Math.max(nextFree, now - BURST * NANOS_PER_IMAGE) + NANOS_PER_IMAGE;
        return Math.max(0, nextFree - now);
    }
}
