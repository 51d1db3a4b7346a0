package io.github.cdkmaven.sim.cluster.importer;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Sends a GET to a registry by its public name and tells failures in the words of Go's HTTP client. */
public final class RegistryTransport {

    /** The name server of the simulated network, as the captured messages name it. */
    private static final String NAME_SERVER = "192.0.2.53:53";

    private static final int REDIRECTS = 5;

    private final Hosts hosts;
    private final Function<String, List<X509Certificate>> authorities;
    private final Duration timeout;
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    /**
     * @param hosts the names of the network
     * @param authorities CAs that the master trusts for a {@code host[:port]}, beside the system's
     * @param timeout of one request; origin gives a ping 15 s
     */
    public RegistryTransport(Hosts hosts, Function<String, List<X509Certificate>> authorities, Duration timeout) {
        this.hosts = hosts;
        this.authorities = authorities;
        this.timeout = timeout;
    }

    /** Where a host of the network really listens. */
    Optional<String> target(String authority) {
        return hosts.resolveKnown(authority);
    }

    /** Sends the first GET to a registry, which tells whether it speaks TLS at all. */
    HttpResponse<byte[]> ping(URI uri, boolean insecure) throws ImporterFailure {
        if ("https".equals(uri.getScheme())
                && hosts.resolveKnown(uri.getRawAuthority())
                        .filter(PlainHttpProbe::isPlain)
                        .isPresent()) {
            throw failure(uri, "http: server gave HTTP response to HTTPS client");
        }
        return get(uri, insecure, List.of(), Optional.empty());
    }

    /** Sends a GET and follows redirects; credentials never go to another host. */
    HttpResponse<byte[]> get(URI uri, boolean insecure, List<String> accept, Optional<String> authorization)
            throws ImporterFailure {
        URI current = uri;
        for (int hop = 0; hop < REDIRECTS; hop++) {
            boolean home = current.getRawAuthority().equals(uri.getRawAuthority());
            HttpResponse<byte[]> response = send(current, insecure, accept, home ? authorization : Optional.empty());
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return response;
            }
            current = current.resolve(location.get());
        }
        throw ImporterFailure.other("Get \"" + uri + "\": stopped after 10 redirects");
    }

    private HttpResponse<byte[]> send(URI uri, boolean insecure, List<String> accept, Optional<String> authorization)
            throws ImporterFailure {
        String authority = uri.getRawAuthority();
        String host = Hosts.host(authority);
        String target = hosts.resolve(authority)
                .orElseThrow(() -> failure(
                        uri,
                        Hosts.isAddress(host)
                                ? "dial tcp " + host + ": connect: network is unreachable"
                                : "dial tcp: lookup " + host + " on " + NAME_SERVER + ": no such host"));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(uri.getScheme() + "://" + target + uri.getRawPath() + query(uri)))
                .timeout(timeout);
        accept.forEach(type -> request.header("Accept", type));
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            return client(authority, insecure).send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(uri, "context canceled");
        } catch (IOException e) {
            throw failure(uri, words(e, uri, target));
        }
    }

    private HttpClient client(String authority, boolean insecure) {
        List<X509Certificate> trusted = insecure ? List.of() : authorities.apply(authority);
        // A client keeps what it trusts, so each change of the configuration needs another.
        String key = (insecure ? "insecure " : "secure ") + authority + ' ' + trusted.hashCode();
        return clients.computeIfAbsent(key, absent -> {
            SSLContext context =
                    insecure ? ImporterTrust.blind() : ImporterTrust.verifying(Hosts.host(authority), trusted);
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(timeout)
                    .sslContext(context)
                    .build();
        });
    }

    private static String query(URI uri) {
        return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    }

    private static ImporterFailure failure(URI uri, String why) {
        return ImporterFailure.other("Get \"" + uri + "\": " + why);
    }

    private static String words(IOException failure, URI uri, String target) {
        List<Throwable> causes = Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .toList();
        Optional<String> certificate = causes.stream()
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message -> message.contains("x509: "))
                .map(message -> message.substring(message.indexOf("x509: ")))
                .reduce((first, last) -> last);
        if (certificate.isPresent()) {
            return certificate.get();
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof HttpTimeoutException) {
            return "net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)";
        }
        if (causes.stream().anyMatch(ConnectException.class::isInstance)) {
            return "dial tcp " + dialed(target, uri) + ": connect: connection refused";
        }
        if (message.contains("Unrecognized SSL message") || message.contains("Unsupported or unrecognized SSL")) {
            return "http: server gave HTTP response to HTTPS client";
        }
        if (message.contains("Connection reset")) {
            return "read tcp " + dialed(target, uri) + ": read: connection reset by peer";
        }
        boolean ended = message.contains("received no bytes")
                || message.contains("terminated the handshake")
                || causes.stream().anyMatch(EOFException.class::isInstance);
        if (ended) {
            return "EOF";
        }
        return failure instanceof SSLException ? "remote error: tls: handshake failure" : "unexpected EOF";
    }

    private static String dialed(String target, URI uri) {
        return target.contains(":") ? target : target + ("https".equals(uri.getScheme()) ? ":443" : ":80");
    }
}
