package io.github.cdkmaven.process;

import io.github.cdkmaven.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecuteResultHandler;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.PumpStreamHandler;
import org.apache.commons.exec.ShutdownHookProcessDestroyer;
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
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration PIPES = Duration.ofSeconds(2);

    private final Secrets secrets;
    private final boolean passesOn;
    private final BiConsumer<Command, ProcessHandle> began;

    /**
     * A runner.
     *
     * @param secrets what must not be seen of any program's output
     */
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

    /** Runs a command whose output only the caller needs. */
    public CommandResult run(Command command) {
        return run(command, line -> {});
    }

    /**
     * Runs a command to its end, or ends it with everything that it started when its time is up.
     *
     * @param listener gets each line of both streams as it comes, masked; nothing of a quiet command
     * @throws io.github.cdkmaven.problem.ProblemException if the program cannot be run at all, or if this thread was interrupted
     */
    public CommandResult run(Command command, Consumer<String> listener) {
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
        LineStream out = new LineStream(secrets, hearer);
        LineStream err = new LineStream(secrets, hearer);
        TreeExecutor executor = new TreeExecutor(command, began);
        PumpStreamHandler pumps = new PumpStreamHandler(out, err, null);
        pumps.setStopTimeout(PIPES);
        executor.setStreamHandler(pumps);
        executor.setProcessDestroyer(new EndWithBuild());
        LOG.debug("Running {}", secrets.mask(command.toString()));
        Process process;
        boolean ended;
        try {
            executor.execute(
                    new CommandLine(command.executable().toFile()),
                    command.fullEnvironment(),
                    new DefaultExecuteResultHandler());
            process = executor.started(command.limit());
            ended = !process.waitFor(remaining(command.limit(), begin).toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                ProcessTree.end(process.toHandle());
            }
            executor.awaitPumps(PIPES.multipliedBy(2));
        } catch (IOException e) {
            throw notRun(command, e).toException(e);
        } catch (InterruptedException e) {
            executor.end();
            Thread.currentThread().interrupt();
            throw Problem.of(secrets.mask(command.toString()) + " was interrupted.", "run the build again")
                    .toException(e);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new CommandResult(ended ? -1 : process.exitValue(), out.text(), err.text(), took, ended);
    }

    private static Problem notRun(Command command, IOException cause) {
        return Problem.of(
                        "'" + command.executable() + "' could not be run.",
                        "check that the file exists, that it is the build for this operating system, and that it may be executed (chmod +x)")
                .with(String.valueOf(cause.getMessage()));
    }

    private static Duration remaining(Duration limit, long begin) {
        Duration left = limit.minusNanos(System.nanoTime() - begin);
        return left.isNegative() ? Duration.ZERO : left;
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

    /** Commons Exec's executor, with the process in reach so that its whole tree can be ended. */
    private static final class TreeExecutor extends DefaultExecutor {

        private final Command command;
        private final BiConsumer<Command, ProcessHandle> began;
        private final CompletableFuture<Process> process = new CompletableFuture<>();
        private Thread worker;

        @SuppressWarnings("deprecation") // its builder cannot make a subclass
        TreeExecutor(Command command, BiConsumer<Command, ProcessHandle> began) {
            this.command = command;
            this.began = began;
            setExitValues(null);
        }

        @Override
        protected Thread createThread(Runnable runnable, String name) {
            worker = new Thread(
                    () -> {
                        runnable.run();
                        process.completeExceptionally(new IOException("not started"));
                    },
                    command.program());
            worker.setDaemon(true);
            return worker;
        }

        @Override
        protected Process launch(CommandLine line, Map<String, String> environment, Path directory) throws IOException {
            // Commons Exec trims arguments; ours may begin or end with blanks.
            List<String> words = new ArrayList<>();
            words.add(command.executable().toString());
            words.addAll(command.arguments());
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().put(ProcessTree.MARK, UUID.randomUUID().toString());
            try {
                Process started = builder.start();
                began.accept(command, started.toHandle());
                process.complete(started);
                return started;
            } catch (IOException e) {
                process.completeExceptionally(e);
                throw e;
            }
        }

        Process started(Duration limit) throws IOException, InterruptedException {
            try {
                return process.get(Math.max(GRACE.toMillis(), limit.toMillis()), TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.ExecutionException e) {
                throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            } catch (java.util.concurrent.TimeoutException e) {
                throw new IOException("it did not start in " + limit, e);
            }
        }

        /** Ends the tree, also when the interrupt came before {@link #started} could tell of it. */
        void end() {
            process.thenAccept(started -> ProcessTree.end(started.toHandle()));
        }

        void awaitPumps(Duration limit) throws InterruptedException {
            worker.join(limit.toMillis());
        }
    }
}
