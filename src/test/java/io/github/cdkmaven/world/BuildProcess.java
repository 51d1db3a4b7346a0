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

/** A build as a process of its own, which is ended as people and build servers do. */
public final class BuildProcess {

    /** How a process is ended. */
    public enum Signal {
        /** Ctrl-C: it reaches Maven and everything that Maven has started in its terminal. */
        INT,
        /** What build servers send first; to Maven alone. */
        TERM,
        /** After which nothing can be tidied up; to Maven alone. */
        KILL,
        /** The same for Maven and everything that it has started, as when a container is thrown away. */
        KILL_ALL
    }

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

    private final Process process;
    private final Path log;

    private BuildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Begins a build by the Maven that runs this one, without a network.
     *
     * @param project the folder of its POM
     * @param home the home folder of its account
     */
    static BuildProcess maven(
            Path project, Path home, Path localRepository, Path settings, Map<String, String> properties) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString());
        command.addAll(List.of("--batch-mode", "--offline", "--settings", settings.toString()));
        command.add("-Dmaven.repo.local=" + localRepository);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("verify");
        return begin(
                command,
                project,
                Map.of(
                        "MAVEN_OPTS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.home=" + home,
                        "HOME",
                        home.toString(),
                        "MAVEN_ARGS",
                        ""));
    }

    /**
     * Begins a class of these tests in a JVM of its own, with the log of {@code -X}.
     *
     * @param folder where it runs, and where its log goes
     */
    public static BuildProcess java(Class<?> main, Path folder, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug"));
        command.add("-Djdk.net.hosts.file=" + System.getProperty("jdk.net.hosts.file"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return begin(command, folder, Map.of());
    }

    private static BuildProcess begin(List<String> command, Path folder, Map<String, String> environment) {
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT", "setsid"));
        words.addAll(command);
        Path log = folder.resolve("build-" + System.nanoTime() + ".log");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new BuildProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that it has printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed a text. */
    public void awaitText(String text) {
        await("'" + text + "' in the log", () -> log().contains(text));
    }

    /** Waits for something to happen while it runs. */
    public void await(String what, java.util.function.BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE;
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("waited in vain for " + what + ":\n" + log());
            }
            pause(50);
        }
    }

    public static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends it a signal. */
    public void send(Signal signal) {
        boolean all = signal == Signal.INT || signal == Signal.KILL_ALL;
        String target = (all ? "-" : "") + process.pid();
        String name = signal == Signal.KILL_ALL ? "KILL" : signal.name();
        signal(name, target);
    }

    /**
     * Sends any signal.
     *
     * @param target a process, or with a minus sign a group of them
     */
    public static void signal(String name, String target) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, "--", target)
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
    public int end() {
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
