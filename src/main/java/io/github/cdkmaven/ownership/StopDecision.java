package io.github.cdkmaven.ownership;

import io.github.cdkmaven.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides whether a VM is left up when somebody has done with it, and takes that somebody out of the record. Needs the lock. */
public final class StopDecision {

    private final Build build;
    private final boolean keepRunning;
    private final Supplier<List<String>> comingModules;
    private final OwnershipFiles files;
    private final String stop;
    private boolean inUseHere;

    /**
     * A decision that is still to be made.
     *
     * @param build who asks
     * @param keepRunning whether the VM is to be left running, for this build and all later ones
     * @param comingModules the modules of the build that use the VM now or will use it
     * @param stop the goal that stops the VM by hand
     */
    public StopDecision(
            Build build, boolean keepRunning, Supplier<List<String>> comingModules, OwnershipFiles files, String stop) {
        this.build = build;
        this.keepRunning = keepRunning;
        this.comingModules = comingModules;
        this.files = files;
        this.stop = stop;
    }

    /**
     * Why it is left up; empty if it is to be stopped.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if somebody wants to stop by hand what a build uses
     */
    public Optional<String> reasonToLeaveItUp(VmRecord found) {
        VmRecord record = found.withoutTheDead();
        return build.bound() ? whenBound(record) : byHand(record);
    }

    private Optional<String> byHand(VmRecord record) {
        if (keepRunning) {
            files.record().write(record.withKept(true));
            return Optional.of("The VM is kept running, since cdk.keepRunning is set.");
        }
        requireUnused(files, record, build, "stopped");
        return Optional.empty();
    }

    private Optional<String> whenBound(VmRecord record) {
        List<String> coming = comingModules.get();
        VmRecord kept = keepRunning && record.isForBuildsToStop() ? record.withKept(true) : record;
        if (!coming.isEmpty()) {
            inUseHere = true;
            files.record().write(kept.leftBy(build));
            return Optional.of("The VM is left running for more modules of this build: " + String.join(", ", coming));
        }
        VmRecord left = kept.withoutUse(build);
        if (kept.kept() || !record.isForBuildsToStop()) {
            files.record().write(left);
            return Optional.of(whyKept(kept));
        }
        return next(left).map(other -> {
            files.record().write(left.withStartedBy(other));
            return "The VM is left running for " + other + ", which stops it when it has finished.";
        });
    }

    private Optional<Build> next(VmRecord left) {
        if (left.phase() != VmRecord.Phase.RUNNING) {
            return Optional.empty();
        }
        return left.uses().stream().map(Use::build).findFirst().or(() -> new WaitingBuilds(files).firstBeside(build));
    }

    private String whyKept(VmRecord record) {
        if (!record.kept()) {
            return "The VM was not started by a build; nothing was stopped.";
        }
        return keepRunning
                ? "The VM is kept running, since cdk.keepRunning is set; " + stop + " stops it."
                : "The VM is left running, since it was kept on purpose; " + stop + " stops it.";
    }

    /** Whether more modules of this build are to use it. */
    public boolean isStillInUseHere() {
        return inUseHere;
    }

    /**
     * Fails if a build uses the VM, beside one.
     *
     * @param files those of the VM
     * @param what would be done to it
     * @throws io.github.cdkmaven.problem.ProblemException naming the builds
     */
    public static void requireUnused(OwnershipFiles files, VmRecord record, Build build, String what) {
        List<Use> others = record.withoutTheDead().others(build);
        if (!others.isEmpty()) {
            throw Problem.of(
                            "The VM cannot be " + what + " now: another build is using it.",
                            "wait for that build to finish, or cancel it" + files.orAnother())
                    .with(others.stream()
                            .map(use -> "it is used by " + use.build()
                                    + (use.modules().isEmpty() ? "" : ", in " + String.join(", ", use.modules())))
                            .toList())
                    .toException();
        }
    }
}
