package io.github.cdkmaven.sim.cluster.importer;

import java.util.concurrent.TimeUnit;

/** Lets 2 images a second pass after a burst of 3. Each import request has its own (origin importer, 3.6–3.11). */
public final class Pace {

    private static final long NANOS_PER_IMAGE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int BURST = 3;

    private final boolean real;
    private long nextFree = System.nanoTime() - BURST * NANOS_PER_IMAGE;

    /** @param real whether to wait at all */
    public Pace(boolean real) {
        this.real = real;
    }

    /** Waits until the next image may be asked for. */
    void accept() {
        if (!real) {
            return;
        }
        long now = System.nanoTime();
        nextFree = Math.max(nextFree, now - BURST * NANOS_PER_IMAGE) + NANOS_PER_IMAGE;
        long wait = nextFree - now;
        if (wait > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
