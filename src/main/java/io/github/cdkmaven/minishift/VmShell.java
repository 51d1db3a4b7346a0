package io.github.cdkmaven.minishift;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs commands in the VM by {@code minishift ssh}: all of them in one call, since each call takes seconds on Windows.
 *
 * <p>The remote line is one argument after {@code --}, or minishift would take the flags in it for its own. What its commands came to is
 * printed by the line itself: with minishift's own SSH client, forced on Windows since 1.34.3, the exit status is dropped, a terminal is
 * requested and standard error comes mixed in.
 */
public final class VmShell {

    private static final String MARK = "cdk-exit-status=";
    private static final String STOPPED = "is not running";
    private static final String ABSENT = "does not exist";

    private final Minishift minishift;

    public VmShell(Minishift minishift) {
        this.minishift = minishift;
    }

    /**
     * What one command printed and how it ended.
     *
     * @param status its exit status
     * @param text its standard output as it is, with {@code \n} at the ends of lines
     * @param secrets what must not be seen of it
     */
    public record Output(int status, String text, Secrets secrets) {

        /** What a command without secrets printed. */
        public Output(int status, String text) {
            this(status, text, Secrets.NONE);
        }

        /** What people may see of its output. */
        public String shown() {
            return secrets.mask(text).strip();
        }

        /** Whether it ended with exit status 0. */
        public boolean succeeded() {
            return status == 0;
        }
    }

    /**
     * Runs commands one after the other, whatever comes of each.
     *
     * @param limit for all of them together
     * @return one output for each, in their order
     * @throws io.github.cdkmaven.problem.ProblemException if there is no VM, if it is stopped, or if it cannot be reached
     */
    public List<Output> run(Duration limit, List<String> commands) {
        String line = commands.stream()
                .map(command -> command + "; echo " + MARK + "$?")
                .collect(Collectors.joining("; "));
        CommandResult result = minishift.command(limit, "ssh", "--", line);
        List<Output> outputs = parse(result.out(), result.secrets());
        if (outputs.size() < commands.size()) {
            throw failure(result).toException();
        }
        return outputs;
    }

    private static List<Output> parse(String out, Secrets secrets) {
        List<Output> outputs = new ArrayList<>();
        int begin = 0;
        for (int mark = out.indexOf(MARK); mark >= 0; mark = out.indexOf(MARK, begin)) {
            int end = out.indexOf('\n', mark);
            String status = out.substring(mark + MARK.length(), end < 0 ? out.length() : end)
                    .strip();
            outputs.add(new Output(
                    status.matches("\\d{1,3}") ? Integer.parseInt(status) : -1, out.substring(begin, mark), secrets));
            begin = end < 0 ? out.length() : end + 1;
        }
        return outputs;
    }

    private static Problem failure(CommandResult result) {
        String said = result.all();
        if (result.ended()) {
            return Problem.of(
                            "'minishift ssh' did not end in time.",
                            "check with 'minishift ssh -- docker ps' whether the VM's docker answers; if it only needs more time, <verifyTimeout>10m</verifyTimeout> (-Dcdk.verifyTimeout=10m)")
                    .with(result.lastLines());
        }
        if (said.contains(ABSENT)) {
            return Problem.of(
                            "There is no VM to inspect.",
                            "start it, or name the one that exists: <home>, <profile> (-Dcdk.home, -Dcdk.profile)")
                    .with(result.lastLines());
        }
        if (said.contains(STOPPED)) {
            return Problem.of(
                            "The VM is stopped, so nothing in it can be inspected.",
                            "start it, or name another one: <home>, <profile> (-Dcdk.home, -Dcdk.profile)")
                    .with(result.lastLines());
        }
        return Problem.of(
                        "'minishift ssh' could not connect to the VM.",
                        "run 'minishift ssh -- docker ps' by hand with the same <home> and <profile>, and fix what it says")
                .with(result.lastLines());
    }
}
