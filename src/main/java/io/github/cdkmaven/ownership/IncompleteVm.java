package io.github.cdkmaven.ownership;

import io.github.cdkmaven.engine.Machine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.ownership.VmRecord.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up what a start or a stop of ours has left half-way, because it failed or its build was killed. A VM that was being made is deleted,
 * since minishift would take it for a complete one (minishift#3276); one that existed before is stopped, and so is one that the next start completes. What somebody else has left
 * in the same state is never touched.
 */
public final class IncompleteVm {

    private static final Logger LOG = LoggerFactory.getLogger(IncompleteVm.class);

    private final MachineEngine engine;
    private final VmRecordFile file;
    private final Duration limit;

    /**
     * A clean-up that is still to be made.
     *
     * @param limit how long stopping or deleting the VM may take
     */
    public IncompleteVm(MachineEngine engine, VmRecordFile file, Duration limit) {
        this.engine = engine;
        this.file = file;
        this.limit = limit;
    }

    /** After a VM was stopped: forgets it, unless the next start has to know that it was never completed. */
    public static void rememberOrRemove(VmRecordFile file, VmRecord record, Machine machine) {
        if (machine.exists() && record.phase() == Phase.STARTING && record.creates()) {
            file.write(record.withPhase(Phase.STARTING, record.until()).withUses(List.of()));
        } else {
            file.remove();
        }
    }

    /** Brings the VM into a state that a start can begin with. */
    public void cleanUp() {
        Optional<VmRecord> found = file.read().filter(this::isHalfWay);
        if (found.isEmpty() || found.get().kept()) {
            return; // kept for somebody who wants to see what went wrong
        }
        VmRecord record = found.get().withoutTheDead();
        Optional<ProcessHandle> orphan = VmProcess.orphan(record);
        orphan.ifPresent(process -> VmProcess.await(process, record));
        State state = engine.state();
        Machine machine = engine.machine();
        if (state.isRunning() && machine.complete()) {
            // Completed by the orphan, or not yet begun to stop.
            file.write(record.running(machine.lastStart()));
        } else if (record.phase() == Phase.STARTING && record.creates() && !machine.resumable()) {
            delete(state, record);
        } else {
            stop(state, record);
            file.remove();
        }
    }

    /** A VM whose OpenShift has died since is no better, where a start brings it up again. */
    private boolean isHalfWay(VmRecord record) {
        return record.phase() != Phase.RUNNING
                || record.isAbandoned()
                        && engine.machine().resumable()
                        && engine.state().phase() == State.Phase.INCOMPLETE;
    }

    private void delete(State state, VmRecord record) {
        if (state.phase() == State.Phase.ABSENT) {
            file.remove();
            return;
        }
        if (!engine.differences().isEmpty()) {
            return; // made by somebody else since, or with other settings: the user has to say
        }
        LOG.warn("{} left this VM incomplete; deleting and recreating it", starter(record));
        engine.delete(limit, VmProcess.recordedIn(file));
        file.remove();
    }

    private void stop(State state, VmRecord record) {
        if (state.needsStop()) {
            LOG.warn("{} left this VM half started; stopping it first", starter(record));
            engine.stop(limit, VmProcess.recordedIn(file));
        }
    }

    private static String starter(VmRecord record) {
        return record.startedBy().map(Build::toString).orElse("another build");
    }
}
