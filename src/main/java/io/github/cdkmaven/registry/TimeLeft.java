package io.github.cdkmaven.registry;

import java.time.Duration;

/** A point in time until which something has to be done, on a clock that nobody sets. */
record TimeLeft(long endNanos) {

    static TimeLeft of(Duration duration) {
        return new TimeLeft(System.nanoTime() + duration.toNanos());
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    boolean over() {
        return remaining().isZero();
    }

    boolean allows(Duration duration) {
        return remaining().compareTo(duration) > 0;
    }

    /** The earlier of this end and one that is a duration away. */
    TimeLeft atMost(Duration duration) {
        TimeLeft other = of(duration);
        return other.endNanos - endNanos < 0 ? other : this;
    }
}
