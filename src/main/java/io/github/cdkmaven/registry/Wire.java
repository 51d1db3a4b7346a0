package io.github.cdkmaven.registry;

import io.github.cdkmaven.problem.ForeignFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;

/** Sends one HTTP request and waits for its answer no longer than allowed; says in words why none came. */
final class Wire {

    /** How a body is received; it counts what has arrived. */
    interface Receiver {
        BodyHandler<byte[]> counting(AtomicLong received);
    }

    static final Receiver IN_MEMORY = received -> info -> Body.inMemory(received);

    private static final Duration LEAST = Duration.ofMillis(1);

    private final HttpClient http;
    private final Duration silence;

    Wire(RegistryAccess access, Executor executor) {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(access.timeout())
                .sslContext(Trust.context(access))
                .executor(executor)
                .build();
        silence = access.timeout();
    }

    /**
     * Sends a request.
     *
     * @throws RegistryException if no complete answer came: refused, unknown name, TLS, connection lost, out of time
     * @throws UncheckedIOException if the answer came and could not be written to its file
     */
    HttpResponse<byte[]> send(HttpRequest request, Receiver receiver, TimeLeft time) throws RegistryException {
        try {
            return request.method().equals("HEAD")
                    ? headers(request, receiver, time)
                    : headersAndBody(request, receiver, time);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause(), host(request.uri()));
        } catch (TimeoutException e) {
            throw new RegistryException(new RegistryFailure.Unreachable(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(new RegistryFailure.Unreachable("interrupted"), e);
        }
    }

    /** How long to wait for an answer that has no body. */
    Duration patience(TimeLeft time) {
        Duration left = time.atMost(silence).remaining();
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    /**
     * Where no body follows, the request's own timeout covers all. The blocking call spares two changes of threads for each question, and on
     * machines with two processors a new thread: there, the JDK gives each answer of {@code sendAsync} one.
     */
    private HttpResponse<byte[]> headers(HttpRequest request, Receiver receiver, TimeLeft time)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return http.send(request, receiver.counting(new AtomicLong()));
        } catch (HttpConnectTimeoutException e) {
            throw new ExecutionException(e);
        } catch (HttpTimeoutException e) {
            throw timeout(time);
        } catch (IOException e) {
            throw new ExecutionException(e);
        }
    }

    private HttpResponse<byte[]> headersAndBody(HttpRequest request, Receiver receiver, TimeLeft time)
            throws ExecutionException, TimeoutException, InterruptedException {
        AtomicLong received = new AtomicLong();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, receiver.counting(received));
        try {
            return await(answer, received, time);
        } finally {
            answer.cancel(true);
        }
    }

    private TimeoutException timeout(TimeLeft time) {
        return new TimeoutException(
                time.over()
                        ? "no complete answer within the time given"
                        : "nothing arrived for " + silence.toMillis() + " ms");
    }

    private HttpResponse<byte[]> await(
            CompletableFuture<HttpResponse<byte[]>> answer, AtomicLong received, TimeLeft time)
            throws ExecutionException, TimeoutException, InterruptedException {
        while (true) {
            long before = received.get();
            Duration wait = time.atMost(silence).remaining();
            try {
                return answer.get(wait.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (time.over() || received.get() == before) {
                    throw timeout(time);
                }
            }
        }
    }

    static String host(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ':' + uri.getPort();
    }

    private static RegistryException failure(Throwable cause, String host) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof UncheckedIOException local) {
                throw local;
            }
            if (inner instanceof UnresolvedAddressException || inner instanceof UnknownHostException) {
                return new RegistryException(
                        new RegistryFailure.Unreachable("the name of " + host + " does not resolve"), cause);
            }
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return new RegistryException(
                    new RegistryFailure.Unreachable(host + " does not take the connection (timeout)"), cause);
        }
        if (cause instanceof ConnectException) {
            return new NotTlsException(new RegistryFailure.Unreachable(host + " refuses the connection"), cause);
        }
        if (cause instanceof SSLException tls) {
            if (TlsDiagnosis.notTls(tls)) {
                return new NotTlsException(new RegistryFailure.HttpOnly(host), tls);
            }
            if (TlsDiagnosis.cutOff(tls)) {
                return new NotTlsException(new RegistryFailure.Unreachable(host + " ended the TLS handshake"), tls);
            }
            return new RegistryException(TlsDiagnosis.of(tls, host), tls);
        }
        if (cause instanceof IOException) {
            return new ConnectionLostException(
                    "the connection to " + host + " was lost: " + ForeignFailure.words(cause), cause);
        }
        return new RegistryException(
                new RegistryFailure.Unreachable(ForeignFailure.words(cause)), ForeignFailure.of(cause));
    }
}
