package io.github.cdkmaven.process;

import io.github.cdkmaven.problem.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;
import org.apache.commons.exec.ShutdownHookProcessDestroyer;
import org.apache.commons.exec.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs, one call each, and always comes back in time.
 *
 * <p>Standard input is closed, because minishift asks for passwords and confirmations there. Reading ends with the program, not with its
 * output: minishift leaves background children behind that may hold the pipes (facts of minishift's {@code image export}).
 */
public final class CommandRunner {

    private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

    /** For the rest of each stream when a program has ended: Commons Exec adds two seconds to this, and takes zero for ever. */
    private static final Duration PIPES = Duration.ofMillis(1);

    private final Secrets secrets;
    private final boolean passesOn;
    private final BiConsumer<Command, ProcessHandle> began;

    /** A runner whose listeners get the lines of programs while they run; the secrets are seen in none of them. */
    public CommandRunner(Secrets secrets) {
        this(secrets, true);
    }

    /**
     * A runner.
     *
     * @param secrets what must not be seen of any program's output
     * @param passesOn whether listeners get the lines of programs while they run; in batch mode nobody watches
     */
    public CommandRunner(Secrets secrets, boolean passesOn) {
        this(secrets, passesOn, (command, process) -> {});
    }

    private CommandRunner(Secrets secrets, boolean passesOn, BiConsumer<Command, ProcessHandle> began) {
        this.secrets = secrets;
        this.passesOn = passesOn;
        this.began = began;
    }

    /** The same runner, which also tells of each process when it has begun. */
    public CommandRunner telling(BiConsumer<Command, ProcessHandle> listener) {
        return new CommandRunner(secrets, passesOn, listener);
    }

    /** The same runner, which also hides whatever stands in some places of a program's output. */
    public CommandRunner hiding(List<Pattern> places) {
        return new CommandRunner(secrets.and(places), passesOn, began);
    }

    /** Runs a command whose output only the caller needs. */
    public CommandResult run(Command command) {
        return run(command, line -> {});
    }

    /**
     * Runs a command until it ends, or ends it with everything that it started when its time is up; one that has no time left is not started.
     *
     * @param listener gets each line of both streams as it comes, masked; nothing of a quiet command
     * @throws io.github.cdkmaven.problem.ProblemException if the program cannot be run at all, or if this thread was interrupted
     */
    public CommandResult run(Command command, Consumer<String> listener) {
        if (command.limit().toNanos() <= 0) {
            return CommandResult.notStarted();
        }
        Consumer<String> hearer = passesOn && !command.quiet() ? listener : line -> {};
        if (command.log().isEmpty()) {
            return hear(command, hearer);
        }
        try (LogFile log = new LogFile(command.log().get())) {
            return hear(command, log.andThen(hearer));
        }
    }

    private CommandResult hear(Command command, Consumer<String> hearer) {
        long begin = System.nanoTime();
        AtomicLong heard = new AtomicLong(begin);
        Consumer<String> noticed = line -> heard.set(System.nanoTime());
        LineStream out = new LineStream(secrets, noticed.andThen(hearer));
        LineStream err = new LineStream(secrets, noticed.andThen(hearer));
        PumpStreamHandler pumps = new PumpStreamHandler(out, err, null);
        pumps.setStopTimeout(PIPES);
        DefaultExecutor executor =
                DefaultExecutor.builder().setExecuteStreamHandler(pumps).get();
        Run run = new Run(command, began);
        executor.setWatchdog(run);
        executor.setProcessDestroyer(new EndWithBuild());
        executor.setExitValues(null);
        LOG.debug("Running {}", secrets.mask(command.toString()));
        try (SilenceWatch silence = new SilenceWatch()) {
            silence.watch(command, heard, run);
            executor.execute(new ExactCommandLine(command), marked(command.fullEnvironment()), run);
            int exit = run.exit();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            return new CommandResult(exit, out.text(), err.text(), took, run.ended, secrets);
        } catch (IOException e) {
            throw notRun(command, e).toException(e);
        } catch (InterruptedException e) {
            run.end();
            Thread.currentThread().interrupt();
            throw Problem.of(secrets.mask(command.toString()) + " was interrupted.", "run the build again")
                    .toException(e);
        }
    }

    /** The environment of one command, by which {@link ProcessTree} finds everything that it starts. */
    private static Map<String, String> marked(Map<String, String> environment) {
        Map<String, String> marked = new HashMap<>(environment);
        marked.put(ProcessTree.MARK, UUID.randomUUID().toString());
        return marked;
    }

    private static Problem notRun(Command command, IOException cause) {
        return Problem.of(
                        "'" + command.executable() + "' could not be run.",
                        "check that the file exists, that it is built for this operating system, and that it is executable (chmod +x)")
                .with(String.valueOf(cause.getMessage()));
    }

    /** The words of a command as they are: Commons Exec trims arguments, and ours may begin or end with blanks. */
    private static final class ExactCommandLine extends CommandLine {

        private final Command command;

        ExactCommandLine(Command command) {
            super(command.executable().toFile());
            this.command = command;
        }

        @Override
        public String[] toStrings() {
            return Stream.concat(Stream.of(command.executable().toString()), command.arguments().stream())
                    .toArray(String[]::new);
        }
    }

    /** Ends a program with this JVM; what is run while the JVM is being ended already, to stop a VM, goes to its own end. */
    private static final class EndWithBuild extends ShutdownHookProcessDestroyer {

        @Override
        public boolean add(Process process) {
            try {
                return super.add(process);
            } catch (IllegalStateException e) {
                return false;
            }
        }

        @Override
        public boolean remove(Process process) {
            try {
                return super.remove(process);
            } catch (IllegalStateException e) {
                return false;
            }
        }
    }

    /** One run: when its time is up, Commons Exec's watchdog would end the process alone, and this one ends all that it started too. */
    private static final class Run extends ExecuteWatchdog implements ExecuteResultHandler {

        private final Command command;
        private final BiConsumer<Command, ProcessHandle> began;
        private final CompletableFuture<Process> process = new CompletableFuture<>();
        private final CompletableFuture<Integer> outcome = new CompletableFuture<>();
        private volatile boolean ended;

        @SuppressWarnings("deprecation") // its builder cannot make a subclass
        Run(Command command, BiConsumer<Command, ProcessHandle> began) {
            super(Math.max(1, command.limit().toMillis()));
            this.command = command;
            this.began = began;
        }

        @Override
        public synchronized void start(Process started) {
            began.accept(command, started.toHandle());
            process.complete(started);
            super.start(started);
        }

        @Override
        public synchronized void timeoutOccured(Watchdog clock) {
            endInTime();
            super.timeoutOccured(clock);
        }

        /** Ends the tree, and remembers that it was us. */
        synchronized void endInTime() {
            if (!ended && process.join().isAlive()) {
                ended = true;
                end();
            }
        }

        /** Ends the tree; waits for the process where it is just beginning. */
        void end() {
            try {
                ProcessTree.end(process.join().toHandle());
            } catch (CompletionException e) {
                LOG.debug("{} did not even start", command.program(), e);
            }
        }

        @Override
        public void onProcessComplete(int exit) {
            outcome.complete(exit);
        }

        @Override
        public void onProcessFailed(ExecuteException e) {
            process.completeExceptionally(e); // unless it had begun
            outcome.completeExceptionally(e);
        }

        /**
         * Waits for the end of the program.
         *
         * @return its exit status, -1 if it was ended
         * @throws IOException if it did not even start
         */
        int exit() throws IOException, InterruptedException {
            try {
                outcome.get();
            } catch (ExecutionException e) {
                // What fails after the start is only a stream that a child in the background still holds.
                if (process.isCompletedExceptionally()) {
                    throw e.getCause().getCause() instanceof IOException launch
                            ? launch
                            : new IOException(e.getCause());
                }
            }
            return ended ? -1 : process.join().exitValue();
        }
    }

    /** Ends a program that has printed nothing for too long: it hangs, or asks where nobody can answer. */
    private static final class SilenceWatch implements AutoCloseable {

        /** How often it is looked in the time that a silence may last. */
        private static final int TURNS = 10;

        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cdk-silence");
            thread.setDaemon(true);
            return thread;
        });

        void watch(Command command, AtomicLong heard, Run run) {
            long silence = command.silence().toNanos();
            long turn = Math.max(1, silence / TURNS);
            if (command.silence().compareTo(command.limit()) < 0) {
                clock.scheduleWithFixedDelay(
                        () -> {
                            if (System.nanoTime() - heard.get() > silence) {
                                run.endInTime();
                            }
                        },
                        turn,
                        turn,
                        TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public void close() {
            clock.shutdownNow();
        }
    }

    /**
     * The lines of a program in a file, as they come, so that they are there too when the build is killed.
     *
     * <p>Nobody else may read it: a program may print what no mask knows. A log that cannot be written stops no program, and a program that prints for ever fills no disk.
     */
    private static final class LogFile implements Consumer<String>, AutoCloseable {

        /** In characters; a first start of the CDK prints some thousand. */
        private static final long LONGEST = 32L * 1024 * 1024;

        private final Path file;
        private long left = LONGEST;
        private Optional<BufferedWriter> writer;

        /** Begins the file anew. */
        LogFile(Path file) {
            this.file = file;
            try {
                this.writer = Optional.of(AtomicFile.privateWriter(file));
            } catch (IOException e) {
                this.writer = Optional.empty();
                LOG.warn("{} cannot be written", file, e);
            }
        }

        @Override
        public synchronized void accept(String line) {
            if (writer.isPresent()) {
                left -= line.length() + 1;
                try {
                    writer.get().write(left < 0 ? "(more output is omitted here)" : line);
                    writer.get().write('\n');
                    writer.get().flush();
                    if (left < 0) {
                        close();
                    }
                } catch (IOException e) {
                    LOG.warn("{} cannot be written any more", file, e);
                    close();
                }
            }
        }

        @Override
        public synchronized void close() {
            try {
                if (writer.isPresent()) {
                    writer.get().close();
                }
            } catch (IOException e) {
                LOG.debug("{} could not be closed", file, e);
            }
            writer = Optional.empty();
        }
    }
}
