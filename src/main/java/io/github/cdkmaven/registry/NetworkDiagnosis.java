package io.github.cdkmaven.registry;

import io.github.cdkmaven.http.BodyTooLargeException;
import io.github.cdkmaven.problem.ForeignFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Says of a request that got no answer who failed: the name, the network, the JVM's proxy, or TLS.
 *
 * @param authorities the names of the authorities that {@code registryCa} holds
 * @param client whether a certificate of the client was asked for
 */
record NetworkDiagnosis(List<String> authorities, AskedForCertificate client) {

    /** What the JDK's client makes of a proxy that refuses to connect. */
    private static final Pattern TUNNEL = Pattern.compile("Tunnel failed, got: (\\d+)");

    NetworkDiagnosis {
        authorities = List.copyOf(authorities);
    }

    /**
     * What the network did.
     *
     * @throws UncheckedIOException if the answer came and could not be written to its file
     */
    RegistryException of(Throwable cause, URI uri) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof UncheckedIOException local) {
                throw local;
            }
            if (inner instanceof BodyTooLargeException large) {
                return new RegistryException(new RegistryFailure.Broken(200, large.getMessage()), cause);
            }
        }
        String host = Origin.written(uri);
        requireAnswer(cause);
        Optional<String> proxy = Routes.jvmProxy(uri);
        if (proxy.isPresent() && !(cause instanceof SSLException)) {
            return new RegistryException(new RegistryFailure.ByProxy(proxy.get(), host, reason(cause)), cause);
        }
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof UnresolvedAddressException || inner instanceof UnknownHostException) {
                return new RegistryException(
                        new RegistryFailure.Unreachable("the name of " + host + " does not resolve"), cause);
            }
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return new RegistryException(
                    new RegistryFailure.Unreachable(host + " does not accept the connection (timeout)"), cause);
        }
        if (cause instanceof ConnectException) {
            return new RegistryException.NotTls(
                    new RegistryFailure.Unreachable(host + " refuses the connection"), cause);
        }
        if (cause instanceof SSLException tls) {
            return tls(tls, host);
        }
        if (cause instanceof IOException && client.isTrue()) {
            return new RegistryException(TlsDiagnosis.clientCertificate(host), cause);
        }
        if (cause instanceof IOException) {
            return new RegistryException.ConnectionLost(
                    "the connection to " + host + " was lost: " + ForeignFailure.words(cause), cause);
        }
        return new RegistryException(
                new RegistryFailure.Unreachable(ForeignFailure.words(cause)), ForeignFailure.of(cause));
    }

    private static void requireAnswer(Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof UncheckedIOException local) {
                throw local;
            }
        }
    }

    private RegistryException tls(SSLException tls, String host) {
        if (TlsDiagnosis.notTls(tls)) {
            return new RegistryException.NotTls(new RegistryFailure.HttpOnly(host), tls);
        }
        if (client.isTrue() && !TlsDiagnosis.isCertificate(tls)) {
            return new RegistryException(TlsDiagnosis.clientCertificate(host), tls);
        }
        if (TlsDiagnosis.cutOff(tls)) {
            return new RegistryException.NotTls(
                    new RegistryFailure.Unreachable(host + " ended the TLS handshake"), tls);
        }
        return new RegistryException(TlsDiagnosis.of(tls, host, authorities), tls);
    }

    private static String reason(Throwable cause) {
        return Stream.iterate(cause, inner -> inner != null, Throwable::getCause)
                .map(inner -> TUNNEL.matcher(String.valueOf(inner.getMessage())))
                .filter(Matcher::find)
                .map(matcher -> "it answers " + matcher.group(1))
                .findFirst()
                .orElseGet(() ->
                        cause instanceof ConnectException ? "it accepts no connection" : ForeignFailure.words(cause));
    }
}
