package io.github.cdkmaven.sim.pull;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * HTTP by plain sockets, because the name that a server is asked by, that it is verified by and that it reads in the
 * {@code Host} header is another than its address: the simulated network has names of its own. The JDK's client does not
 * allow that.
 */
public final class SocketHttp implements AutoCloseable {

    /** The name server of the simulated network, as the captured messages name it. */
    private static final String NAME_SERVER = "192.0.2.53:53";

    private record Connection(Socket socket, InputStream in) {}

    private final Function<String, Optional<String>> names;
    private final boolean verifies;
    private final Function<String, ? extends Collection<X509Certificate>> authorities;
    private final int timeout;
    private final Map<String, Deque<Connection>> idle = new ConcurrentHashMap<>();
    private final Map<String, Boolean> speaksTls = new ConcurrentHashMap<>();

    private SocketHttp(
            Function<String, Optional<String>> names,
            boolean verifies,
            Function<String, ? extends Collection<X509Certificate>> authorities,
            Duration timeout) {
        this.names = names;
        this.verifies = verifies;
        this.authorities = authorities;
        this.timeout = (int) timeout.toMillis();
    }

    /**
     * Trusts some authorities and nobody else.
     *
     * @param names from {@code host[:port]} to the {@code ip[:port]} that answers for it, or to several, divided by blanks;
     *     empty for a name that nobody knows
     * @param authorities those that are trusted for a {@code host[:port]} now
     */
    public static SocketHttp verifying(
            Function<String, Optional<String>> names,
            Function<String, ? extends Collection<X509Certificate>> authorities,
            Duration timeout) {
        return new SocketHttp(names, true, authorities, timeout);
    }

    /** Takes any certificate. */
    public static SocketHttp blind(Function<String, Optional<String>> names, Duration timeout) {
        return new SocketHttp(names, false, authority -> List.of(), timeout);
    }

    /** Sends a GET and reads the whole answer; redirects are not followed. */
    HttpAnswer get(URI uri, Map<String, String> headers, List<String> accept) throws GoFailure {
        boolean tls = "https".equals(uri.getScheme());
        if (!tls && !"http".equals(uri.getScheme())) {
            throw GoFailure.of(uri, "unsupported protocol scheme \"" + uri.getScheme() + '"');
        }
        String authority = String.valueOf(uri.getRawAuthority());
        String host = authority.replaceFirst(":\\d+$", "");
        List<InetSocketAddress> addresses = new ArrayList<>();
        String known = names.apply(authority).orElseThrow(() -> GoFailure.of(uri, unknown(host)));
        for (String address : known.split(" ")) {
            String ip = address.replaceFirst(":\\d+$", "");
            int port = address.equals(ip) ? tls ? 443 : 80 : Integer.parseInt(address.substring(ip.length() + 1));
            addresses.add(new InetSocketAddress(ip, port));
        }
        Collection<X509Certificate> trusted = tls ? authorities.apply(authority) : List.of();
        // A connection that is kept was made by the trust of its day.
        String pool = uri.getScheme() + "://" + authority + " " + trusted.hashCode();
        NoCertificate client = new NoCertificate();
        try {
            Connection kept = idle.computeIfAbsent(pool, key -> new ConcurrentLinkedDeque<>())
                    .poll();
            if (kept != null) {
                try {
                    return exchange(kept, uri, authority, headers, accept, pool);
                } catch (EOFException | SocketException e) {
                    // It was closed meanwhile.
                }
            }
            return exchange(connect(addresses, host, tls, pool, trusted, client), uri, authority, headers, accept, pool);
        } catch (IOException e) {
            // The server says why by an alert, which the end of the connection may overtake here.
            throw GoFailure.of(
                    uri,
                    client.wasAskedFor()
                            ? "remote error: tls: bad certificate"
                            : words(e, addresses.get(addresses.size() - 1)));
        }
    }

    private static String unknown(String host) {
        return host.matches("[0-9]+(\\.[0-9]+){3}")
                ? "dial tcp " + host + ": connect: network is unreachable"
                : "dial tcp: lookup " + host + " on " + NAME_SERVER + ": no such host";
    }

