package io.github.cdkmaven.http;

import io.github.cdkmaven.process.Beside;
import io.github.cdkmaven.tls.Trust;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * What a JVM's first connection over TLS has to load, prepared beside other work: it takes several hundred milliseconds, which is more than all
 * questions of a goal that changes nothing.
 */
public final class FirstConnection {

    private FirstConnection() {}

    /** Begins to prepare. Nobody is spoken to, and nothing fails. */
    public static void prepare() {
        Beside.begin("cdk-tls", FirstConnection::load);
    }

    /** Makes a client and an engine of TLS, which are thrown away. */
    private static boolean load() {
        try {
            SSLContext tls = Trust.context(Trust.only(List.of()));
            HttpClient.newBuilder().sslContext(tls).build();
            tls.createSSLEngine();
            return true;
        } catch (GeneralSecurityException e) {
            // Whoever connects is told.
            return false;
        }
    }
}
