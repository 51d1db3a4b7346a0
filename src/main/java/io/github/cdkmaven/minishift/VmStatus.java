package io.github.cdkmaven.minishift;

import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.engine.State.Phase;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code minishift status} says. It exits 0 whatever the state is.
 *
 * @param vm the VM's state
 * @param openshiftRunning whether an OpenShift version could be read from the origin container; its pods may be far from ready
 * @param openshift that version: {@code v3.9.0}, without the build's hash
 * @param profile the profile, where the output names it
 */
record VmStatus(Vm vm, boolean openshiftRunning, Optional<String> openshift, Optional<String> profile) {

    /** States of docker-machine, as minishift prints them. */
    enum Vm {
        DOES_NOT_EXIST("Does Not Exist"),
        RUNNING("Running"),
        STOPPED("Stopped"),
        PAUSED("Paused"),
        SAVED("Saved"),
        STOPPING("Stopping"),
        STARTING("Starting"),
        ERROR("Error"),
        TIMEOUT("Timeout"),
        UNKNOWN("");

        private final String text;

        Vm(String text) {
            this.text = text;
        }

        static Vm of(String text) {
            String trimmed = text.strip();
            for (Vm state : values()) {
                if (state.text.equalsIgnoreCase(trimmed)) {
                    return state;
                }
            }
            return UNKNOWN;
        }

        @Override
        public String toString() {
            return this == UNKNOWN ? "unknown" : text.toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern OPENSHIFT =
            Pattern.compile("(?i)running(?:\\s*\\(openshift\\s+(v?[\\w.]+)[^)]*\\))?.*");

    /** Reads the lines of every version: one word up to minishift 1.6 and for an absent VM, {@code Name: value} lines since 1.7. */
    static VmStatus parse(String output) {
        Optional<String> vm = value(output, "Minishift");
        Matcher openshift = OPENSHIFT.matcher(value(output, "OpenShift").orElse(""));
        boolean running = openshift.matches();
        Vm state = Vm.of(vm.orElseGet(() -> output.strip().lines().findFirst().orElse("")));
        return new VmStatus(
                state,
                running,
                running ? Optional.ofNullable(openshift.group(1)) : Optional.empty(),
                value(output, "Profile"));
    }

    private static Optional<String> value(String output, String name) {
        return output.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /**
     * The state of the machine.
     *
     * @param external whether it is somebody's own (generic driver), which runs on when its OpenShift was stopped
     * @param recorded whether docker-machine has a record of it
     */
    State toState(boolean external, boolean recorded) {
        return new State(phase(external, recorded), openshift, toString());
    }

    private Phase phase(boolean external, boolean recorded) {
        if (openshiftRunning) {
            return Phase.RUNNING;
        }
        return switch (vm) {
            case DOES_NOT_EXIST -> recorded ? Phase.LOST : Phase.ABSENT;
            case STOPPED -> Phase.STOPPED;
            case RUNNING -> external ? Phase.IDLE : Phase.INCOMPLETE;
            default -> Phase.OTHER;
        };
    }

    @Override
    public String toString() {
        return "Minishift: " + vm + ", OpenShift: "
                + (openshiftRunning ? "running" + openshift.map(v -> " " + v).orElse("") : "stopped");
    }
}
