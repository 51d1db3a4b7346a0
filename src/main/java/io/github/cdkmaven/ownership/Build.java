package io.github.cdkmaven.ownership;

/**
 * A build of this machine, or a person who calls a goal by hand.
 *
 * @param id tells this build from every other one of this machine; all modules of a build have the same
 * @param bound whether the goal is bound to the build's lifecycle, and not called by hand
 * @param process the process that runs it
 * @param project what it builds, for messages: the root project
 * @param module the module that asks
 */
public record Build(String id, boolean bound, ProcessStamp process, String project, String module) {

    /** Whether somebody is the same build, in whatever module. */
    public boolean is(Build other) {
        return id.equals(other.id);
    }

    /** Whether its process still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** For messages: who it is, and how to find it. */
    @Override
    public String toString() {
        return (bound ? "the build of " : "a goal called by hand in ") + project + " (process " + process.pid() + ")";
    }
}
