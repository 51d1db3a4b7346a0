package io.github.cdkmaven.crc;

import io.github.cdkmaven.http.Reception;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.tls.Pem;
import io.github.cdkmaven.tls.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a bundle from an address in the company, with the login and the authority of its host: crc itself would take it unchecked and without
 * either (crc#3322).
 *
 * <p>A file counts only when it came whole and has its checksum. One that was cut off is gone on with when the server says that it is still the same.
 */
final class BundleFetch {

    private static final Logger LOG = LoggerFactory.getLogger(BundleFetch.class);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final Duration BEAT = Duration.ofSeconds(30);
    private static final int REDIRECTS = 5;
    private static final int PIECE = 1 << 20;
    private static final int OK = 200;
    private static final int PARTIAL = 206;

    private final BundleSource source;
    private final URI url;
    private final HttpClient client;
    private final Path folder;

    /**
     * A fetch that is still to be made.
     *
     * @param source with its address
     * @param ca a PEM file with authorities to trust beside those of the JVM
     * @param folder where bundles are kept
     */
    BundleFetch(BundleSource source, Optional<Path> ca, Path folder) {
        this.source = source;
        this.url = source.url().orElseThrow();
        this.folder = folder.resolve(
                sha256(url.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16));
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        Optional.ofNullable(ProxySelector.getDefault()).ifPresent(builder::proxy);
        try {
            if (ca.isPresent()) {
                builder.sslContext(Trust.context(Trust.jvmAnd(Pem.certificates(Files.readString(ca.get())))));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw Problem.of(
                            "The certificates in " + ca.get() + " cannot be used.",
                            "<registryCa> (-Dcdk.registryCa=…) with a PEM file of certificates")
                    .toException(e);
        }
        this.client = builder.build();
    }

    /** The file, if it was fetched before. */
    Optional<Path> fetched() {
        return Optional.of(target()).filter(Files::isRegularFile).filter(this::hasChecksum);
    }

    private Path target() {
        return folder.resolve(source.name());
    }

    /** A checksum that was taken before is believed: the file cannot have got there without. */
    private boolean hasChecksum(Path file) {
        try {
            return source.sha256().isEmpty()
                    || source.sha256()
                            .equals(Optional.of(Files.readString(sum()).strip()));
        } catch (IOException e) {
            return false;
        }
    }

    private Path sum() {
        return folder.resolve(source.name() + ".sha256");
    }

    /** Asks for the file without fetching it; what is wrong with the answer, if anything is. */
    Optional<Problem> look(Deadline deadline) {
        try {
            HttpResponse<?> answer = send("HEAD", Map.of(), received -> BodyHandlers.discarding(), deadline);
            // Not every server has an answer to HEAD.
            return answer.statusCode() == OK || answer.statusCode() == 405 || answer.statusCode() == 501
                    ? Optional.empty()
                    : Optional.of(refused(answer.statusCode()));
        } catch (IOException e) {
            return Optional.of(lost(e));
        }
    }

    /**
     * The file, fetched unless it was before.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it cannot be fetched, or is not what its checksum says
     */
    Path fetch(Deadline deadline) {
        return fetched().orElseGet(() -> {
            LOG.info("Downloading the bundle {}", url);
            return Heartbeat.during(
                    "the bundle " + source.name(), deadline.limit(), BEAT, LOG::info, () -> fetchNow(deadline));
        });
    }

    private Path fetchNow(Deadline deadline) {
        Path part = folder.resolve(source.name() + ".part");
        Path tag = folder.resolve(source.name() + ".part.etag");
        try {
            Files.createDirectories(folder);
            receive(part, tag, deadline);
            String received = sha256(part);
            if (source.sha256().filter(sum -> !sum.equals(received)).isPresent()) {
                Files.deleteIfExists(part);
                throw Problem.of(
                                "The bundle " + url + " does not have the SHA-256 that <bundleSha256> names.",
                                "<bundleSha256> (-Dcdk.bundleSha256=…) with the checksum of the file in the company's repository, if it was replaced"
                                        + " there on purpose")
                        .with("wanted:   " + source.sha256().get(), "received: " + received)
                        .toException();
            }
            Files.writeString(sum(), received + "\n");
            Files.move(part, target(), StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(tag);
            return target();
        } catch (InterruptedIOException e) {
            throw lost(e).toException(e);
        } catch (UncheckedIOException e) {
            throw Problem.of(
                            "The bundle cannot be written to " + folder + ".",
                            "make sure that the disk has room for it")
                    .with(String.valueOf(e.getCause()))
                    .toException(e);
        } catch (IOException e) {
            throw lost(e).toException(e);
        }
    }

    /** Receives the file, or what is missing of it. */
    private void receive(Path part, Path tag, Deadline deadline) throws IOException {
        long there = Files.isRegularFile(part) && Files.isRegularFile(tag) ? Files.size(part) : 0;
        Map<String, String> range = there == 0
                ? Map.of()
                : Map.of(
                        "Range",
                        "bytes=" + there + "-",
                        "If-Range",
                        Files.readString(tag).strip());
        HttpResponse<?> answer = send(
                "GET",
                range,
                received -> info -> {
                    boolean goesOn = info.statusCode() == PARTIAL;
                    if (!goesOn && info.statusCode() != OK) {
                        return HttpResponse.BodySubscribers.discarding();
                    }
                    FileChannel file = open(part, goesOn);
                    keep(tag, info.headers().firstValue("ETag").filter(text -> text.startsWith("\"")), goesOn);
                    return HttpResponse.BodySubscribers.ofByteArrayConsumer(piece -> {
                        received.addAndGet(piece.map(bytes -> bytes.length).orElse(0));
                        write(file, piece);
                    });
                },
                deadline);
        if (answer.statusCode() == 416) { // what is there does not fit what is to come
            Files.deleteIfExists(part);
            Files.deleteIfExists(tag);
        }
        if (answer.statusCode() != OK && answer.statusCode() != PARTIAL) {
            throw refused(answer.statusCode()).toException();
        }
    }

    private static FileChannel open(Path part, boolean goesOn) {
        try {
            return FileChannel.open(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Remembers which file it is; without a strong validator, a file that was cut off is begun anew. */
    private static void keep(Path tag, Optional<String> etag, boolean goesOn) {
        try {
            if (etag.isPresent()) {
                Files.writeString(tag, etag.get());
            } else if (!goesOn) {
                Files.deleteIfExists(tag);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(FileChannel file, Optional<byte[]> piece) {
        try {
            if (piece.isEmpty()) {
                file.force(true);
                file.close();
                return;
            }
            ByteBuffer bytes = ByteBuffer.wrap(piece.get());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Follows redirections itself: the login goes to the host that it is for, and to no other. */
    private <T> HttpResponse<T> send(
            String method, Map<String, String> headers, Reception.Receiver<T> receiver, Deadline deadline)
            throws IOException {
        URI next = url;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(next).method(method, HttpRequest.BodyPublishers.noBody());
            headers.forEach(request::header);
            if (isSameHost(next)) {
                source.login()
                        .ifPresent(login -> request.header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString((login.user() + ":" + login.password())
                                                        .getBytes(StandardCharsets.UTF_8))));
            }
            HttpResponse<T> answer = exchange(request.build(), receiver, deadline);
            Optional<String> location =
                    answer.statusCode() / 100 == 3 ? answer.headers().firstValue("Location") : Optional.empty();
            if (location.isEmpty()) {
                return answer;
            }
            next = next.resolve(location.get());
        }
        throw new IOException("more than " + REDIRECTS + " redirections");
    }

    private boolean isSameHost(URI other) {
        return url.getScheme().equalsIgnoreCase(other.getScheme())
                && String.valueOf(url.getHost()).equalsIgnoreCase(other.getHost())
                && url.getPort() == other.getPort();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, Reception.Receiver<T> receiver, Deadline deadline)
            throws IOException {
        try {
            return Reception.of(client, request, receiver, SILENCE, deadline);
        } catch (TimeoutException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException unchecked) {
                throw unchecked;
            }
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private Problem refused(int status) {
        String host = source.host().orElse("");
        String fix =
                switch (status) {
                    case 401, 403 ->
                        source.login().isPresent()
                                ? "correct the <server> '" + host + "' in settings.xml"
                                : "a <server> in settings.xml with the id " + host;
                    case 404 -> "correct <bundle> (-Dcdk.bundle=…)";
                    default -> "check what the server answers to " + url;
                };
        return Problem.of("The bundle cannot be fetched from " + url + ".", fix).with("HTTP status " + status);
    }

    private Problem lost(IOException failure) {
        boolean tls = failure instanceof SSLException;
        return Problem.of(
                        "The bundle cannot be fetched from " + url + ".",
                        tls
                                ? "add the certificate of the authority that signed for "
                                        + source.host().orElse("")
                                        + " to the PEM file of <registryCa> (-Dcdk.registryCa=…)"
                                : "check that this machine can reach "
                                        + source.host().orElse("")
                                        + "; what was downloaded so far is kept, and the next build resumes from there")
                .with(ForeignFailure.words(failure));
    }

    /** The SHA-256 of a file. */
    static String sha256(Path file) {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] piece = new byte[PIECE];
            while (in.read(piece) >= 0) {
                // The digest sees it.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
