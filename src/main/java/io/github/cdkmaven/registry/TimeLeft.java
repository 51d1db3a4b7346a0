package io.github.cdkmaven.registry;

import java.time.Duration;

/**
 * A point in time until which something has to be done, on a clock that nobody sets.
 *
 * @param endNanos the point, on the clock of {@link System#nanoTime}
 */
public record TimeLeft(long endNanos) {

    /** The end of a duration that begins now. */
    public static TimeLeft of(Duration duration) {
        return new TimeLeft(System.nanoTime() + duration.toNanos());
    }

    /** How long until then; zero if it is past. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /** Whether it is past. */
    public boolean over() {
        return remaining().isZero();
    }

    /** Whether there is more time than a duration. */
    boolean allows(Duration duration) {
        return remaining().compareTo(duration) > 0;
    }

    /** The earlier of this end and one that is a duration away. */
    TimeLeft atMost(Duration duration) {
        TimeLeft other = of(duration);
        return other.endNanos - endNanos < 0 ? other : this;
    }
}
