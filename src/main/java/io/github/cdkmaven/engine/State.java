package io.github.cdkmaven.engine;

import io.github.cdkmaven.problem.Problem;
import java.util.Optional;

/**
 * The state of a machine, as its engine tells it.
 *
 * @param openshift the version of the OpenShift that runs, with its {@code v}
 * @param words the same in the engine's own words
 * @param obstacle why nothing can be started or used in it, and what helps, where the engine knows that better than the phase tells it
 */
public record State(Phase phase, Optional<String> openshift, String words, Optional<Problem> obstacle) {

    /** The states that make a difference. */
    public enum Phase {
        /** There is no machine. */
        ABSENT,
        /** There is a record of a machine that does not exist. */
        LOST,
        /** There is one, and nothing of it runs. */
        STOPPED,
        /** It runs, and its OpenShift does not. */
        INCOMPLETE,
        /** Somebody's own machine, which runs on: its OpenShift is said not to run, though parts of it may. */
        IDLE,
        /** Its OpenShift runs. */
        RUNNING,
        /** Anything else: paused, on its way from one state to another, broken. */
        OTHER
    }

    /** A state of which the phase tells all. */
    public State(Phase phase, Optional<String> openshift, String words) {
        this(phase, openshift, words, Optional.empty());
    }

    /** Whether its OpenShift runs. */
    public boolean isRunning() {
        return phase == Phase.RUNNING;
    }

    /** Whether it is as a stop leaves it. */
    public boolean isStopped() {
        return phase == Phase.IDLE || !needsStop();
    }

    /** Whether anything of it may run, so that what was started is stopped only by a stop. */
    public boolean needsStop() {
        return phase != Phase.ABSENT && phase != Phase.LOST && phase != Phase.STOPPED;
    }

    @Override
    public String toString() {
        return words;
    }
}
