package io.github.cdkmaven.sim.cluster;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** The one thread on which an operator works off what it was told of. */
final class OperatorThread implements AutoCloseable {

    private final ExecutorService worker;
    private int pending;

    OperatorThread(String name) {
        worker = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    void run(Runnable work) {
        begin();
        try {
            worker.execute(() -> {
                try {
                    work.run();
                } finally {
                    end();
                }
            });
        } catch (RejectedExecutionException e) {
            end();
        }
    }

    synchronized void awaitIdle() throws InterruptedException {
        while (pending > 0) {
            wait();
        }
    }

    synchronized boolean isBusy() {
        return pending > 0;
    }

    private synchronized void begin() {
        pending++;
    }

    private synchronized void end() {
        pending--;
        notifyAll();
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
