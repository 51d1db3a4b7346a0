package io.github.cdkmaven.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Passes TCP on to a server, each piece of a request later by some time: a registry at the end of a long line. */
final class DelayingRelay implements AutoCloseable {

    private static final int PIECE = 1 << 16;

    private final ServerSocket server;
    private final String host;
    private final int port;
    private final Duration delay;

    private DelayingRelay(String target, Duration delay) throws IOException {
        int colon = target.indexOf(':');
        host = target.substring(0, colon);
        port = Integer.parseInt(target.substring(colon + 1));
        this.delay = delay;
        server = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
        start(this::accept);
    }

    static DelayingRelay before(String target, Duration delay) {
        try {
            return new DelayingRelay(target, delay);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket upstream = new Socket(host, port);
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                start(() -> pass(client, upstream, delay));
                start(() -> pass(upstream, client, Duration.ZERO));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private static void pass(Socket from, Socket to, Duration delay) {
        byte[] piece = new byte[PIECE];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                TimeUnit.NANOSECONDS.sleep(delay.toNanos());
                to.getOutputStream().write(piece, 0, length);
            }
        } catch (IOException e) {
            // One end hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "delaying-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
