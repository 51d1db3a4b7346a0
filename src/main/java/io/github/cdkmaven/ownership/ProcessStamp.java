package io.github.cdkmaven.ownership;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that can be told from a later one with the same number, since operating systems use numbers again.
 *
 * @param pid its number
 * @param started when it began, to the precision of the operating system; the epoch where that is not known: such a stamp
 *     matches no process
 */
public record ProcessStamp(long pid, Instant started) {

    /** Linux counts from the boot, whose moment shifts by a moment when the clock is adjusted. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    /** The stamp of a process. */
    public static ProcessStamp of(ProcessHandle process) {
        return new ProcessStamp(process.pid(), started(process));
    }

    /** This process. */
    public static ProcessStamp current() {
        return of(ProcessHandle.current());
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** The process, while it lives. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(found -> isNear(started(found)));
    }

    /** Whether it lives. */
    public boolean isAlive() {
        return process().isPresent();
    }

    private boolean isNear(Instant other) {
        return !started.equals(Instant.EPOCH)
                && Duration.between(started, other).abs().compareTo(TOLERANCE) <= 0;
    }
}
