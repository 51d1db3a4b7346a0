package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.report.ReportBuilder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows whether the VM is this build's, keeps the record of it, and stops what this build started when it fails. */
final class Ownership {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    private final StartRequest request;
    private final Minishift minishift;
    private final MachineFiles files;
    private boolean begun;

    Ownership(StartRequest request, Minishift minishift, MachineFiles files) {
        this.request = request;
        this.minishift = minishift;
        this.files = files;
    }

    /** Whether the VM is a machine reached by SSH: by the POM, or by the record of the existing one. */
    boolean isGeneric() {
        return request.settings().isGeneric() || files.isGeneric();
    }

    /** This build is about to start the VM. */
    void begin() {
        StartRecord.now(request.build(), files.profile()).write(request.reportDirectory());
        begun = true;
    }

    /** Somebody else's start won: the VM is not ours. */
    boolean lost() {
        StartRecord.remove(request.reportDirectory());
        begun = false;
        return false;
    }

    /** The VM runs already: it is ours only if we started it before, or inherit it from a build that died. */
    boolean attach() {
        Optional<StartRecord> record = StartRecord.read(request.reportDirectory());
        boolean same = record.filter(
                        found -> found.build().id().equals(request.build().id()))
                .isPresent();
        if (record.filter(StartRecord::isAbandoned).isPresent()) {
            LOG.info("The build that started it has died; this build takes it over");
            StartRecord.now(request.build(), files.profile()).write(request.reportDirectory());
            return true;
        }
        return same;
    }

    /** A step failed: stops the VM if this build started it, and leaves it if not. */
    void undo(ReportBuilder report) {
        if (!begun) {
            return;
        }
        if (!request.stopOnFailure()) {
            LOG.warn("The VM is left running, since <onFailure> is 'keep'");
            return;
        }
        LOG.info("The start failed; stopping the VM that it started");
        try {
            if (!minishift.status().isStopped(isGeneric())) {
                new VmStop(minishift, isGeneric(), request.tools().accountHome()).run(request.stopTimeout());
            }
            StartRecord.remove(request.reportDirectory());
        } catch (ProblemException e) {
            LOG.error("The VM could not be stopped: {}", e.getMessage());
            report.problem(e.problem());
        }
    }
}
