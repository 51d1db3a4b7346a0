package io.github.cdkmaven.sim.pull;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The certificate of a client that has none, and remembers whether it was asked for one. */
final class NoCertificate extends X509ExtendedKeyManager {

    private static final String[] NONE = {};

    private volatile boolean asked;

    /** Whether a server asked for a certificate. */
    boolean wasAskedFor() {
        return asked;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, @Nullable Socket socket) {
        asked = true;
        return null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
        return chooseClientAlias(types, issuers, null);
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return NONE;
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return NONE;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal[] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[0];
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return null;
    }
}
