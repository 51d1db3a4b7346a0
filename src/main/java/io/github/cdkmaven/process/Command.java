package io.github.cdkmaven.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to run once.
 *
 * @param executable the program's file
 * @param arguments its arguments, each passed on byte for byte and never through a shell
 * @param environment what is set beside the environment of this process; an empty value takes the variable away
 * @param limit how long it may run before it is ended with everything that it started
 * @param quiet whether its output stays out of the log because it holds keys or tokens
 * @param log the file that gets each line as it comes, masked
 * @param silence how long it may print nothing before it is ended likewise
 */
public record Command(
        Path executable,
        List<String> arguments,
        Map<String, String> environment,
        Duration limit,
        boolean quiet,
        Optional<Path> log,
        Duration silence) {

    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** A program whose output is seen as it comes, and kept in no file. */
    public Command(Path executable, List<String> arguments, Map<String, String> environment, Duration limit) {
        this(executable, arguments, environment, limit, false, Optional.empty(), limit);
    }

    /** A program with its arguments, in this process's environment. */
    public static Command of(Path executable, Duration limit, String... arguments) {
        return new Command(executable, List.of(arguments), Map.of(), limit);
    }

    /** The same command, with output that nobody but the caller sees. */
    public Command quietly() {
        return new Command(executable, arguments, environment, limit, true, log, silence);
    }

    /** The same command, whose lines go to a file too. */
    public Command loggedTo(Path file) {
        return new Command(executable, arguments, environment, limit, quiet, Optional.of(file), silence);
    }

    /** The same command, which is ended when it has printed nothing for so long. */
    public Command silentFor(Duration time) {
        return new Command(executable, arguments, environment, limit, quiet, log, time);
    }

    /** The environment in which the command runs. */
    Map<String, String> fullEnvironment() {
        Map<String, String> full = new HashMap<>(System.getenv());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                full.remove(name);
            } else {
                full.put(name, value);
            }
        });
        return full;
    }

    /** The program's name without its folder. */
    public String program() {
        return Optional.ofNullable(executable.getFileName()).orElse(executable).toString();
    }

    /** The command as a person would type it, for messages; of a quiet one the program alone, since its arguments may be secrets too. */
    @Override
    public String toString() {
        return quiet ? program() : (program() + " " + String.join(" ", arguments)).strip();
    }
}
