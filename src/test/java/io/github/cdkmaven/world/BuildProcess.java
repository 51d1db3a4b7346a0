package io.github.cdkmaven.world;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the Maven that runs this build, as a process of its own, and ends it as people and build servers do. */
final class RealMaven {

    /** How a process is ended. */
    enum Signal {
        /** Ctrl-C: it reaches Maven and everything that Maven has started in its terminal. */
        INT,
        /** What build servers send first; to Maven alone. */
        TERM,
        /** After which nothing can be tidied up. */
        KILL
    }

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

    private final Process process;
    private final Path log;

    private RealMaven(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Begins a build, without a network.
     *
     * @param project the folder of its POM
     * @param home the home folder of its account
     */
    static RealMaven begin(
            Path project, Path home, Path localRepository, Path settings, Map<String, String> properties) {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", "setsid"));
        command.add(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString());
        command.addAll(List.of("--batch-mode", "--offline", "--settings", settings.toString()));
        command.add("-Dmaven.repo.local=" + localRepository);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("verify");
        Path log = project.resolve("build-" + System.nanoTime() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile());
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.home=" + home);
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("MAVEN_ARGS");
        try {
            return new RealMaven(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that it has printed so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed a text. */
    void awaitText(String text) {
        await("'" + text + "' in the log", () -> log().contains(text));
    }

    /** Waits for something to happen while it runs. */
    void await(String what, java.util.function.BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE;
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("waited in vain for " + what + ":\n" + log());
            }
            pause(50);
        }
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends it a signal. */
    void send(Signal signal) {
        String target = (signal == Signal.INT ? "-" : "") + process.pid();
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, "--", target)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill exited " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end, and gives its exit status. */
    int end() {
        try {
            if (!process.waitFor(PATIENCE, TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it did not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
