package io.github.cdkmaven.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a program to its end, and tells how many seconds of processor time it and all that it started took. */
final class TimedProcess {

    private static final String TIMED = "TIMEFORMAT='%U %S'; { time \"$@\" >\"$0\" 2>&1; } 2>\"$0.cpu\"";

    private TimedProcess() {}

    /**
     * Runs it with nothing of this build's options for Maven or Java.
     *
     * @return user and system seconds together
     * @throws AssertionError if it fails
     */
    static double run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("program.log");
        List<String> words = new ArrayList<>(List.of("bash", "-c", TIMED, log.toString()));
        words.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectInput(new File("/dev/null"));
        List.of("MAVEN_OPTS", "MAVEN_ARGS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
                .forEach(builder.environment()::remove);
        if (builder.start().waitFor() != 0) {
            throw new AssertionError(command + ":\n" + Files.readString(log));
        }
        return Files.readString(Path.of(log + ".cpu"))
                .strip()
                .lines()
                .reduce((first, second) -> second)
                .map(line -> line.split(" "))
                .map(times -> Double.parseDouble(times[0]) + Double.parseDouble(times[1]))
                .orElseThrow();
    }

    /** The Java that runs this. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** What a build property names, which the POM hands over. */
    static Path path(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException("run it with: mvn -Pbenchmark verify"));
    }
}
