package io.github.cdkmaven.registry;

import io.github.cdkmaven.http.Body;
import io.github.cdkmaven.http.Reception;
import io.github.cdkmaven.http.Reception.Receiver;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry;
import io.github.cdkmaven.tls.AnyCertificate;
import io.github.cdkmaven.tls.Pem;
import io.github.cdkmaven.tls.Trust;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * Calls an address of a registry or of its token server: asks again after what may pass, follows redirects, waits no longer than allowed, and
 * says in words why no answer came.
 *
 * <p>Redirects are followed by hand: the JDK would hand the Authorization header on to whatever host comes next, and registries send blobs from
 * storage of others.
 */
final class EndpointCaller {

    /**
     * A request without its host.
     *
     * @param method {@code GET} or {@code HEAD}
     * @param path path and query; empty for the base itself
     * @param accept the Accept types, in order
     * @param receiver what takes the body
     * @param redirected whether redirects are followed
     */
    record Request(String method, String path, List<String> accept, Receiver<byte[]> receiver, boolean redirected) {

        Request(String method, String path, List<String> accept, Receiver<byte[]> receiver) {
            this(method, path, accept, receiver, true);
        }

        /** A request whose answer is kept in memory. */
        Request(String method, String path, List<String> accept) {
            this(method, path, accept, received -> info -> Body.bytes(LARGEST_BODY, received));
        }

        Request withoutRedirects() {
            return new Request(method, path, accept, receiver, false);
        }
    }

    /** More than any manifest. */
    static final long LARGEST_BODY = 8L << 20;

    private static final int ATTEMPTS = 4;
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;
    private static final int PROXY_LOGIN = 407;

    /** With it nginx says that it wants a certificate of the client, or another one. */
    private static final int BAD_REQUEST = 400;

    private static final Duration LEAST = Duration.ofMillis(1);

    private final HttpClient http;
    private final Duration silence;
    private final boolean insecure;
    private final NetworkDiagnosis diagnosis;
    private final Retry<HttpResponse<byte[]>> retry;

    /**
     * A caller; nothing is sent yet.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if {@code registryCa} is no readable PEM file
     */
    EndpointCaller(Registry access, Executor executor, Routes routes, Retry.Pause pause) {
        AskedForCertificate client = new AskedForCertificate();
        List<Certificate> authorities =
                access.ca().map(EndpointCaller::authorities).orElse(List.of());
        diagnosis = new NetworkDiagnosis(
                authorities.stream()
                        .filter(X509Certificate.class::isInstance)
                        .map(authority -> ((X509Certificate) authority)
                                .getSubjectX500Principal()
                                .getName())
                        .toList(),
                client);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(access.timeout())
                .proxy(routes)
                .sslContext(tls(access, authorities, client))
                .executor(executor)
                .build();
        silence = access.timeout();
        insecure = access.insecure();
        retry = new Retry<>(ATTEMPTS, new PassingAnswers(), pause);
    }

    /** Good are the certificates of the JVM's authorities and of the company's, or any. */
    private static SSLContext tls(Registry access, List<Certificate> authorities, AskedForCertificate client) {
        try {
            if (access.insecure()) {
                return Trust.context(new AnyCertificate(), client);
            }
            return Trust.context(
                    Trust.keepingChain(authorities.isEmpty() ? Trust.jvm() : Trust.jvmAnd(authorities)), client);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot set up TLS", e);
        }
    }

    /** The certificates of a PEM file. */
    static List<Certificate> authorities(Path pem) {
        try {
            return Pem.certificates(Files.readString(pem, StandardCharsets.ISO_8859_1));
        } catch (IOException | CertificateException e) {
            throw Problem.of(
                            "The file of registryCa contains no readable certificate: " + pem,
                            "Give a PEM file (BEGIN CERTIFICATE) in <registryCa>, or -Dcdk.registryCa=…")
                    .with(e.toString())
                    .toException(e);
        }
    }

    private static final class PassingAnswers implements Retry.Passing<HttpResponse<byte[]>> {

        @Override
        public boolean isPassing(HttpResponse<byte[]> answer) {
            return EndpointCaller.isPassing(answer.statusCode());
        }

        @Override
        public boolean isPassing(IOException failure) {
            return failure instanceof RegistryException.ConnectionLost;
        }

        @Override
        public Optional<Duration> retryAfter(HttpResponse<byte[]> answer) {
            return Retry.after(answer.headers());
        }
    }

    /** Whether a server asked for a certificate of the client. */
    boolean askedForCertificate() {
        return diagnosis.client().isTrue();
    }

    /** Whether a status may be another one soon. */
    static boolean isPassing(int status) {
        return PASSING.contains(status);
    }

