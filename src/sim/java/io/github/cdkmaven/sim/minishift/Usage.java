package io.github.cdkmaven.sim.minishift;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a command line with a command's flags and those of every command, and complains the way cobra does. */
final class Usage {

    private static final List<Flag> GLOBAL = List.of(
            Flag.toggle("alsologtostderr", "log to standard error as well as files"),
            Flag.text("log_backtrace_at", "emit a stack trace at file:N"),
            Flag.text("log_dir", "write log files here"),
            Flag.toggle("logtostderr", "log to standard error instead of files"),
            Flag.text("profile", "Profile name", "minishift"),
            Flag.toggle("show-libmachine-logs", "Show logs from libmachine."),
            Flag.text("stderrthreshold", "logs at or above this go to stderr"),
            Flag.number("v", "log level, 1 to 5", "").shortly("v"),
            Flag.text("vmodule", "file-filtered logging"));

    private Usage() {}

    /** Ends the command when a flag is not known. */
    static ParsedFlags parse(Call call, String command, List<Flag> own) {
        List<Flag> known = new ArrayList<>(own);
        known.addAll(GLOBAL);
        known.add(Flag.toggle("help", "help").shortly("h"));
        try {
            ParsedFlags parsed = ParsedFlags.of(call.arguments(), known);
            if (parsed.isOn("help")) {
                call.print(text(command, own));
                throw ExitException.silent(0);
            }
            return parsed;
        } catch (ParsedFlags.InvalidFlag e) {
            call.complain("Error: " + e.getMessage());
            call.complain(text(command, own));
            throw ExitException.failure(e.getMessage());
        }
    }

    private static String text(String command, List<Flag> own) {
        return "Usage:\n  minishift " + command + " [flags]\n\nFlags:\n" + lines(StartFlags.shown(own))
                + "\nGlobal Flags:\n" + lines(GLOBAL);
    }

    private static String lines(List<Flag> flags) {
        return flags.stream().map(flag -> flag.usageLine() + "\n").collect(Collectors.joining());
    }
}
