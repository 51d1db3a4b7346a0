package io.github.cdkmaven.ownership;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Who started the VM of one profile, how far that has come, and who uses it.
 *
 * @param startedBy who started it; absent for a VM that was started without the plugin
 * @param at when
 * @param phase how far it has come
 * @param creates whether that start makes or completes the VM, and does not boot one that was used
 * @param kept whether it is to be left running
 * @param child minishift's own process that starts or stops the VM
 * @param until when that process is to be ended, should its build have died
 * @param mark what minishift wrote down with that start; see {@link io.github.cdkmaven.engine.Machine#lastStart()}
 * @param uses the builds that use the VM
 */
public record VmRecord(
        Optional<Build> startedBy,
        Instant at,
        Phase phase,
        boolean creates,
        boolean kept,
        Optional<ProcessStamp> child,
        Instant until,
        Optional<Instant> mark,
        List<Use> uses) {

    /** How far a VM has come. */
    public enum Phase {
        /** {@code minishift start} runs, or has failed, or its build has died meanwhile. */
        STARTING,
        /** It was started. */
        RUNNING,
        /** {@code minishift stop} runs, or its build has died meanwhile. */
        STOPPING
    }

    public VmRecord {
        uses = List.copyOf(uses);
    }

    /** A VM that somebody started without the plugin. */
    public static VmRecord ofSomebodyElse() {
        return new VmRecord(
                Optional.empty(),
                Instant.now(),
                Phase.RUNNING,
                false,
                false,
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                List.of());
    }

    /** A start that begins now. */
    public static VmRecord starting(Build build, boolean creates, Instant until) {
        return new VmRecord(
                Optional.of(build),
                Instant.now(),
                Phase.STARTING,
                creates,
                false,
                Optional.empty(),
                until,
                Optional.empty(),
                List.of());
    }

    /**
     * Whether it tells of the start of the VM that runs now, and not of one before somebody has started it anew.
     *
     * @param lastStart what the engine has written down with its last start
     */
    public boolean isOfStart(Optional<Instant> lastStart) {
        return mark.isEmpty() || mark.equals(lastStart);
    }

    /** Another build is to stop the VM. */
    public VmRecord withStartedBy(Build build) {
        return new VmRecord(Optional.of(build), at, phase, creates, kept, child, until, mark, uses);
    }

    /** What is being done to the VM, and when that has to be over. */
    public VmRecord withPhase(Phase value, Instant end) {
        return new VmRecord(startedBy, at, value, creates, kept, Optional.empty(), end, mark, uses);
    }

    /** The start has succeeded. */
    public VmRecord running(Optional<Instant> written) {
        return new VmRecord(startedBy, at, Phase.RUNNING, creates, kept, Optional.empty(), until, written, uses);
    }

    /** Whether it is kept on purpose. */
    public VmRecord withKept(boolean value) {
        return new VmRecord(startedBy, at, phase, creates, value, child, until, mark, uses);
    }

    /** The process of minishift that changes the VM. */
    public VmRecord withChild(ProcessStamp process) {
        return new VmRecord(startedBy, at, phase, creates, kept, Optional.of(process), until, mark, uses);
    }

    /** Others use it. */
    public VmRecord withUses(List<Use> values) {
        return new VmRecord(startedBy, at, phase, creates, kept, child, until, mark, values);
    }

    /** One module more uses it. */
    public VmRecord usedBy(Build build) {
        Use use = use(build).orElseGet(() -> new Use(build, java.util.Set.of()));
        List<Use> more = new ArrayList<>(others(build));
        more.add(use.with(build.module()));
        return withUses(more);
    }

    /** A module has done with it; its build stays, since others of its modules may come. */
    public VmRecord leftBy(Build build) {
        return change(build, use -> use.without(build.module()));
    }

    /** A build has done with it. */
    public VmRecord withoutUse(Build build) {
        return withUses(others(build));
    }

    /** Without the builds that have died. */
    public VmRecord withoutTheDead() {
        return withUses(uses.stream().filter(use -> use.build().isAlive()).toList());
    }

    private VmRecord change(Build build, UnaryOperator<Use> change) {
        return withUses(uses.stream()
                .map(use -> use.build().is(build) ? change.apply(use) : use)
                .toList());
    }

    /** What a build has to do with it. */
    public Optional<Use> use(Build build) {
        return uses.stream().filter(use -> use.build().is(build)).findFirst();
    }

    /** The uses of all other builds. */
    public List<Use> others(Build build) {
        return uses.stream().filter(use -> !use.build().is(build)).toList();
    }

    /** Whether a build has started the VM, or taken it over. */
    public boolean isStartedBy(Build build) {
        return startedBy.filter(build::is).isPresent();
    }

    /** Whether this build started it, or uses it. */
    public boolean concerns(Build build) {
        return isStartedBy(build) || use(build).isPresent();
    }

    /** Whether it is for builds to stop it: it was started by one, and is not to be kept. What is half-way is never kept. */
    public boolean isForBuildsToStop() {
        return phase != Phase.RUNNING && !kept || startedBy.filter(Build::bound).isPresent() && !kept;
    }

    /** Whether the build that was to stop it has died before it could, and nobody else will. */
    public boolean isAbandoned() {
        return isForBuildsToStop()
                && startedBy.filter(build -> !build.isAlive()).isPresent()
                && withoutTheDead().uses().isEmpty();
    }
}
