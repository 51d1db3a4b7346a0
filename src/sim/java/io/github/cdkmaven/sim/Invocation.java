package io.github.cdkmaven.sim;

import java.util.List;
import java.util.Map;

/**
 * One start of a simulated program.
 *
 * @param program {@code minishift} or {@code oc}
 * @param arguments what followed the program's name
 * @param environment those variables that the programs look at: MINISHIFT_*, KUBECONFIG, HOME, proxies
 * @param stdin {@code closed}, {@code open} or {@code data}; empty while it runs
 * @param processes the arguments of this process and of the one that started it, one a line, as {@code /proc} shows them to everybody;
 *     empty where there is none
 * @param exit the status, -1 while it runs or when it was killed
 */
public record Invocation(
        String program,
        List<String> arguments,
        Map<String, String> environment,
        List<String> processes,
        String stdin,
        int exit,
        long pid) {

    /** The command line as a reader would type it. */
    public String commandLine() {
        return arguments.isEmpty() ? program : program + " " + String.join(" ", arguments);
    }

    /** Whether the caller had closed stdin, so that nothing could have been asked. */
    public boolean hadClosedStdin() {
        return stdin.equals("closed");
    }
}
