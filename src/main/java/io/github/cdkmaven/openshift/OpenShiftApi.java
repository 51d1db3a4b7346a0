package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.http.Body;
import io.github.cdkmaven.http.BodyTooLargeException;
import io.github.cdkmaven.http.Reception;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.process.Retry.Question;
import io.github.cdkmaven.process.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLHandshakeException;

/** The calls that are made to one cluster, with JSON in and out. Safe for use by several threads. */
public final class OpenShiftApi {

    private static final int ATTEMPTS = 7;

    /** For all attempts; more than the longest wait that a server may ask for. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How long nothing of an answer to a mere question may arrive. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** For a client whose caller sets no deadline: each request still has its own limit. */
    private static final Duration UNLIMITED = Duration.ofDays(30);

    /** More than any single object; etcd takes 1.5 MB. */
    private static final long LARGEST_OBJECT = 8L << 20;

    /** A page of 500 items, each of which may be large. */
    private static final long LARGEST_PAGE = 64L << 20;

    private final ClusterAccess access;
    private final ApiConnection connection;
    private final Deadline deadline;

    /**
     * A client for one cluster. Nothing is asked yet.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if certificates or keys of the access cannot be read
     */
    public OpenShiftApi(ClusterAccess access) {
        this(access, InetAddress::getByName);
    }

    OpenShiftApi(ClusterAccess access, ApiConnection.Names names) {
        this(access, new ApiConnection(access, names), Deadline.in(UNLIMITED));
    }

    private OpenShiftApi(ClusterAccess access, ApiConnection connection, Deadline deadline) {
        this.access = access;
        this.connection = connection;
        this.deadline = deadline;
    }

    /** The same client, none of whose requests outlasts a deadline. */
    public OpenShiftApi within(Deadline other) {
        return new OpenShiftApi(access, connection, other);
    }

    /** A client for somebody else, by the same connections where they show nothing of who it was. */
    OpenShiftApi as(ClusterAccess other) {
        return connection.fits(other)
                ? new OpenShiftApi(other, connection, Deadline.in(UNLIMITED))
                : new OpenShiftApi(other);
    }

    /** How much time one request gets that may take so long. */
    Duration within(Duration limit) {
        return deadline.within(limit);
    }

    /**
     * Asks again a server that could not answer just now: for some seconds after it restarts, a master refuses connections and says 503.
     *
     * @throws IOException if no answer came at all
     */
    public ApiAnswer ask(Pause pause, Question<ApiAnswer, IOException> question) throws IOException {
        return new Retry<>(ATTEMPTS, new PassingAnswers(), pause).ask(deadline.atMost(PATIENCE), question);
    }

    private static final class PassingAnswers implements Retry.Passing<ApiAnswer> {

        @Override
        public boolean isPassing(ApiAnswer answer) {
            return answer.isTransient();
        }

        @Override
        public boolean isPassing(IOException failure) {
            return !(failure instanceof InterruptedIOException
                    || failure instanceof SSLHandshakeException
                    || failure instanceof BodyTooLargeException);
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
        return answer(path, HttpRequest.Builder::GET, SILENCE, limit);
    }

    /**
     * Gets a text that is no JSON, such as a container's log; empty where the server refuses.
     *
     * @param longest after how many bytes it is cut
     */
    Optional<String> text(String path, int longest, Duration limit) throws IOException {
        HttpResponse<InputStream> response = exchange(path, HttpRequest.Builder::GET, LARGEST_OBJECT, SILENCE, limit);
        try (InputStream body = response.body()) {
            String text = new String(body.readNBytes(longest), StandardCharsets.UTF_8);
            return response.statusCode() == 200 ? Optional.of(text) : Optional.empty();
        }
    }

    public ApiAnswer post(String path, JsonNode body, Duration limit) throws IOException {
        return post(path, body, Set.of(), limit);
    }

    /**
     * The same where the answer repeats far more than what is read of it.
     *
     * @param unread the names of fields of the answer that nobody reads, wherever they stand
     */
    public ApiAnswer post(String path, JsonNode body, Set<String> unread, Duration limit) throws IOException {
        return answer(
                path,
                request -> request.POST(BodyPublishers.ofString(JsonTree.text(body))),
                answer -> JsonBody.tree(answer, unread),
                limit,
                limit);
    }

    public ApiAnswer put(String path, JsonNode body, Duration limit) throws IOException {
        return answer(path, request -> request.PUT(BodyPublishers.ofString(JsonTree.text(body))), limit, limit);
    }

