package io.github.cdkmaven.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes Java's TLS of the authorities that are trusted, and of the certificate that a client logs in with. */
public final class Trust {

    private static final char[] NO_PASSWORD = {};

    private Trust() {}

    /** TLS with the servers that a check lets pass, for a client that has keys or none. */
    public static SSLContext context(X509ExtendedTrustManager servers, KeyManager... client)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(client, new X509ExtendedTrustManager[] {servers}, null);
        return context;
    }

    /** Trusts what the JVM's authorities vouch for. */
    public static X509ExtendedTrustManager jvm() throws GeneralSecurityException {
        return manager(null);
    }

    /** Trusts what some authorities vouch for, and nobody else. */
    public static X509ExtendedTrustManager only(Collection<? extends Certificate> authorities)
            throws GeneralSecurityException {
        return manager(storeOf(authorities));
    }

    /** Trusts what the JVM's authorities or some others vouch for. */
    public static X509ExtendedTrustManager jvmAnd(Collection<? extends Certificate> authorities)
            throws GeneralSecurityException {
        KeyStore store = storeOf(authorities);
        for (Certificate issuer : jvm().getAcceptedIssuers()) {
            store.setCertificateEntry("jvm-" + store.size(), issuer);
        }
        return manager(store);
    }

    /** Whether some authorities vouch for a chain of certificates, the server's first; its name is not looked at. */
    public static boolean vouches(Collection<? extends Certificate> authorities, List<X509Certificate> chain) {
        try {
            only(authorities).checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The same check, whose refusals of a server are a {@link CertificateRefusedException}. */
    public static X509ExtendedTrustManager keepingChain(X509ExtendedTrustManager check) {
        return new KeepingChain(check);
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** The keys of a client that logs in with a certificate; both texts are PEM. */
    public static KeyManager[] clientKeys(String certificates, String key) throws GeneralSecurityException {
        List<Certificate> chain = Pem.certificates(certificates);
        KeyStore store = storeOf(List.of());
        store.setKeyEntry(
                "client",
                Pem.privateKey(key, chain.get(0).getPublicKey()),
                NO_PASSWORD,
                chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore storeOf(Collection<? extends Certificate> authorities) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, NO_PASSWORD);
        } catch (IOException e) {
            throw new IllegalStateException("an empty store is read from nowhere", e);
        }
        for (Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        return store;
    }

    /** Checks a server's certificate as the JDK does, and keeps the chain when it is refused. */
    private static final class KeepingChain extends ForwardingTrust {

        KeepingChain(X509ExtendedTrustManager jdk) {
            super(jdk);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            try {
                super.checkServerTrusted(chain, authType, engine);
            } catch (CertificateException e) {
                throw new CertificateRefusedException(List.of(chain), e);
            }
        }
    }
}
