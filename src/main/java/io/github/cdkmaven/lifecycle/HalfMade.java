package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.StartPlan;
import io.github.cdkmaven.minishift.VmCheck;
import io.github.cdkmaven.minishift.VmDelete;
import io.github.cdkmaven.minishift.VmStatus;
import io.github.cdkmaven.minishift.VmStop;
import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.VmRecord;
import io.github.cdkmaven.ownership.VmRecord.Phase;
import io.github.cdkmaven.ownership.VmRecordFile;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up what a start or a stop of ours has left half-way, because it failed or its build was killed. A VM that was being made is deleted,
 * since minishift would take it for a complete one (minishift#3276); one that existed before is stopped. What somebody else has left
 * in the same state is never touched.
 */
final class HalfMade {

    private static final Logger LOG = LoggerFactory.getLogger(HalfMade.class);

    private final StartRequest request;
    private final Minishift minishift;
    private final MachineFiles files;
    private final VmRecordFile file;

    HalfMade(StartRequest request, Minishift minishift, MachineFiles files, VmRecordFile file) {
        this.request = request;
        this.minishift = minishift;
        this.files = files;
        this.file = file;
    }

    /** After a VM was stopped: forgets it, unless the next start has to know that it was never completed. */
    static void rememberOrRemove(VmRecordFile file, VmRecord record, MachineFiles files) {
        if (files.hasMachine() && record.phase() == Phase.STARTING && record.creates()) {
            file.write(record.withPhase(Phase.STARTING, record.until()).withUses(List.of()));
        } else {
            file.remove();
        }
    }

    /** Brings the VM into a state that a start can begin with. */
    void cleanUp(StartPlan plan) {
        Optional<VmRecord> found = file.read().filter(record -> record.phase() != Phase.RUNNING);
        if (found.isEmpty() || found.get().kept()) {
            return; // kept for somebody who wants to see what went wrong
        }
        VmRecord record = found.get().withoutTheDead();
        Optional<ProcessHandle> orphan = VmChild.orphan(record);
        orphan.ifPresent(process -> VmChild.await(process, record));
        VmStatus status = minishift.status();
        if (status.openshiftRunning() && Files.isReadable(files.kubeconfig())) {
            // Completed by the orphan, or not yet begun to stop.
            file.write(record.running(files.lastStart()));
        } else if (record.phase() == Phase.STARTING && record.creates() && !isGeneric(record)) {
            delete(plan, status, record);
        } else {
            stop(status, record);
            file.remove();
        }
    }

    private boolean isGeneric(VmRecord record) {
        return record.generic() || files.isGeneric();
    }

    private void delete(StartPlan plan, VmStatus status, VmRecord record) {
        if (!status.exists() && !files.hasMachine()) {
            file.remove();
            return;
        }
        if (!VmCheck.drift(plan, files).isEmpty()) {
            return; // made by somebody else since, or with other settings: the user has to say
        }
        LOG.warn("This VM was not completed by {}; it is deleted and made anew", starter(record));
        Duration limit = request.stopTimeout();
        VmDelete deletion = new VmDelete(minishift, files, request.tools().accountHome());
        deletion.run(limit);
        file.remove();
    }

    private void stop(VmStatus status, VmRecord record) {
        if (!status.isStopped(isGeneric(record))) {
            LOG.warn("This VM was left half-way by {}; it is stopped first", starter(record));
            new VmStop(minishift, files, isGeneric(record), request.tools().accountHome()).run(request.stopTimeout());
        }
    }

    private static String starter(VmRecord record) {
        return record.startedBy().map(Build::toString).orElse("another build");
    }
}
