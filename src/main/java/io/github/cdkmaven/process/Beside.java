package io.github.cdkmaven.process;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A piece of work that a thread of its own does beside others, until its result is wanted.
 *
 * @param <T> the result
 */
public final class Beside<T> {

    private final FutureTask<T> task;
    private final Thread thread;

    private Beside(String name, Supplier<T> work) {
        this.task = new FutureTask<>(work::get);
        this.thread = new Thread(task, name);
        thread.setDaemon(true);
    }

    /**
     * Begins the work at once.
     *
     * @param name of the thread
     */
    public static <T> Beside<T> begin(String name, Supplier<T> work) {
        Beside<T> beside = new Beside<>(name, work);
        beside.thread.start();
        return beside;
    }

    /** Interrupts the work, whose result nobody wants any more. */
    public void end() {
        thread.interrupt();
    }

    /** The result, or the work's own failure. Who is interrupted while he waits interrupts the work, and gets what then comes of it. */
    public T get() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
