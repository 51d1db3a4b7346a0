package io.github.cdkmaven.sim.minishift;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * One invocation of a simulated program: its arguments and what it was started with.
 *
 * @param arguments what follows the program's name
 * @param environment the whole environment of the process
 */
public record Call(
        World world,
        List<String> arguments,
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err) {

    public Call {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Empty values count as not set, as everywhere in minishift. */
    public String env(String name) {
        return environment.getOrDefault(name, "");
    }

    public Call with(List<String> otherArguments) {
        return new Call(world, otherArguments, environment, in, out, err);
    }

    Call reading(InputStream other) {
        return new Call(world, arguments, environment, other, out, err);
    }

    public void print(String text) {
        out.print(text);
        out.flush();
    }

    public void println(String line) {
        print(line + "\n");
    }

    public void complain(String line) {
        err.print(line + "\n");
        err.flush();
    }
}
