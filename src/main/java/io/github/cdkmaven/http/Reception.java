package io.github.cdkmaven.http;

import io.github.cdkmaven.process.Deadline;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Receives one whole answer, as long as something arrives and until a deadline.
 *
 * <p>The JDK's own limit ends with the headers (JDK-8208693): a body that never ends would hold its caller for ever.
 */
public final class Reception {

    /**
     * How a body is received; it counts what has arrived.
     *
     * @param <T> what becomes of the body
     */
    @FunctionalInterface
    public interface Receiver<T> {
        BodyHandler<T> counting(AtomicLong received);
    }

    private Reception() {}

    /**
     * Sends a request and receives its answer.
     *
     * @param silence how long nothing may arrive
     * @throws ExecutionException with what the client met
     * @throws TimeoutException in words
     */
    public static <T> HttpResponse<T> of(
            HttpClient client, HttpRequest request, Receiver<T> receiver, Duration silence, Deadline deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        AtomicLong received = new AtomicLong();
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, receiver.counting(received));
        try {
            while (true) {
                long before = received.get();
                try {
                    return answer.get(deadline.within(silence).toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (deadline.isOver() || received.get() == before) {
                        throw timeout(silence, deadline);
                    }
                }
            }
        } finally {
            answer.cancel(true);
        }
    }

    /** A server that is too late. */
    public static TimeoutException timeout(Duration silence, Deadline deadline) {
        return new TimeoutException(
                deadline.isOver()
                        ? "no complete answer within the time given"
                        : "nothing arrived for " + silence.toMillis() + " ms");
    }
}
