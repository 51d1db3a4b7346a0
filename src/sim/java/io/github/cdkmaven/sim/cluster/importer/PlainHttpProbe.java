package io.github.cdkmaven.sim.cluster.importer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Finds out whether a server speaks HTTP where TLS is expected. Real registries answer a TLS greeting with an HTTP error
 * at once; the JDK's server, which simulated registries use, would wait for the rest of a line.
 */
final class PlainHttpProbe {

    private static final int MILLIS = 2_000;

    private PlainHttpProbe() {}

    /** Whether {@code ip:port} answers in plain HTTP to what is neither HTTP nor TLS. */
    static boolean isPlain(String target) {
        int colon = target.lastIndexOf(':');
        if (colon < 0) {
            return false;
        }
        InetSocketAddress address =
                new InetSocketAddress(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
        try (Socket socket = new Socket()) {
            socket.connect(address, MILLIS);
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write("X\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return socket.getInputStream().read() == 'H';
        } catch (IOException e) {
            return false;
        }
    }
}
