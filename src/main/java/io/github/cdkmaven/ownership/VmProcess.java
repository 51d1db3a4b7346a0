package io.github.cdkmaven.ownership;

import io.github.cdkmaven.ownership.VmRecord.Phase;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.ProcessTree;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps track of the process that changes the VM: it goes on when the build that began it is killed. */
public final class VmProcess {

    private static final Logger LOG = LoggerFactory.getLogger(VmProcess.class);
    private static final Duration BEAT = Duration.ofSeconds(30);

    private VmProcess() {}

    /** Enters each process that changes the VM into its record. */
    public static Consumer<ProcessHandle> recordedIn(VmRecordFile file) {
        return process -> file.read().ifPresent(record -> file.write(record.withChild(ProcessStamp.of(process))));
    }

    /** The record of a VM that is being stopped. */
    public static VmRecord stopping(VmRecord record, Duration limit) {
        Phase phase = record.phase() == Phase.STARTING ? Phase.STARTING : Phase.STOPPING;
        return record.withPhase(phase, Instant.now().plus(limit));
    }

    /** The process that goes on though its build has died. */
    public static Optional<ProcessHandle> orphan(VmRecord record) {
        return record.child().flatMap(ProcessStamp::process);
    }

    /** Waits for it, and ends it when its time is up. */
    static void await(ProcessHandle orphan, VmRecord record) {
        Duration left = Duration.between(Instant.now(), record.until());
        LOG.info(
                "Waiting for process {}, which is still working on the VM although {} has died",
                orphan.pid(),
                record.startedBy().map(Build::toString).orElse("its build"));
        Duration limit = left.isNegative() ? Duration.ZERO : left;
        boolean ended = Heartbeat.during(
                "the process of a build that has died", limit, BEAT, LOG::info, () -> hasEnded(orphan, limit));
        if (!ended) {
            LOG.warn("It did not end in time, and is terminated");
            ProcessTree.end(orphan);
        }
    }

    private static boolean hasEnded(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            return false;
        }
    }
}
