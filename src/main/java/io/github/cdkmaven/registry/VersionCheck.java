package io.github.cdkmaven.registry;

import io.github.cdkmaven.process.Deadline;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What {@code GET /v2/} without a name was answered with: the API version check, by which every client of the protocol begins.
 *
 * @param base scheme and host
 * @param status the HTTP status
 * @param type the media type of the answer
 * @param registry whether it is surely a registry's
 * @param challenge what it asks strangers for, of all that it offers what this client answers
 * @param heeded the same as docker and OpenShift read it
 * @param chain the certificates that the server sent, its own first; none without TLS
 */
record VersionCheck(
        URI base,
        int status,
        String type,
        boolean registry,
        Optional<Challenge> challenge,
        Optional<Challenge> heeded,
        List<X509Certificate> chain) {

    /** TLS first; plain HTTP only where the user declared the registry insecure and TLS is not spoken. */
    static VersionCheck of(Registry access, EndpointCaller caller, Deadline deadline) throws RegistryException {
        try {
            return of(base("https", access.host()), caller, deadline);
        } catch (RegistryException.NotTls e) {
            if (!access.insecure()) {
                throw e;
            }
            return of(base("http", access.host()), caller, deadline);
        }
    }

    private static VersionCheck of(URI base, EndpointCaller caller, Deadline deadline) throws RegistryException {
        HttpResponse<byte[]> response = caller.call(base, Connection.VERSION_CHECK, Optional.empty(), deadline);
        int status = response.statusCode();
        boolean header =
                response.headers().firstValue("Docker-Distribution-Api-Version").isPresent();
        String type = type(response);
        boolean html = type.startsWith("text/html");
        // A proxy that logs in by itself leaves the header out.
        boolean registry = status == 401 || (header || !html) && status == 200;
        return new VersionCheck(
                base,
                status,
                type,
                registry,
                status == 401 ? Challenge.of(response.headers()) : Optional.empty(),
                status == 401 ? Challenge.heeded(response.headers()) : Optional.empty(),
                chain(response));
    }

    private static List<X509Certificate> chain(HttpResponse<byte[]> response) {
        try {
            Certificate[] sent = response.sslSession().isPresent()
                    ? response.sslSession().get().getPeerCertificates()
                    : new Certificate[0];
            return Stream.of(sent).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    private static URI base(String scheme, String host) throws RegistryException {
        RegistryFailure notAHost = new RegistryFailure.Unreachable("\"" + host + "\" is no host with an optional port");
        try {
            URI base = new URI(scheme, host, "/", null, null).parseServerAuthority();
            if (Origin.of(base).isPresent()) {
                return base;
            }
        } catch (URISyntaxException e) {
            throw new RegistryException(notAHost, e);
        }
        throw new RegistryException(notAHost);
    }

    /** Whether docker, skopeo and OpenShift go on to the images: after 2xx, 401 and 403, whatever comes with it (OpenShift 3.9). */
    boolean possible() {
        return status == 200 || status == 401 || status == 403;
    }

    /** How it was answered. */
    String words() {
        return words(status, type);
    }

    static String words(HttpResponse<byte[]> response) {
        return words(response.statusCode(), type(response));
    }

    private static String words(int status, String type) {
        return status + ", " + type.split(";", 2)[0].trim();
    }

    static String type(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Content-Type").orElse("no type");
    }

    boolean plainHttp() {
        return "http".equals(base.getScheme());
    }

    AuthScheme auth() {
        return challenge.map(Challenge::auth).orElse(AuthScheme.NONE);
    }

    /** Where user and password go; nowhere if nobody has to log in, or if the challenge says no usable address. */
    Optional<Origin> login() {
        return challenge.flatMap(wanted -> wanted.login(base));
    }
}
