package io.github.cdkmaven.streams;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/** How many requests may be under way at once; fewer when the other side says that they are too many. */
final class ConcurrencyLimit {

    private static final class Permits extends Semaphore {

        private static final long serialVersionUID = 1L;

        Permits(int permits) {
            super(permits, true);
        }

        void fewer() {
            reducePermits(1);
        }
    }

    private final Permits permits;
    private int open;

    ConcurrencyLimit(int parallelism) {
        this.open = Math.max(1, parallelism);
        this.permits = new Permits(open);
    }

    /** Waits for a free lane. */
    void enter() throws InterruptedIOException {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    void leave() {
        permits.release();
    }

    /** Closes one lane for good, but never the last one. */
    synchronized void closeOne() {
        if (open > 1) {
            open--;
            permits.fewer();
        }
    }

    synchronized int open() {
        return open;
    }
}
