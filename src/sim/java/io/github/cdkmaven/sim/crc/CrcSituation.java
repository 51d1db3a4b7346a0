package io.github.cdkmaven.sim.crc;

/** What a simulated {@code crc} is found in. */
public enum CrcSituation {
    /** {@code crc setup} was never run. */
    NOT_SET_UP,
    /** It was, and the daemon's socket is gone. */
    NO_DAEMON,
    /** There is no machine. */
    ABSENT,
    /** There is one, which does not run. */
    STOPPED,
    /** It runs, with all operators settled. */
    RUNNING,
    /** It runs, and operators progress. */
    STARTING,
    /** It runs, and its API server does not: what a start that was killed leaves. */
    API_DEAD
}
