package io.github.cdkmaven.openshift;

import java.time.Duration;

/** A moment after which nothing more is begun. */
final class Deadline {

    private final long end;
    private final Duration limit;

    private Deadline(long end, Duration limit) {
        this.end = end;
        this.limit = limit;
    }

    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos(), limit);
    }

    /** What is left; zero when it is over. */
    Duration left() {
        long nanos = end - System.nanoTime();
        return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    boolean isOver() {
        return left().isZero();
    }

    /** The whole time that there was. */
    Duration limit() {
        return limit;
    }
}
