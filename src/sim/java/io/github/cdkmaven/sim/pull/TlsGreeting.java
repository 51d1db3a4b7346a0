package io.github.cdkmaven.sim.pull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Finds out whether a server speaks TLS: it gets a TLS greeting, and the end of an HTTP request after it. Whoever speaks TLS
 * answers the greeting; whoever speaks plain HTTP sees a broken request, also the JDK's server, which would wait for the end
 * of a line that a greeting alone does not have.
 */
final class TlsGreeting {

    private static final int ALERT = 0x15;
    private static final int HANDSHAKE = 0x16;
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private TlsGreeting() {}

    static boolean isAnswered(InetSocketAddress server, int timeoutMillis) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            socket.getOutputStream().write(greeting());
            socket.getOutputStream().write(END);
            socket.getOutputStream().flush();
            int first = socket.getInputStream().read();
            return first < 0 || first == ALERT || first == HANDSHAKE;
        }
    }

    private static byte[] greeting() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