    /** Gets something as a user who gives name and password, which are sent to the API's own server only. */
    ApiAnswer get(String path, Map<String, String> headers, Duration limit) throws IOException {
        return answer(
                path,
                request -> {
                    headers.forEach(request::header);
                    return request.GET();
                },
                SILENCE,
                limit);
    }

    /** Merges an object into the one that is there; lists whose elements have names are merged by them. */
    public ApiAnswer patch(String path, JsonNode body, Duration limit) throws IOException {
        return patch(path, "application/strategic-merge-patch+json", body, limit);
    }

    /** Merges an object into one of a custom kind, whose lists are replaced whole. */
    public ApiAnswer mergePatch(String path, JsonNode body, Duration limit) throws IOException {
        return patch(path, "application/merge-patch+json", body, limit);
    }

    private ApiAnswer patch(String path, String type, JsonNode body, Duration limit) throws IOException {
        return answer(
                path,
                request -> request.setHeader("Content-Type", type)
                        .method("PATCH", BodyPublishers.ofString(JsonTree.text(body))),
                limit,
                limit);
    }

    /**
     * Gets a page of a list and hands its items on one by one, so that a long list costs no more memory than its bytes.
     *
     * @return the answer, whose body has no items
     */
    ApiAnswer page(String path, Duration limit, Consumer<JsonNode> item) throws IOException {
        HttpResponse<InputStream> response = exchange(path, HttpRequest.Builder::GET, LARGEST_PAGE, SILENCE, limit);
        return response.statusCode() == 200
                ? answer(response, body -> JsonBody.list(body, item))
                : answer(response, JsonBody::tree);
    }

    private ApiAnswer answer(String path, UnaryOperator<HttpRequest.Builder> question, Duration silence, Duration limit)
            throws IOException {
        return answer(path, question, JsonBody::tree, silence, limit);
    }

    private ApiAnswer answer(
            String path,
            UnaryOperator<HttpRequest.Builder> question,
            BodyReader reader,
            Duration silence,
            Duration limit)
            throws IOException {
        return answer(exchange(path, question, LARGEST_OBJECT, silence, limit), reader);
    }

    private HttpResponse<InputStream> exchange(
            String path, UnaryOperator<HttpRequest.Builder> question, long largest, Duration silence, Duration limit)
            throws IOException {
        Deadline end = deadline.atMost(limit);
        if (end.isOver()) {
            throw new HttpTimeoutException("there was no time left for the request");
        }
        try {
            return connection.exchange(
                    access,
                    path,
                    question,
                    (client, request) -> Reception.of(
                            client, request, received -> info -> Body.stream(largest, received), silence, end));
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static IOException failure(ExecutionException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException large) {
                return large;
            }
        }
        return failure.getCause() instanceof IOException cause
                ? cause
                : new IOException(ForeignFailure.of(failure.getCause()));
    }

    /** Makes a tree of an answer's body. */
    @FunctionalInterface
    private interface BodyReader {
        JsonNode read(InputStream body) throws IOException;
    }

    private static ApiAnswer answer(HttpResponse<InputStream> response, BodyReader reader) throws IOException {
        // Only where something is quoted: to know all spellings of a token costs more than to read an answer.
        Supplier<Secrets> sent =
                () -> Secrets.ofAuthorization(response.request().headers().firstValue("Authorization"));
        Beginning body = new Beginning(response.body());
        try {
            JsonNode tree = reader.read(body);
            if (tree.path("message").isTextual()) {
                ((ObjectNode) tree)
                        .put("message", sent.get().mask(tree.path("message").asText()));
            }
            return new ApiAnswer(response.statusCode(), response.headers(), tree, "");
        } catch (JsonProcessingException | CharConversionException e) {
            return new ApiAnswer(
                    response.statusCode(), response.headers(), MissingNode.getInstance(), body.text(sent.get()));
        }
    }

    /** Remembers how a body begins, to quote it where it is not JSON. */
    private static final class Beginning extends FilterInputStream {

        private static final int LENGTH = 1_000;
        private static final int SHOWN = 200;

        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

        Beginning(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            seen.write(bytes, offset, Math.max(0, Math.min(count, LENGTH - seen.size())));
            return count;
        }

        /** Masked before it is cut, so that no half of a secret is left. */
        String text(Secrets sent) {
            return ForeignText.line(sent.mask(seen.toString(StandardCharsets.UTF_8)), SHOWN);
        }
    }
}
