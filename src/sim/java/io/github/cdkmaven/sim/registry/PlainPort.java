package io.github.cdkmaven.sim.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * The door of a plain HTTP server: turns TLS away at once, as the servers of real registries do. The JDK's server would wait
 * for the end of a line that never comes.
 */
final class PlainPort implements AutoCloseable {

    private static final int TLS_HANDSHAKE = 0x16;
    private static final int REST_MILLIS = 1_000;
    private static final byte[] REFUSAL = """
            HTTP/1.1 400 Bad Request\r
            Content-Type: text/plain; charset=utf-8\r
            Connection: close\r
            \r
            400 Bad Request""".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket door;
    private final InetSocketAddress server;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    PlainPort(int port, InetSocketAddress server, ExecutorService threads) throws IOException {
        this.server = server;
        this.threads = threads;
        door = new ServerSocket(port, 0, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() {
        close(door);
        open.forEach(PlainPort::close);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket backend = new Socket()) {
            open.add(backend);
            client.setTcpNoDelay(true);
            backend.setTcpNoDelay(true);
            int first = client.getInputStream().read();
            if (first == TLS_HANDSHAKE) {
                client.getOutputStream().write(REFUSAL);
                client.shutdownOutput();
                // With unread bytes the end of the connection would be a reset, which may overtake the refusal.
                client.setSoTimeout(REST_MILLIS);
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
                return;
            }
            if (first >= 0) {
                backend.connect(server);
                backend.getOutputStream().write(first);
                threads.execute(() -> pump(client, backend));
                pump(backend, client);
            }
        } catch (IOException e) {
            // One of the two hung up.
        } finally {
            open.remove(client);
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // One of the two hung up.
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closed before.
        }
    }
}
