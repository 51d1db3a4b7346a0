package io.github.cdkmaven.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A server on a port of its own that answers byte by byte as it is told, also what no HTTP library would send. It speaks no TLS. */
final class HostileServer implements AutoCloseable {

    /** Far more than a client needs to give up, and little enough for the machine that runs the tests. */
    private static final long FLOOD = 64L << 20;

    private static final int TLS_HANDSHAKE = 0x16;

    /** A request without its body. */
    record Request(String method, String path, Map<String, String> headers) {

        boolean isHead() {
            return method.equals("HEAD");
        }
    }

    /** How a connection is treated. */
    @FunctionalInterface
    interface Connection {
        void serve(HostileServer server, InputStream in, OutputStream out) throws IOException;
    }

    /** How one request is answered. */
    @FunctionalInterface
    interface Behaviour {

        /** Whether the connection stays open. */
        boolean answer(HostileServer server, Request request, OutputStream out) throws IOException;
    }

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong flooded = new AtomicLong();

    private HostileServer(Connection connection) throws IOException {
        socket = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
        threads.execute(() -> accept(connection));
    }

    static HostileServer answering(Behaviour behaviour) throws IOException {
        return new HostileServer((server, in, out) -> {
            Request request = read(in, out);
            while (request != null && behaviour.answer(server, request, out)) {
                out.flush();
                request = read(in, out);
            }
        });
    }

    /** One that does not even wait for a request. */
    static HostileServer greeting(Connection connection) throws IOException {
        return new HostileServer(connection);
    }

    /** {@code host:port}. */
    String host() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Says nothing any more, and keeps the connection. */
    boolean fallSilent() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Sends the same piece again and again; slowly, or as fast as it goes up to an amount that nobody should take. */
    boolean flood(OutputStream out, String head, String piece, boolean slowly) throws IOException {
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
        try {
            for (long sent = 0; sent < FLOOD && closing.getCount() > 0; sent += bytes.length) {
                out.write(bytes);
                flooded.addAndGet(bytes.length);
                if (slowly) {
                    out.flush();
                    closing.await(100, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return fallSilent();
    }

    /** How much of floods was taken by clients and by the buffers on the way. */
    long flooded() {
        return flooded.get();
    }

    private void accept(Connection connection) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.add(client);
                threads.execute(() -> serve(client, connection));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket client, Connection connection) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream());
                OutputStream out = client.getOutputStream()) {
            client.setTcpNoDelay(true);
            connection.serve(this, in, out);
        } catch (IOException e) {
            // The client has had enough.
        } finally {
            connections.remove(client);
        }
    }

    /** The next request; null where there is none, or a TLS handshake, which is refused as Go's servers do. */
    private static Request read(InputStream in, OutputStream out) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next == TLS_HANDSHAKE && head.size() == 0) {
                out.write("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
                return null;
            }
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        String[] words = lines[0].split(" ");
        return new Request(words[0], words[1], headers);
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        socket.close();
        for (Socket client : connections) {
            client.close();
        }
        threads.shutdownNow();
    }
}
