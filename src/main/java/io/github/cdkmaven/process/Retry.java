package io.github.cdkmaven.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Asks a server again, with growing pauses, that could not answer just now.
 *
 * <p>Only for questions: they change nothing, so that asking twice does no harm.
 *
 * @param <A> the kind of answer
 */
public final class Retry<A> {

    /** A question to a server. */
    @FunctionalInterface
    public interface Question<A, E extends IOException> {
        A ask() throws E;
    }

    /** Which answers and failures may be others in a moment. */
    public interface Passing<A> {

        boolean isPassing(A answer);

        boolean isPassing(IOException failure);

        /** How long the server wants to be left alone, where it says so. */
        Optional<Duration> retryAfter(A answer);
    }

    /** How a thread waits between two tries. */
    @FunctionalInterface
    public interface Pause {

        void sleep(Duration time) throws InterruptedIOException;

        /** Really waits. */
        static Pause real() {
            return time -> {
                try {
                    TimeUnit.NANOSECONDS.sleep(time.toNanos());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
                }
            };
        }
    }

    private final int attempts;
    private final Passing<A> passing;
    private final Pause pause;

    /**
     * A way to ask.
     *
     * @param attempts how often at most
     */
    public Retry(int attempts, Passing<A> passing, Pause pause) {
        this.attempts = attempts;
        this.passing = passing;
        this.pause = pause;
    }

    /**
     * The first answer that will not be another one in a moment; or else the last, when attempts or time are used up, or when the
     * server wants to be left alone for longer than there is time.
     *
     * @throws E if no answer came
     * @throws InterruptedIOException if this thread was interrupted between two tries
     */
    public <E extends IOException> A ask(Deadline deadline, Question<A, E> question) throws E, InterruptedIOException {
        for (int attempt = 1; ; attempt++) {
            Duration wait = backoff(attempt - 1);
            try {
                A answer = question.ask();
                wait = passing.retryAfter(answer).orElse(wait);
                if (!passing.isPassing(answer) || isLast(attempt, wait, deadline)) {
                    return answer;
                }
            } catch (IOException e) {
                if (!passing.isPassing(e) || isLast(attempt, wait, deadline)) {
                    throw e;
                }
            }
            pause.sleep(wait);
        }
    }

    private boolean isLast(int attempt, Duration wait, Deadline deadline) {
        return attempt == attempts || deadline.left().compareTo(wait) <= 0;
    }

    /** A wait that doubles with each try up to five seconds, the half of it by chance, so that lanes do not come back together. */
    public static Duration backoff(int attempt) {
        long longest = Math.min(5_000, 250L << Math.min(attempt, 10));
        return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }

    /** What {@code Retry-After} says, in seconds or as a date; empty where it says nothing that can be read. */
    public static Optional<Duration> after(HttpHeaders headers) {
        return headers.firstValue("Retry-After").map(String::strip).flatMap(Retry::parse);
    }

    private static Optional<Duration> parse(String value) {
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Integer.parseInt(value)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(ZonedDateTime.now(date.getZone()), date);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
