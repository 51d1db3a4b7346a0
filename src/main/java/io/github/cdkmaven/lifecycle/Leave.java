package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.ownership.Build;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.Use;
import io.github.cdkmaven.ownership.VmRecord;
import io.github.cdkmaven.ownership.WaitingBuilds;
import io.github.cdkmaven.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Decides whether a VM is left up when somebody has done with it, and takes that somebody out of the record. Needs the lock. */
final class Leave {

    private final StopRequest request;
    private final OwnershipFiles files;
    private boolean inUseHere;

    Leave(StopRequest request, OwnershipFiles files) {
        this.request = request;
        this.files = files;
    }

    /**
     * Why it is left up; empty if it is to be stopped.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if somebody wants to stop by hand what a build uses
     */
    Optional<String> reasonToLeaveItUp(VmRecord found) {
        VmRecord record = found.withoutTheDead();
        return request.build().bound() ? whenBound(record) : byHand(record);
    }

    private Optional<String> byHand(VmRecord record) {
        if (request.keepRunning()) {
            files.record().write(record.withKept(true));
            return Optional.of("The CDK is kept running, since cdk.keepRunning is set.");
        }
        requireUnused(record, request.build(), "stopped");
        return Optional.empty();
    }

    private Optional<String> whenBound(VmRecord record) {
        Build build = request.build();
        List<String> coming = request.comingModules().get();
        VmRecord kept = request.keepRunning() && record.isForBuildsToStop() ? record.withKept(true) : record;
        if (!coming.isEmpty()) {
            inUseHere = true;
            files.record().write(kept.leftBy(build));
            return Optional.of("The CDK is left running for more modules of this build: " + String.join(", ", coming));
        }
        VmRecord left = kept.withoutUse(build);
        if (kept.kept() || !record.isForBuildsToStop()) {
            files.record().write(left);
            return Optional.of(whyKept(kept));
        }
        return next(left).map(other -> {
            files.record().write(left.withStartedBy(other));
            return "The CDK is left running for " + other + ", which stops it when it has done with it.";
        });
    }

    private Optional<Build> next(VmRecord left) {
        if (left.phase() != VmRecord.Phase.RUNNING) {
            return Optional.empty();
        }
        return left.uses().stream().map(Use::build).findFirst().or(() -> new WaitingBuilds(files)
                .firstBeside(request.build()));
    }

    private String whyKept(VmRecord record) {
        if (!record.kept()) {
            return "The CDK was not started by a build; nothing was stopped.";
        }
        String stop = request.tools().machineFiles().goal("stop");
        return request.keepRunning()
                ? "The CDK is kept running, since cdk.keepRunning is set; " + stop + " stops it."
                : "The CDK is left running, as it was kept on purpose; " + stop + " stops it.";
    }

    /** Whether more modules of this build are to use it. */
    boolean isStillInUseHere() {
        return inUseHere;
    }

    /**
     * Fails if a build uses the VM, beside one.
     *
     * @param what would be done to it
     * @throws io.github.cdkmaven.problem.ProblemException naming the builds
     */
    static void requireUnused(VmRecord record, Build build, String what) {
        List<Use> others = record.withoutTheDead().others(build);
        if (!others.isEmpty()) {
            throw Problem.of(
                            "The VM cannot be " + what + " now: it would be pulled away under a build that uses it.",
                            "wait until it has done, or end it; or give this build a VM of its own: <profile> or <home> (-Dcdk.profile=…, -Dcdk.home=…)")
                    .with(others.stream()
                            .map(use -> "it is used by " + use.build()
                                    + (use.modules().isEmpty() ? "" : ", in " + String.join(", ", use.modules())))
                            .toList())
                    .toException();
        }
    }
}
