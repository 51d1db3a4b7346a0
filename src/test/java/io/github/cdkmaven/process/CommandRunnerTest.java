package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdkmaven.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A command")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are scripts of sh")
@Timeout(120)
class CommandRunnerTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final CommandRunner runner = new CommandRunner(Secrets.NONE);

    @ParameterizedTest
    @DisplayName("comes back with its exit status")
    @ValueSource(ints = {0, 1, 7, 255})
    void comesBackWithItsExitStatus(int status) throws IOException {
        CommandResult result = run("exit " + status);

        assertThat(result.exit()).isEqualTo(status);
        assertThat(result.succeeded()).isEqualTo(status == 0);
        assertThat(result.ended()).isFalse();
    }

    @Test
    @DisplayName("starts nothing that has no time left, and calls it ended")
    void noTimeLeft() {
        Path mark = folder.resolve("started");

        CommandResult result = new CommandRunner(Secrets.NONE)
                .run(Command.of(Path.of("/bin/sh"), Duration.ZERO, "-c", "touch " + mark));

        assertThat(result.ended()).isTrue();
        assertThat(result.succeeded()).isFalse();
        assertThat(result.lastLines()).containsExactly("not started: no time was left for it");
        assertThat(mark).doesNotExist();
    }

    @Test
    @DisplayName("is ended when it has printed nothing for too long, and not while it prints")
    void endsTheSilent() {
        Command hangs = Command.of(Path.of("/bin/sh"), LONG, "-c", "echo begun; sleep 60")
                .silentFor(SHORT);
        Command talks = Command.of(Path.of("/bin/sh"), LONG, "-c", "for i in 1 2 3 4 5 6; do echo $i; sleep 1; done")
                .silentFor(SHORT.multipliedBy(2));

        CommandResult silent = runner.run(hangs);

        assertThat(silent.ended()).isTrue();
        assertThat(silent.out()).isEqualTo("begun\n");
        assertThat(silent.took()).isLessThan(LONG);
        assertThat(runner.run(talks).succeeded()).isTrue();
    }

    @Test
    @DisplayName("shows nothing of what stands in a place for secrets")
    void hidesPlaces() throws IOException {
        CommandResult result = runner.hiding(List.of(Pattern.compile("(?<=key )\\w+")))
                .run(Command.of(script("echo the key hunter2 is out"), LONG));

        assertThat(result.shown()).isEqualTo("the key ******** is out\n");
        assertThat(result.out()).contains("hunter2");
    }

    @Test
    @DisplayName("hands on its lines without what would act on the terminal, and none of them in batch mode")
    void handsOnNothingThatActs() throws IOException {
        Command command = Command.of(script("printf 'a \\033[31mred\\033[0m\\b line\\n'"), LONG);
        List<String> heard = new ArrayList<>();

        runner.run(command, heard::add);
        assertThat(heard).containsExactly("a red line");

        new CommandRunner(Secrets.NONE, false).run(command, heard::add);
        assertThat(heard).hasSize(1);
    }

    @Test
    @DisplayName("comes back with its two streams apart, without carriage returns, and its last line need not end")
    void comesBackWithItsStreams() throws IOException {
        CommandResult result = run("printf 'one\\r\\ntwo\\n\\nGrüße'; printf 'oh\\n' >&2");

        assertThat(result.out()).isEqualTo("one\ntwo\n\nGrüße");
        assertThat(result.err()).isEqualTo("oh\n");
        assertThat(result.all()).isEqualTo("one\ntwo\n\nGrüße\noh\n");
        assertThat(result.lastLines()).containsExactly("one", "two", "Grüße", "oh");
    }

    @Test
    @DisplayName("hands on each line as it comes, from both streams")
    void handsOnLines() throws IOException {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());

        runner.run(Command.of(script("echo out; echo err >&2; printf end"), LONG), lines::add);

        assertThat(lines).containsExactlyInAnyOrder("out", "err", "end");
    }

    @Test
    @DisplayName("has each line in its log as it comes, masked, also where nobody listens")
    void isLogged() throws IOException {
        Path log = folder.resolve("logs/program.log");
        List<String> seen = new ArrayList<>();
        CommandRunner masking = new CommandRunner(Secrets.of(List.of("s3cret")));

        masking.run(
                Command.of(script("echo one; echo s3cret; echo three"), LONG).loggedTo(log),
                line -> seen.add(read(log)));

        assertThat(seen).hasSize(3);
        assertThat(seen.get(0)).startsWith("one\n");
        assertThat(seen.get(2)).startsWith("one\n").endsWith("three\n").doesNotContain("s3cret");
        new CommandRunner(Secrets.NONE, false)
                .run(Command.of(script("echo anew"), LONG).loggedTo(log));
        assertThat(log).hasContent("anew");
    }

    @Test
    @DisplayName("may write without end and still leaves room on the disk")
    void isLoggedWithinBounds() throws IOException {
        Path log = folder.resolve("program.log");

        runner.run(Command.of(script("yes 0123456789012345678901234567890123456789 | head -c 40000000"), LONG)
                .loggedTo(log));

        assertThat(log).content().endsWith("0123456789\n(more output is omitted here)\n");
        assertThat(Files.size(log)).isLessThan(33L * 1024 * 1024);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("may write a line of a megabyte")
    void mayWriteALongLine() throws IOException {
        CommandResult result = run("head -c 1048576 /dev/zero | tr '\\0' x; echo; echo end");

        assertThat(result.out()).hasSize(1_048_576 + 5).endsWith("xx\nend\n");
    }

    @Test
    @DisplayName("that writes without end fills no memory, and is ended in time")
    void mayWriteWithoutEnd() throws IOException {
        CommandResult result = runner.run(Command.of(script("yes 0123456789012345678901234567890123456789"), SHORT));

        assertThat(result.ended()).isTrue();
        assertThat(result.succeeded()).isFalse();
        assertThat(result.out()).isNotEmpty().hasSizeLessThanOrEqualTo(16 * 1024 * 1024);
    }

    @Test
    @DisplayName("that never ends is ended in time, with the processes that it started and those that they started")
    void isEndedWithItsDescendants() throws IOException {
        Path pids = folder.resolve("pids");
        Path grandchild = script("grandchild", "echo $$ >> " + pids + "; echo started; exec sleep 600");
        Path child = script("child", "echo $$ >> " + pids + "; " + grandchild + " & wait");
        Path parent = script("parent", "echo $$ >> " + pids + "; " + child + " & wait");
        // The clock runs until all three are there.
        CommandResult result = runner.run(Command.of(parent, Duration.ofSeconds(5)));

        assertThat(result.ended()).isTrue();
        assertThat(result.exit()).isEqualTo(-1);
        assertThat(Files.readAllLines(pids)).hasSize(3).allSatisfy(pid -> assertThat(isGone(pid))
                .isTrue());
    }

    @Test
    @DisplayName(
            "that never ends is ended in time, with processes whose parent has gone and that have a session of their own")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere nobody tells where an orphan comes from")
    void isEndedWithItsOrphans() throws IOException {
        Path pids = folder.resolve("pids");
        Path orphan = script("orphan", "echo $$ >> " + pids + "; exec sleep 600");
        Path parent = script(
                "parent",
                "( ( " + orphan + " ) & ); ( setsid " + orphan + " & ); while [ $(wc -l < " + pids
                        + ") != 2 ]; do sleep 0.1; done; sleep 600");
        Files.createFile(pids);

        CommandResult result = runner.run(Command.of(parent, Duration.ofSeconds(4)));

        assertThat(result.ended()).isTrue();
        assertThat(Files.readAllLines(pids)).hasSize(2).allSatisfy(pid -> assertThat(isGone(pid))
                .isTrue());
    }

    @Test
    @DisplayName("that does not listen to a polite end is ended for good")
    void isEndedForGood() throws IOException {
        Path pid = folder.resolve("pid");
        CommandResult result = runner.run(Command.of(
                script("trap '' TERM; echo $$ > " + pid + "; echo here; while :; do sleep 600; done"), SHORT));

        assertThat(result.ended()).isTrue();
        assertThat(result.out()).isEqualTo("here\n");
        assertThat(isGone(Files.readString(pid).strip())).isTrue();
    }

    @Test
    @DisplayName("finds its standard input closed")
    void findsItsInputClosed() throws IOException {
        CommandResult result =
                run("if read answer; then echo \"got $answer\"; else echo end of input; fi; cat; echo done");

        assertThat(result.out()).isEqualTo("end of input\ndone\n");
    }

    @Test
    @DisplayName("comes back when it ends, though a child in the background keeps its output open")
    void doesNotWaitForTheBackground() throws IOException {
        Path pid = folder.resolve("pid");
        CommandResult result = run("sleep 600 & echo $! > " + pid + "; echo started");
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        try {
            assertThat(result.succeeded()).isTrue();
            assertThat(result.out()).isEqualTo("started\n");
            assertThat(child.isAlive()).isTrue();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    @DisplayName("gets its arguments byte for byte, and no shell sees them")
    void getsItsArguments() throws IOException {
        String[] arguments = {
            "plain",
            " blanks at both ends ",
            "",
            "'single'",
            "\"double\"",
            "'reg/ose-${component}:v3.11'",
            "$HOME",
            "*",
            "a\\b",
            "tab\tand\nline",
            "ü€",
            "--flag=x y",
            "`id`",
            ";",
            "&"
        };
        CommandResult result =
                runner.run(Command.of(script("for word; do printf '<%s>\\n' \"$word\"; done"), LONG, arguments));

        assertThat(result.out()).isEqualTo("<" + String.join(">\n<", arguments) + ">\n");
    }

    @Test
    @DisplayName("may lie under a path with blanks")
    void mayLieUnderAPathWithBlanks() throws IOException {
        assertThat(runner.run(Command.of(script("my tools/mini shift", "echo here"), LONG))
                        .out())
                .isEqualTo("here\n");
    }

    @Test
    @DisplayName("runs in the build's environment, with variables added and taken away")
    void runsInAnEnvironment() throws IOException {
        Path script = script("echo \"path ${PATH:+set}, home ${HOME-none}, mine $CDK_TEST\"");
        Command command = new Command(script, List.of(), Map.of("CDK_TEST", "a b", "HOME", ""), LONG);

        assertThat(runner.run(command).out()).isEqualTo("path set, home none, mine a b\n");
    }

    @Test
    @DisplayName("shows no secret, in whatever form and pieces it prints it")
    void showsNoSecret() throws IOException {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        CommandRunner masking = new CommandRunner(Secrets.of(List.of("p&ss \"w\u00f6rd\"/+")));
        Path script = script("""
                echo 'plain: p&ss "wörd"/+.'
                echo 'url: p%26ss+%22w%C3%B6rd%22%2F%2B.'
                echo 'url: p%26ss%20%22w%C3%B6rd%22%2F%2B.'
                echo 'base64: cCZzcyAid8O2cmQiLys=.'
                echo 'json: p&ss \\"wörd\\"/+.'
                for byte in p '&' s s ' ' '"' w ö r d '"' / +; do printf '%s' "$byte"; done >&2
                """);

        CommandResult result = masking.run(Command.of(script, LONG), lines::add);

        assertThat(result.shown())
                .isEqualTo(
                        "plain: ********.\nurl: ********.\nurl: ********.\nbase64: ********.\njson: ********.\n********");
        assertThat(result.lastLines()).hasSize(6).noneMatch(line -> line.contains("ss"));
        assertThat(result.out()).as("what is read by us alone").startsWith("plain: p&ss");
        assertThat(result.toString()).doesNotContain("ss \"");
        assertThat(lines)
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).contains("********").doesNotContain("ss"));
    }

    @Test
    @DisplayName("is understood as ever where a password is a word of its answer")
    void isReadUnmasked() throws IOException {
        CommandRunner masking = new CommandRunner(Secrets.of(List.of("Running", "openshift", "|")));

        CommandResult result = masking.run(Command.of(script("echo 'Minishift:  Running | openshift'"), LONG));

        assertThat(result.out()).isEqualTo("Minishift:  Running | openshift\n");
        assertThat(result.shown()).isEqualTo("Minishift:  ******** | ********\n");
    }

    @Test
    @DisplayName("writes its log so that nobody else can read it, also where there was one that others could read")
    void writesItsLogForItsUserAlone() throws IOException {
        Path log = Files.writeString(folder.resolve("program.log"), "old");
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));

        runner.run(Command.of(script("echo new"), LONG).loggedTo(log));

        assertThat(log).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-------");
    }

    @Test
    @DisplayName("that does not exist is a problem that names it")
    void doesNotExist() {
        Path missing = folder.resolve("minishift");

        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> runner.run(Command.of(missing, LONG)));

        assertThat(problem).hasMessage("'" + missing + "' could not be run.");
        assertThat(problem.problem().fix()).contains("chmod +x");
        assertThat(problem.problem().evidence()).singleElement().asString().contains("No such file");
    }

    @Test
    @DisplayName("that may not be executed is a problem that names it")
    void mayNotBeExecuted() throws IOException {
        Path file = Files.writeString(folder.resolve("minishift"), "#!/bin/sh\n");

        assertThat(catchThrowableOfType(ProblemException.class, () -> runner.run(Command.of(file, LONG))))
                .hasMessage("'" + file + "' could not be run.");
    }

    // Several times, since the interrupt may come before the runner knows of the process.
    @RepeatedTest(10)
    @DisplayName("ends with the build, and the message of that shows no secret")
    void endsWhenInterrupted() throws Exception {
        Path pid = folder.resolve("pid");
        Path script = script("echo $$ > " + pid + "; echo here; exec sleep 600");
        AtomicReference<ProblemException> problem = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread build = new Thread(() -> {
            Thread self = Thread.currentThread();
            CommandRunner masking = new CommandRunner(Secrets.of(List.of("s3cr3t")));
            problem.set(catchThrowableOfType(
                    ProblemException.class,
                    () -> masking.run(Command.of(script, LONG, "--password", "s3cr3t"), line -> self.interrupt())));
            interrupted.set(Thread.interrupted());
        });
        build.start();
        build.join(60_000);

        assertThat(problem.get()).hasMessageContaining("was interrupted").hasMessageNotContaining("s3cr3t");
        assertThat(interrupted.get()).isTrue();
        assertThat(isGone(Files.readString(pid).strip())).isTrue();
    }

    private CommandResult run(String text) throws IOException {
        return runner.run(Command.of(script(text), LONG));
    }

    private Path script(String text) throws IOException {
        return script("script", text);
    }

    private Path script(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    /** A process that nobody has waited for is gone as well, though its entry is still there. */
    private static boolean isGone(String pid) {
        try {
            Path stat = Path.of("/proc", pid, "stat");
            return Files.isDirectory(Path.of("/proc/self"))
                    ? !Files.exists(stat) || Files.readString(stat).matches("(?s)\\d+ \\(.*\\) [ZX] .*")
                    : ProcessHandle.of(Long.parseLong(pid)).isEmpty();
        } catch (IOException e) {
            return true;
        }
    }
}
