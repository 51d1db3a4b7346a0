package io.github.cdkmaven.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What files tell of the machine that an engine runs.
 *
 * @param name its name, which is that of the profile
 * @param home the folder in which the engine keeps it
 * @param fresh whether there is nothing in the home, so that the engine has to be set up first
 * @param known whether anybody has ever made something of that name there
 * @param exists whether the engine has a record of the machine; a start then boots it and does not make it
 * @param complete whether its cluster has a kubeconfig, which a first start writes at its end
 * @param external whether it is somebody's own machine, which runs on when its OpenShift was stopped, and may hold other things
 * @param lastStart when it was last started; tells a start of ours from a later one
 * @param resumable whether a start completes what an earlier one has left half-way, once it was stopped
 * @param options what a goal of this plugin needs on its command line to mean this machine
 */
public record Machine(
        String name,
        Path home,
        boolean fresh,
        boolean known,
        boolean exists,
        boolean complete,
        boolean external,
        Optional<Instant> lastStart,
        boolean resumable,
        String options) {

    /** The machine of a profile, which has to be made anew where its first start failed. */
    public Machine(
            String name,
            Path home,
            boolean fresh,
            boolean known,
            boolean exists,
            boolean complete,
            boolean external,
            Optional<Instant> lastStart) {
        this(name, home, fresh, known, exists, complete, external, lastStart, false, options(home, name));
    }

    /** Whether a start makes it, or completes one that nobody could use yet. */
    public boolean isMadeByStart() {
        return !exists || resumable && !complete;
    }

    /** Whether a user can have no other: neither a home nor a profile chooses it. */
    public boolean isOnly() {
        return !options.equals(options(home, name));
    }

    /** The profile that chooses it; empty where none does. */
    public String profile() {
        return isOnly() ? "" : name;
    }

    /** A goal of this plugin as one types it for this machine, such as {@code delete}. */
    public String goal(String goal) {
        return "'mvn cdk:" + goal + ' ' + options + "'";
    }

    /**
     * A goal of this plugin as one types it for the machine of a profile. With home and profile: a command without them may reach another
     * machine, and advice must never delete or stop that.
     *
     * @param goal without the prefix, such as {@code delete}
     */
    public static String goal(String goal, Path home, String profile) {
        return "'mvn cdk:" + goal + ' ' + options(home, profile) + "'";
    }

    private static String options(Path home, String profile) {
        String folder = "-Dcdk.home=" + home.toAbsolutePath().normalize();
        return (folder.indexOf(' ') < 0 ? folder : '"' + folder + '"') + " -Dcdk.profile=" + profile;
    }

    /** How a build gets another machine, and leaves this one as it is; empty where an account has but one. */
    public Optional<String> another() {
        return options.contains("-Dcdk.profile=")
                ? Optional.of("<profile> (-Dcdk.profile=…) with another name gives this build its own VM")
                : Optional.empty();
    }

    /** What helps a machine that keeps what it was created with. */
    public String recreate() {
        return goal("delete") + ", then start again";
    }
}
