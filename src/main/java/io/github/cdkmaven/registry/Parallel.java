package io.github.cdkmaven.registry;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Does the same for many things, a few at a time. */
public final class Parallel {

    private Parallel() {}

    /**
     * Applies a function to each item, by at most so many threads.
     *
     * @param work does not throw what the caller wants to see; a throw ends the whole
     * @throws CancellationException if this thread is interrupted; the work under way is interrupted too
     * @return the results, in the order of the items
     */
    public static <I, O> Map<I, O> map(Collection<I> items, int parallelism, Function<I, O> work) {
        return steps(items, parallelism, (item, lanes) -> CompletableFuture.supplyAsync(() -> work.apply(item), lanes));
    }

    /**
     * The same for work of several steps, which wait for each other and hold no thread while they do.
     *
     * @param work hands each step to the executor
     */
    static <I, O> Map<I, O> steps(
            Collection<I> items, int parallelism, BiFunction<I, Executor, CompletableFuture<O>> work) {
        if (items.isEmpty()) {
            return Map.of();
        }
        ExecutorService lanes =
                Executors.newFixedThreadPool(Math.max(1, parallelism), task -> daemon(task, "registry-lane"));
        try {
            Map<I, CompletableFuture<O>> running = new LinkedHashMap<>();
            items.forEach(item -> running.computeIfAbsent(item, i -> work.apply(i, lanes)));
            Map<I, O> results = new LinkedHashMap<>();
            running.forEach((item, result) -> results.put(item, await(result)));
            return results;
        } finally {
            lanes.shutdownNow();
        }
    }

    private static <O> O await(CompletableFuture<O> result) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
