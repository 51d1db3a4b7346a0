package io.github.cdkmaven.sim.pull;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Which certificates a party accepts: those of the authorities that it knows which carry the registry's name, or any, where
 * the registry is insecure. Refusals carry Go's text. What the JVM trusts counts for nobody here: the simulated machines
 * have authorities of their own.
 */
final class GoTrust extends X509ExtendedTrustManager {

    private final Optional<String> name;
    private final Optional<X509TrustManager> authorities;

    private GoTrust(Optional<String> name, Optional<X509TrustManager> authorities) {
        this.name = name;
        this.authorities = authorities;
    }

    /** Verifies the chain and that it was issued for {@code host}. */
    static SSLContext verifying(String host, Collection<X509Certificate> authorities, NoCertificate client) {
        try {
            return context(new GoTrust(Optional.of(host), manager(authorities)), client);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Accepts any certificate. */
    static SSLContext blind(NoCertificate client) {
        return context(new GoTrust(Optional.empty(), Optional.empty()), client);
    }

    private static SSLContext context(GoTrust trust, NoCertificate client) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {client}, new TrustManager[] {trust}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<X509TrustManager> manager(Collection<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        if (authorities.isEmpty()) {
            return Optional.empty();
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, new char[0]);
        int index = 0;
        for (X509Certificate certificate : authorities) {
            store.setCertificateEntry("ca" + index++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Optional.of((X509TrustManager) factory.getTrustManagers()[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        if (name.isEmpty()) {
            return;
        }
        checkDates(chain[0]);
        checkAuthority(chain, type);
        checkName(chain[0], name.get());
    }

    private static void checkDates(X509Certificate certificate) throws CertificateException {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw new CertificateException("x509: certificate has expired or is not yet valid", e);
        }
    }

    private void checkAuthority(X509Certificate[] chain, String type) throws CertificateException {
        try {
            if (authorities.isPresent()) {
                authorities.get().checkServerTrusted(chain, type);
                return;
            }
        } catch (CertificateException e) {
            // Go's words follow.
        }
        throw new CertificateException("x509: certificate signed by unknown authority");
    }

    private static void checkName(X509Certificate certificate, String host) throws CertificateException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.forEach(alternative -> names.add(String.valueOf(alternative.get(1))));
        }
        String lower = host.toLowerCase(Locale.ROOT);
        boolean known = names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals(lower)
                        || name.startsWith("*.")
                                && lower.indexOf('.') > 0
                                && lower.substring(lower.indexOf('.')).equals(name.substring(1)));
        if (known) {
            return;
        }
        if (host.matches("[0-9]+(\\.[0-9]+){3}") && names.isEmpty()) {
            throw new CertificateException(
                    "x509: cannot validate certificate for " + host + " because it doesn't contain any IP SANs");
        }
        throw new CertificateException("x509: certificate is valid for " + String.join(", ", names) + ", not " + host);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
