package io.github.cdkmaven.process;

import java.time.Duration;

/** A moment until which something has to be done, on a clock that nobody sets. */
public final class Deadline {

    private volatile long end;
    private final Duration limit;

    private Deadline(long end, Duration limit) {
        this.end = end;
        this.limit = limit;
    }

    /** The moment that comes after the given time. */
    public static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos(), limit);
    }

    /** Puts it off by a time in which nothing could be done but wait for another build. */
    public void postpone(Duration time) {
        end += time.toNanos();
    }

    /** What is left; zero when it is over. */
    public Duration left() {
        long nanos = end - System.nanoTime();
        return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    /** As much of a time as is left. */
    public Duration within(Duration time) {
        Duration left = left();
        return time.compareTo(left) < 0 ? time : left;
    }

    /** The earlier of this moment and the one that comes after the given time. It stays there when this one is postponed later. */
    public Deadline atMost(Duration time) {
        return time.compareTo(left()) < 0 ? in(time) : new Deadline(end, limit);
    }

    /** Whether the moment has come. */
    public boolean isOver() {
        return left().isZero();
    }

    /** The whole time that there was. */
    public Duration limit() {
        return limit;
    }
}
