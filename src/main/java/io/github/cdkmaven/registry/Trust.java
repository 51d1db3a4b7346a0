package io.github.cdkmaven.registry;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.tls.AnyCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides which certificates of a registry are good: those of the JVM's authorities and the company's, or any. */
final class Trust {

    private Trust() {}

    /**
     * The TLS set-up for a registry.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if {@code registryCa} is no readable PEM file
     */
    static SSLContext context(Registry access) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager trust =
                    access.insecure() ? new AnyCertificate() : new VerifyingTrust(authorities(access.ca()));
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JVM cannot set up TLS", e);
        }
    }

    private static X509ExtendedTrustManager authorities(Optional<Path> ca)
            throws GeneralSecurityException, IOException {
        X509ExtendedTrustManager system = manager(null);
        if (ca.isEmpty()) {
            return system;
        }
        KeyStore all = KeyStore.getInstance("PKCS12");
        all.load(null, null);
        int count = 0;
        for (X509Certificate issuer : system.getAcceptedIssuers()) {
            all.setCertificateEntry("jvm-" + count++, issuer);
        }
        for (Certificate issuer : read(ca.get())) {
            all.setCertificateEntry("company-" + count++, issuer);
        }
        return manager(all);
    }

    /** A check against a store; without one, against the JVM's own. */
    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Collection<? extends Certificate> read(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw unreadable(pem, new CertificateException("no certificate in it"));
            }
            return found;
        } catch (IOException | CertificateException e) {
            throw unreadable(pem, e);
        }
    }

    private static RuntimeException unreadable(Path pem, Exception cause) {
        return Problem.of(
                        "The file of registryCa holds no certificate that can be read: " + pem,
                        "Give a PEM file (BEGIN CERTIFICATE) in <registryCa>, or -Dcdk.registryCa=…")
                .with(cause.toString())
                .toException(cause);
    }
}