    /** The first address that takes the connection, as Go dials them. */
    private Connection connect(
            List<InetSocketAddress> addresses,
            String host,
            boolean tls,
            String pool,
            Collection<X509Certificate> trusted,
            NoCertificate client)
            throws IOException {
        IOException failure = new ConnectException();
        for (InetSocketAddress address : addresses) {
            try {
                return connect(address, host, tls, pool, trusted, client);
            } catch (ConnectException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Connection connect(
            InetSocketAddress address,
            String host,
            boolean tls,
            String pool,
            Collection<X509Certificate> trusted,
            NoCertificate client) throws IOException {
        if (tls) {
            Boolean speaks = speaksTls.get(pool);
            if (speaks == null) {
                speaks = TlsGreeting.isAnswered(address, timeout);
                speaksTls.put(pool, speaks);
            }
            if (!speaks) {
                throw new SSLException("http: server gave HTTP response to HTTPS client");
            }
        }
        Socket socket = new Socket();
        try {
            socket.connect(address, timeout);
            socket.setSoTimeout(timeout);
            socket.setTcpNoDelay(true);
            if (tls) {
                SSLContext context = verifies
                        ? GoTrust.verifying(host, trusted, client)
                        : GoTrust.blind(client);
                SSLSocket secure = (SSLSocket)
                        context.getSocketFactory().createSocket(socket, host, address.getPort(), true);
                secure.startHandshake();
                socket = secure;
            }
            return new Connection(socket, new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private HttpAnswer exchange(
            Connection connection,
            URI uri,
            String authority,
            Map<String, String> headers,
            List<String> accept,
            String pool)
            throws IOException {
        boolean kept = false;
        try {
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            StringBuilder request = new StringBuilder("GET ")
                    .append(path)
                    .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                    .append(" HTTP/1.1\r\nHost: ")
                    .append(authority)
                    .append("\r\n");
            accept.forEach(type -> request.append("Accept: ").append(type).append("\r\n"));
            headers.forEach((name, value) ->
                    request.append(name).append(": ").append(value).append("\r\n"));
            connection.socket().getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            connection.socket().getOutputStream().flush();
            String status = line(connection.in());
            if (!status.matches("HTTP/1\\.[01] \\d{3}.*")) {
                throw new IOException("malformed HTTP response \"" + status + "\"");
            }
            Map<String, List<String>> answered = new HashMap<>();
            for (String header = line(connection.in()); !header.isEmpty(); header = line(connection.in())) {
                int colon = header.indexOf(':');
                answered.computeIfAbsent(
                                header.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
                                key -> new ArrayList<>())
                        .add(header.substring(colon + 1).strip());
            }
            HttpAnswer head =
                    new HttpAnswer(uri, Integer.parseInt(status.substring(9, 12)), answered, new byte[0]);
            byte[] body = body(head, connection.in());
            kept = !isLast(head);
            return new HttpAnswer(uri, head.status(), answered, body);
        } finally {
            if (kept) {
                idle.get(pool).push(connection);
            } else {
                connection.socket().close();
            }
        }
    }

    private static boolean isLast(HttpAnswer answer) {
        boolean bounded = answer.header("content-length").isPresent()
                || isChunked(answer)
                || answer.status() == 204
                || answer.status() == 304;
        return !bounded || answer.header("connection").orElse("").equalsIgnoreCase("close");
    }

    private static boolean isChunked(HttpAnswer answer) {
        return answer.header("transfer-encoding").orElse("").equalsIgnoreCase("chunked");
    }

    private static byte[] body(HttpAnswer head, InputStream in) throws IOException {
        if (head.status() == 204 || head.status() == 304) {
            return new byte[0];
        }
        if (isChunked(head)) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                whole.writeBytes(exactly(in, size));
                line(in);
            }
            line(in);
            return whole.toByteArray();
        }
        Optional<String> length = head.header("content-length");
        return length.isPresent() ? exactly(in, Integer.parseInt(length.get())) : in.readAllBytes();
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in).replaceFirst(";.*", "").strip(), 16);
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new IOException("unexpected EOF");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
    }

    private static String words(IOException failure, InetSocketAddress address) {
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
        String server = address.getAddress().getHostAddress() + ":" + address.getPort();
        if (failure instanceof ConnectException) {
            return "dial tcp " + server + ": connect: connection refused";
        }
        if (failure instanceof SocketTimeoutException) {
            return "net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)";
        }
        if (message.contains("server gave HTTP response") || message.contains("malformed HTTP")) {
            return message;
        }
        if (message.contains("Connection reset") || message.contains("Broken pipe")) {
            return "read tcp " + server + ": read: connection reset by peer";
        }
        if (failure instanceof EOFException || message.contains("terminated the handshake")) {
            return "EOF";
        }
        return failure instanceof SSLException ? "remote error: tls: handshake failure" : "unexpected EOF";
    }

    /** Ends the connections that are kept for later. */
    @Override
    public void close() {
        idle.values().forEach(connections -> connections.forEach(connection -> {
            try {
                connection.socket().close();
            } catch (IOException e) {
                // It is gone then.
            }
        }));
    }
}
