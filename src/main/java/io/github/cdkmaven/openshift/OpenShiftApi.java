package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.process.Retry.Question;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.tls.AnyCertificate;
import io.github.cdkmaven.tls.Pem;
import io.github.cdkmaven.tls.Trust;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509ExtendedTrustManager;

/** The calls that are made to one cluster, with JSON in and out. Safe for use by several threads. */
public final class OpenShiftApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final int SHOWN = 200;
    private static final int ATTEMPTS = 7;

    /** For all attempts; more than the longest wait that a server may ask for. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ClusterAccess access;
    private final HttpClient client;

    /**
     * A client for one cluster. Nothing is asked yet.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if certificates or keys of the access cannot be read
     */
    public OpenShiftApi(ClusterAccess access) {
        this.access = access;
        try {
            this.client = HttpClient.newBuilder()
                    // The cluster is never behind the proxy that Maven uses, and eight lanes are as fast with HTTP/1.1.
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .sslContext(tls(access))
                    .build();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Problem.of(
                            "The certificates for " + access.server() + " cannot be used.",
                            "log in again with 'oc login', or name another kubeconfig: <kubeconfig> (-Dcdk.kubeconfig)")
                    .with(ForeignFailure.words(e))
                    .toException();
        }
    }

    private static SSLContext tls(ClusterAccess access) throws GeneralSecurityException {
        X509ExtendedTrustManager servers = access.skipTlsVerify()
                ? new AnyCertificate()
                : access.trust().isPresent()
                        ? Trust.only(Pem.certificates(access.trust().get()))
                        : Trust.jvm();
        Optional<ClusterAccess.ClientCertificate> client = access.client();
        return client.isPresent()
                ? Trust.context(
                        servers,
                        Trust.clientKeys(
                                client.get().certificate(), client.get().key()))
                : Trust.context(servers);
    }

    /**
     * Asks again a server that could not answer just now: for some seconds after it restarts, a master refuses connections and says 503.
     *
     * @throws IOException if no answer came at all
     */
    static ApiAnswer ask(Pause pause, Question<ApiAnswer, IOException> question) throws IOException {
        return new Retry<>(ATTEMPTS, new PassingAnswers(), pause).ask(Deadline.in(PATIENCE), question);
    }

    private static final class PassingAnswers implements Retry.Passing<ApiAnswer> {

        @Override
        public boolean isPassing(ApiAnswer answer) {
            return answer.isTransient();
        }

        @Override
        public boolean isPassing(IOException failure) {
            return !(failure instanceof InterruptedIOException || failure instanceof SSLHandshakeException);
        }

        @Override
        public Optional<Duration> retryAfter(ApiAnswer answer) {
            return answer.retryAfter();
        }
    }

    /** Where this client speaks to, and as whom. */
    public ClusterAccess access() {
        return access;
    }

    public ApiAnswer get(String path, Duration limit) throws IOException {
        return send(request(path, limit).GET());
    }

    public ApiAnswer post(String path, JsonNode body, Duration limit) throws IOException {
        return send(request(path, limit).POST(BodyPublishers.ofString(body.toString())));
    }

    public ApiAnswer put(String path, JsonNode body, Duration limit) throws IOException {
        return send(request(path, limit).PUT(BodyPublishers.ofString(body.toString())));
    }

    HttpRequest.Builder request(String path, Duration limit) {
        HttpRequest.Builder request = HttpRequest.newBuilder(access.server().resolve(path))
                // A deadline may pass between the look at it and this call, and HttpClient takes no zero.
                .timeout(limit.compareTo(SHORTEST) < 0 ? SHORTEST : limit)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json");
        access.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        access.impersonate().ifPresent(user -> request.header("Impersonate-User", user));
        return request;
    }

    /**
     * Gets a list and hands its items on one by one, so that a long list costs no more memory than its bytes.
     *
     * @return the answer, whose body has no items
     */
    ApiAnswer list(String path, Duration limit, Consumer<JsonNode> item) throws IOException {
        HttpResponse<byte[]> response = exchange(request(path, limit).GET().build());
        return response.statusCode() / 100 == 2
                ? answer(response, bytes -> ListBody.read(JSON, bytes, item))
                : answer(response, JSON::readTree);
    }

    ApiAnswer send(HttpRequest.Builder request) throws IOException {
        return answer(exchange(request.build()), JSON::readTree);
    }

    /** The client's own limit ends with the headers (JDK-8208693): a body that never ends would hold its caller for ever. */
    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(request.timeout().orElse(SHORTEST).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("the answer did not come to its end");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(ForeignFailure.of(e.getCause()));
        }
    }

    /** Makes a tree of an answer's bytes. */
    @FunctionalInterface
    private interface BodyReader {
        JsonNode read(byte[] bytes) throws IOException;
    }

    private static ApiAnswer answer(HttpResponse<byte[]> response, BodyReader reader) {
        Secrets sent = Secrets.ofAuthorization(response.request().headers().firstValue("Authorization"));
        try {
            JsonNode body = reader.read(response.body());
            if (body.path("message").isTextual()) {
                ((ObjectNode) body)
                        .put("message", sent.mask(body.path("message").asText()));
            }
            return new ApiAnswer(response.statusCode(), response.headers(), body, "");
        } catch (JsonProcessingException e) {
            String text = sent.mask(new String(response.body(), StandardCharsets.UTF_8));
            return new ApiAnswer(
                    response.statusCode(),
                    response.headers(),
                    MissingNode.getInstance(),
                    text.substring(0, Math.min(SHOWN, text.length())));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }
}
