package io.github.cdkmaven.registry;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The server behind an address: scheme, host and port (RFC 6454). User and password, tokens and challenges belong to one of them and to no other,
 * whatever a redirect says.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 * @param port also where the address leaves it out
 */
record Origin(String scheme, String host, int port) {

    private static final int LAST_PORT = 65535;

    /** Empty for an address that cannot be asked over HTTP: no host, another scheme, no such port. */
    static Optional<Origin> of(URI uri) {
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !scheme.equals("http") && !scheme.equals("https")) {
            return Optional.empty();
        }
        int port = uri.getPort() < 0 ? standardPort(scheme) : uri.getPort();
        return port < 1 || port > LAST_PORT
                ? Optional.empty()
                : Optional.of(new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port));
    }

    boolean plainHttp() {
        return scheme.equals("http");
    }

    /** {@code host[:port]}. */
    String authority() {
        return port == standardPort(scheme) ? host : host + ':' + port;
    }

    /** A server as messages name it: without a port only where the address has none. */
    static String written(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ':' + uri.getPort();
    }

    private static int standardPort(String scheme) {
        return scheme.equals("http") ? 80 : 443;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
