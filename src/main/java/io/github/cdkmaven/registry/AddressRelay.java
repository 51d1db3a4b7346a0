package io.github.cdkmaven.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An HTTP proxy within this JVM, on loopback, that leads to one address of a server. By it, a request goes to another than the first address of a
 * name and still carries the name, in TLS and in HTTP.
 */
final class AddressRelay implements AutoCloseable {

    private static final int LARGEST_HEAD = 1 << 16;
    private static final byte[] CONNECTED = "HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InetSocketAddress target;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    AddressRelay(InetSocketAddress target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                start(() -> serve(client));
            } catch (IOException e) {
                // Closed; or a client that went away at once.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(Proxy.NO_PROXY)) {
            open.add(upstream);
            upstream.connect(target);
            upstream.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            byte[] head = head(client.getInputStream());
            if (new String(head, StandardCharsets.US_ASCII).startsWith("CONNECT ")) {
                client.getOutputStream().write(CONNECTED);
            } else {
                upstream.getOutputStream().write(head);
            }
            Thread back = start(() -> copy(upstream, client));
            copy(client, upstream);
            back.join();
        } catch (IOException e) {
            // The client sees a connection that ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    /** All up to the empty line, and nothing behind it. */
    private static byte[] head(InputStream in) throws IOException {
        byte[] head = new byte[LARGEST_HEAD];
        int length = 0;
        while (length < LARGEST_HEAD && !endsWithEmptyLine(head, length)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head[length++] = (byte) next;
        }
        return Arrays.copyOf(head, length);
    }

    private static boolean endsWithEmptyLine(byte[] head, int length) {
        return length >= 4
                && head[length - 4] == '\r'
                && head[length - 3] == '\n'
                && head[length - 2] == '\r'
                && head[length - 1] == '\n';
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static Thread start(Runnable work) {
        Thread thread = Parallel.daemon(work, "registry-relay");
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // It relays nothing more, closed or not.
        }
        open.forEach(AddressRelay::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone then.
        }
    }
}
