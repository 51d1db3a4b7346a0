package io.github.cdkmaven.http;

import io.github.cdkmaven.process.Beside;
import io.github.cdkmaven.tls.Trust;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * What a JVM's first connection over TLS has to load, prepared beside other work: it takes several hundred milliseconds, which is more than all
 * questions of a goal that changes nothing.
 */
public final class FirstConnection {

    private static final int LARGEST_GREETING = 1 << 15;

    private FirstConnection() {}

    /** Begins to prepare. Nobody is spoken to, and nothing fails. */
    public static void prepare() {
        Beside.begin("cdk-tls", FirstConnection::greetNobody);
    }

    /** Makes a client, and a greeting that is not sent. */
    private static boolean greetNobody() {
        try {
            SSLContext tls = Trust.context(Trust.only(List.of()));
            HttpClient.newBuilder().sslContext(tls).build();
            SSLEngine engine = tls.createSSLEngine("localhost", 443);
            engine.setUseClientMode(true);
            engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(LARGEST_GREETING));
            return true;
        } catch (GeneralSecurityException | SSLException e) {
            // Whoever connects is told.
            return false;
        }
    }
}
