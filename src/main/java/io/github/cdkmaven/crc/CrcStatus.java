package io.github.cdkmaven.crc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.engine.State.Phase;
import io.github.cdkmaven.problem.Problem;
import java.util.Optional;

/**
 * What {@code crc status -o json} means.
 *
 * @param situation what it comes to
 * @param openshift the version that runs, without a {@code v}
 * @param words what crc says, for people
 */
record CrcStatus(Situation situation, Optional<String> openshift, String words) {

    /** crc's words for "never set up", and for a daemon that does not answer (crc {@code pkg/crc/api/client}). */
    private static final String NOT_SET_UP = "crc does not seem to be setup correctly";

    /** crc's words where there is no VM. */
    private static final String NO_MACHINE = "Machine does not exist";

    private static final String START_AGAIN =
            "stop it with 'crc stop -f' and start again; if a 'crc start' is still running, wait for it to finish first";

    /** The situations in which a machine may be, each with what a start makes of it. */
    enum Situation {
        /** Nobody has run {@code crc setup} here, so that there is no VM either. */
        NOT_SET_UP(Phase.ABSENT, "", ""),
        /** There is no VM. */
        ABSENT(Phase.ABSENT, "", ""),
        /** It does not run. */
        STOPPED(Phase.STOPPED, "", ""),
        /** Its API answers; whether its operators have settled is for us to wait for. */
        RUNNING(Phase.RUNNING, "", ""),
        /** It runs, and its API does not answer: a start would call it running and do nothing (crc {@code start.go:361}). */
        UNREACHABLE(
                Phase.INCOMPLETE,
                "The VM runs, but its OpenShift does not answer: a start was interrupted, or crc's daemon was restarted and has lost the"
                        + " forwarded ports. Another 'crc start' would do nothing.",
                START_AGAIN),
        /** The daemon starts it for somebody. */
        STARTING(Phase.OTHER, "Somebody else is starting the VM with crc.", "wait until it has started, and try again"),
        /** The daemon stops it for somebody. */
        STOPPING(Phase.OTHER, "Somebody else is stopping the VM with crc.", "wait until it has stopped, and try again"),
        /** The hypervisor tells of a state that crc does not know. */
        BROKEN(
                Phase.OTHER,
                "crc reports an error for the VM.",
                "check it with 'virsh -c qemu:///system domstate crc'; " + START_AGAIN),
        /** There is a VM, and the daemon, which alone can tell its state, does not answer. */
        NO_DAEMON(
                Phase.OTHER,
                "There is a VM, but crc's daemon does not answer, so its state is unknown.",
                "start the daemon with 'systemctl --user start crc-http.socket' ('loginctl enable-linger' keeps it running without a login session), or run"
                        + " 'crc setup'"),
        /** The same in the network mode 'system', where a start needs no daemon and finds out. */
        UNTOLD(Phase.OTHER, "", ""),
        /** crc answered in a way that this plugin does not know. */
        UNKNOWN(
                Phase.OTHER,
                "crc did not report the state of its VM.",
                "run 'crc status' by hand, and fix what it says");

        private final Phase phase;
        private final String what;
        private final String fix;

        Situation(Phase phase, String what, String fix) {
            this.phase = phase;
            this.what = what;
            this.fix = fix;
        }
    }

    /** Reads an answer, with what files tell of the machine. */
    static CrcStatus of(CrcAnswer answer, CrcFiles files) {
        if (answer.succeeded()) {
            return running(answer.json());
        }
        String error = answer.error();
        if (saysNoMachine(answer)) {
            return new CrcStatus(Situation.ABSENT, Optional.empty(), "there is no VM");
        }
        if (begins(error, NOT_SET_UP) || error.contains("connect: ") || error.contains("Cannot reach daemon API")) {
            return withoutDaemon(files);
        }
        return new CrcStatus(
                Situation.UNKNOWN,
                Optional.empty(),
                answer.result().ended() ? "crc status did not end in time" : "crc status: " + answer.shownError());
    }

    /** Whether an answer to any command says that there is no VM. */
    static boolean saysNoMachine(CrcAnswer answer) {
        return begins(answer.error(), NO_MACHINE);
    }

    /** From 2.62 on, crc's errors begin with a lower-case letter. */
    private static boolean begins(String error, String words) {
        return error.regionMatches(true, 0, words, 0, words.length());
    }

    private static CrcStatus withoutDaemon(CrcFiles files) {
        if (files.hasMachine()) {
            return new CrcStatus(
                    Situation.NO_DAEMON, Optional.empty(), "there is a VM, and crc's daemon does not answer");
        }
        return new CrcStatus(
                Situation.NOT_SET_UP,
                Optional.empty(),
                files.isSetUp()
                        ? "there is no VM, and crc's daemon does not answer"
                        : "there is no VM, and crc is not set up");
    }

    private static CrcStatus running(JsonNode json) {
        String vm = json.path("crcStatus").asText("");
        String openshift = json.path("openshiftStatus").asText("");
        Situation situation =
                switch (vm) {
                    case "Stopped" -> Situation.STOPPED;
                    case "Starting" -> Situation.STARTING;
                    case "Stopping" -> Situation.STOPPING;
                    // An operator that is not available makes the daemon say Stopped, though the API answers.
                    case "Running" -> openshift.equals("Unreachable") ? Situation.UNREACHABLE : Situation.RUNNING;
                    case "Error" -> Situation.BROKEN;
                    default -> Situation.UNKNOWN;
                };
        return new CrcStatus(
                situation,
                Optional.of(json.path("openshiftVersion").asText("")).filter(version -> !version.isBlank()),
                "CRC VM: " + vm + ", OpenShift: " + openshift);
    }

    /** The state of the machine for all who do not know crc. */
    State toState() {
        return new State(
                situation.phase,
                openshift.filter(version -> situation == Situation.RUNNING).map(version -> "v" + version),
                words,
                problem());
    }

    /** Why a start cannot be made in this state. */
    private Optional<Problem> problem() {
        return situation.what.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(situation.what, situation.fix).with("crc status: " + words));
    }
}
