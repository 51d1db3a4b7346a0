package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.VmLock;
import io.github.cdkmaven.ownership.VmProcess;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.ProcessTree;
import io.github.cdkmaven.report.ConsoleSummary;
import io.github.cdkmaven.report.ReportBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no VM of a build outlives it: what the build has not stopped itself is stopped when its session ends, or when its process
 * is ended by Ctrl-C or SIGTERM. There is one for each session.
 *
 * <p>While the process is being ended, {@link #sessionEnded} does not come back: Maven would close the class realm of the plugin under the
 * hook's feet (Maven's {@code DefaultPluginRealmCache.dispose}).
 */
public final class ShutdownGuard {

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownGuard.class);

    /** How long a goal that is interrupted may take to come back; ending a program takes up to five seconds. */
    private static final Duration COME_BACK = Duration.ofSeconds(15);

    private static final int ATTEMPTS = 3;

    private record Left(StopRequest stop, OwnershipFiles files) {}

    private final Map<Path, Left> left = new LinkedHashMap<>();
    private final Map<Path, Set<HandedFiles>> handed = new LinkedHashMap<>();
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread hook;
    private volatile boolean dying;

    /** From now on, the VM is stopped with the build if it is then for this build to stop. */
    synchronized void guard(StopRequest stop, OwnershipFiles files) {
        left.put(files.record().path(), new Left(stop, files));
        if (hook == null && !dying) {
            Thread thread = new Thread(this::processEnds, "cdk-maven-plugin: stop the VM");
            try {
                Runtime.getRuntime().addShutdownHook(thread);
                hook = thread;
            } catch (IllegalStateException e) {
                throw ending();
            }
        }
    }

    /** The VM is not this build's any more, or has been stopped. */
    synchronized void release(OwnershipFiles files) {
        left.remove(files.record().path());
        if (left.isEmpty()) {
            removeHook();
        }
    }

    /** A module of this build finds the VM by these files, until it has stopped. */
    synchronized void handed(OwnershipFiles files, HandedFiles to) {
        handed.computeIfAbsent(files.record().path(), key -> new LinkedHashSet<>())
                .add(to);
    }

    /** The VM has stopped; no module finds it any more. */
    synchronized void removeHanded(OwnershipFiles files) {
        Set<HandedFiles> all = handed.remove(files.record().path());
        if (all != null) {
            all.forEach(HandedFiles::remove);
        }
    }

    /** Nothing is stopped any more. */
    public synchronized void releaseAll() {
        left.clear();
        removeHook();
    }

    private void removeHook() {
        Thread thread = hook;
        if (thread != null && !dying) {
            try {
                Runtime.getRuntime().removeShutdownHook(thread);
                hook = null;
            } catch (IllegalStateException e) {
                LOG.debug("The process is already ending", e);
            }
        }
    }

    /** Runs a goal that has the lock, so that it can be interrupted when the process is ended. */
    <T> T working(Supplier<T> goal) {
        Thread thread = Thread.currentThread();
        working.add(thread);
        try {
            if (dying) {
                throw ending();
            }
            return goal.get();
        } finally {
            working.remove(thread);
        }
    }

    /** Whether the process is being ended, so that nothing more is to be begun. */
    boolean isDying() {
        return dying;
    }

    private static ProblemException ending() {
        return Problem.of("The build is ending.", "run it again").toException();
    }

    /**
     * Stops what this build has started and not stopped: a module has failed between start and stop, or its stop was never reached.
     *
     * @return what went wrong with that
     */
    public List<Problem> sessionEnded() {
        if (awaitHook()) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        for (Left one : leftOver()) {
            try {
                LOG.info(
                        "Build ending; checking whether VM '{}' still has to be stopped",
                        one.files().profile());
                ReportBuilder report = new ReportBuilder("stop");
                new StopCdk(one.stop(), this, report).run();
                report.succeeded();
                ConsoleSummary.log(report.build(), LOG);
            } catch (ProblemException e) {
                problems.add(e.problem());
            } catch (RuntimeException | Error e) {
                // The others still have to be stopped, and Maven is to tell how the build ended.
                LOG.debug("Unexpected", e);
                problems.add(Problem.of(
                        "The VM '" + one.files().profile() + "' could not be stopped: " + ForeignFailure.words(e),
                        one.stop().engine().machine().goal("stop")));
            }
        }
        if (awaitHook()) {
            return List.of();
        }
        releaseAll();
        return problems;
    }

    private synchronized List<Left> leftOver() {
        return List.copyOf(left.values());
    }

    /** Waits for the hook if the process is being ended, though this thread was interrupted on behalf of that. */
    private boolean awaitHook() {
        Thread thread = hook;
        while (dying && thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                LOG.debug("The goal was interrupted; the hook continues", e);
            }
        }
        return dying;
    }

    /** The hook: nothing of this build is begun any more, what it does with the VM is ended, and what is its own is stopped. */
    private void processEnds() {
        dying = true;
        for (Left one : leftOver()) {
            if (!Files.isDirectory(one.files().folder())) {
                continue; // deleted with its home
            }
            attempt("end what is being done to the VM", () -> {
                LOG.warn(
                        "The build is ending; taking care of the VM '{}'",
                        one.files().profile());
                one.files().record().read().flatMap(VmProcess::orphan).ifPresent(ProcessTree::end);
                working.forEach(Thread::interrupt);
            });
            if (takeForGood(one)) {
                attempt("stop the VM", () -> new StopCdk(one.stop(), this, new ReportBuilder("stop"))
                        .runAlone(one.files()));
            }
        }
    }

    /** Maven's console is being closed at the same time, and may fail in the middle of a line (Jansi: NumberFormatException). */
    private static void attempt(String what, Runnable work) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                work.run();
                return;
            } catch (ProblemException e) {
                say("Could not " + what + ": " + e.getMessage());
                return;
            } catch (RuntimeException e) {
                say("Trying again to " + what + ": " + ForeignFailure.words(e));
            }
        }
    }

    private static void say(String words) {
        try {
            LOG.error("{}", words);
        } catch (RuntimeException e) {
            // There is no console any more; what counts is the VM.
        }
    }

    /** Takes the lock and never gives it back, since other threads of this process may go on until it is gone. */
    private boolean takeForGood(Left one) {
        try {
            VmLock.take(one.files(), one.stop().build(), COME_BACK, "stopTimeout");
            return true;
        } catch (RuntimeException e) {
            // A goal of this build that does not come back: the lock is ours anyway.
            return VmLock.isHeldHere(one.files());
        }
    }
}
