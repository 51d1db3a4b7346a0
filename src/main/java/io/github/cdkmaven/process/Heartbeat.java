package io.github.cdkmaven.process;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Says now and then that something long is still going on. */
public final class Heartbeat {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "cdk-heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Begins to beat.
     *
     * @param what is waited for, such as {@code "minishift start"}
     * @param limit how long it may take at most
     * @param every the time between two beats
     * @param log where the sentences go
     */
    private Heartbeat(String what, Duration limit, Duration every, Consumer<String> log) {
        long begin = System.nanoTime();
        clock.scheduleAtFixedRate(
                () -> log.accept("Still waiting for " + what + ": " + words(Duration.ofNanos(System.nanoTime() - begin))
                        + " of at most " + words(limit)),
                every.toMillis(),
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** A time as people say it: {@code 45 s}, {@code 2 min 5 s}. */
    public static String words(Duration time) {
        long minutes = time.toMinutes();
        int seconds = time.toSecondsPart();
        if (minutes == 0) {
            return seconds + " s";
        }
        return minutes + " min" + (seconds == 0 ? "" : " " + seconds + " s");
    }

    /** Does a piece of work and says now and then that it goes on; the sentences go to {@code log}. */
    public static <T> T during(String what, Duration limit, Duration every, Consumer<String> log, Supplier<T> work) {
        Heartbeat beat = new Heartbeat(what, limit, every, log);
        try {
            return work.get();
        } finally {
            beat.clock.shutdownNow();
        }
    }
}