    /**
     * The first answer that lasts, or the last one when attempts or time are used up.
     *
     * @param base the server
     * @param authorization the Authorization header; it is sent to this server only
     * @throws RegistryException if no complete answer came: refused, unknown name, TLS, connection lost, out of time
     * @throws UncheckedIOException if the answer came and could not be written to its file
     */
    HttpResponse<byte[]> call(URI base, Request request, Optional<String> authorization, Deadline deadline)
            throws RegistryException {
        URI uri = request.path().isEmpty() ? base : base.resolve(request.path());
        try {
            return retry.ask(deadline, () -> follow(uri, request, authorization, deadline));
        } catch (RegistryException e) {
            throw e;
        } catch (InterruptedIOException e) {
            throw RegistryException.interrupted(e);
        }
    }

    private HttpResponse<byte[]> follow(URI begin, Request request, Optional<String> authorization, Deadline deadline)
            throws RegistryException {
        URI uri = begin;
        Origin asked = Origin.of(uri).orElseThrow();
        Origin origin = asked;
        Optional<String> header = authorization;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            HttpResponse<byte[]> response;
            try {
                response = send(http(uri, request, header, deadline), request.receiver(), deadline);
            } catch (RegistryException.NotTls e) {
                // Another server's lack of TLS says nothing about the registry's.
                throw hops > 0 ? new RegistryException(e.answer(), e) : e;
            }
            if (response.statusCode() != BAD_REQUEST) {
                diagnosis.client().answered();
            }
            Optional<String> proxy = response.statusCode() == PROXY_LOGIN ? Routes.jvmProxy(uri) : Optional.empty();
            if (proxy.isPresent()) {
                throw new RegistryException(
                        new RegistryFailure.ByProxy(proxy.get(), Origin.written(uri), "it requires a login (407)"));
            }
            if (!request.redirected() || !REDIRECTS.contains(response.statusCode())) {
                if (response.statusCode() == 401 && !origin.equals(asked)) {
                    // Its challenge is not the registry's: whoever answered it would hand the password to a stranger.
                    throw new RegistryException(
                            new RegistryFailure.RedirectedLogin(asked.toString(), origin.toString()));
                }
                return response;
            }
            uri = next(uri, response);
            Origin next = Origin.of(uri).orElseThrow();
            if (!next.equals(origin)) {
                header = Optional.empty();
            }
            origin = next;
        }
        throw new RegistryException(new RegistryFailure.Broken(302, "more than " + MOST_REDIRECTS + " redirects"));
    }

    private URI next(URI from, HttpResponse<byte[]> response) throws RegistryException {
        String location = response.headers().firstValue("Location").orElse("");
        try {
            URI next = from.resolve(location);
            Optional<Origin> origin = location.isEmpty() ? Optional.empty() : Origin.of(next);
            if (origin.isEmpty()) {
                throw new RegistryException(new RegistryFailure.Broken(
                        response.statusCode(), "a redirect to a missing or unsupported address"));
            }
            if (!insecure && origin.get().plainHttp()) {
                throw new RegistryException(new RegistryFailure.Broken(
                        response.statusCode(),
                        "a redirect to plain HTTP at " + origin.get().authority()));
            }
            return next;
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    new RegistryFailure.Broken(response.statusCode(), "a redirect to an invalid address"));
        }
    }

    private HttpRequest http(URI uri, Request request, Optional<String> authorization, Deadline deadline) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .method(request.method(), HttpRequest.BodyPublishers.noBody())
                .header("User-Agent", "cdk-maven-plugin");
        request.accept().forEach(type -> builder.header("Accept", type));
        authorization.ifPresent(value -> builder.header("Authorization", value));
        if (request.method().equals("HEAD")) {
            Duration wait = deadline.within(silence);
            builder.timeout(wait.compareTo(LEAST) < 0 ? LEAST : wait);
        }
        return builder.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request, Receiver<byte[]> receiver, Deadline deadline)
            throws RegistryException {
        try {
            return request.method().equals("HEAD")
                    ? headers(request, receiver, deadline)
                    : Reception.of(http, request, receiver, silence, deadline);
        } catch (ExecutionException e) {
            throw diagnosis.of(e.getCause() == null ? e : e.getCause(), request.uri());
        } catch (TimeoutException e) {
            throw new RegistryException(new RegistryFailure.Unreachable(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.interrupted(e);
        }
    }

    /**
     * Where no body follows, the request's own timeout covers all. The blocking call spares two changes of threads for each question, and on
     * machines with two processors a new thread: there, the JDK gives each answer of {@code sendAsync} one.
     */
    private HttpResponse<byte[]> headers(HttpRequest request, Receiver<byte[]> receiver, Deadline deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return http.send(request, receiver.counting(new AtomicLong()));
        } catch (HttpConnectTimeoutException e) {
            throw new ExecutionException(e);
        } catch (HttpTimeoutException e) {
            throw Reception.timeout(silence, deadline);
        } catch (IOException e) {
            throw new ExecutionException(e);
        }
    }
}
