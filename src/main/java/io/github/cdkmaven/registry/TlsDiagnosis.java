package io.github.cdkmaven.registry;

import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.tls.CertificateRefusedException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Turns a failed handshake into words: what is wrong with which certificate. */
final class TlsDiagnosis {

    private TlsDiagnosis() {}

    /** Whether the other side answered with something that is no TLS at all. */
    static boolean notTls(SSLException failure) {
        return text(failure).contains("unrecognized ssl message");
    }

    /** Whether the other side hung up in the middle of the handshake. */
    static boolean cutOff(SSLException failure) {
        return text(failure).contains("terminated the handshake");
    }

    /** Whether it was this side that refused, by the server's certificate. */
    static boolean isCertificate(SSLException failure) {
        return refused(failure).isPresent();
    }

    /** The server asked for a certificate of the client, and did not go on without it. */
    static RegistryFailure.Tls clientCertificate(String host) {
        return new RegistryFailure.Tls(TlsReason.CLIENT_CERTIFICATE, host + " requires a client certificate (mTLS)");
    }

    private static Optional<CertificateRefusedException> refused(SSLException failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(CertificateRefusedException.class::isInstance)
                .map(CertificateRefusedException.class::cast)
                .findFirst();
    }

    /**
     * What is wrong.
     *
     * @param authorities the names of the authorities that {@code registryCa} holds
     */
    static RegistryFailure.Tls of(SSLException failure, String host, List<String> authorities) {
        Optional<CertificateRefusedException> refused = refused(failure);
        if (refused.isPresent()) {
            return certificate(refused.get(), host, authorities);
        }
        String text = text(failure);
        if (text.contains("certificate_required") || text.contains("bad_certificate")) {
            return clientCertificate(host);
        }
        if (text.contains("handshake_failure")
                || text.contains("protocol_version")
                || text.contains("protocol version")
                || text.contains("insufficient_security")) {
            return new RegistryFailure.Tls(
                    TlsReason.PROTOCOL,
                    host + " and this JVM have no TLS version or cipher in common: " + words(failure));
        }
        return new RegistryFailure.Tls(
                TlsReason.OTHER, "the TLS handshake with " + host + " failed: " + words(failure));
    }

    private static RegistryFailure.Tls certificate(
            CertificateRefusedException refused, String host, List<String> authorities) {
        X509Certificate own = refused.chain().get(0);
        Instant now = Instant.now();
        // Dates first: with an unknown authority as well, trusting it would still not help.
        for (X509Certificate certificate : refused.chain()) {
            if (certificate.getNotAfter().toInstant().isBefore(now)) {
                return new RegistryFailure.Tls(
                        TlsReason.EXPIRED,
                        "the certificate of " + host + " expired on "
                                + day(certificate.getNotAfter().toInstant()));
            }
            if (certificate.getNotBefore().toInstant().isAfter(now)) {
                return new RegistryFailure.Tls(
                        TlsReason.NOT_YET_VALID,
                        "the certificate of " + host + " is valid from "
                                + day(certificate.getNotBefore().toInstant()) + " only");
            }
        }
        String text = String.valueOf(refused.getMessage());
        if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
            return new RegistryFailure.Tls(
                    TlsReason.WRONG_HOST,
                    "the certificate of " + host + " is for " + ForeignText.line(names(own)) + ", not for this name");
        }
        if (text.contains("unable to find valid certification path")
                || text.contains("PKIX path building failed")
                || text.contains("signature check failed")) {
            return unknown(refused.chain(), host, authorities);
        }
        return new RegistryFailure.Tls(
                TlsReason.OTHER, "the certificate of " + host + " is refused: " + ForeignText.line(text));
    }

    private static RegistryFailure.Tls unknown(List<X509Certificate> chain, String host, List<String> authorities) {
        String issuer = chain.get(chain.size() - 1).getIssuerX500Principal().getName();
        String signed = "the certificate of " + host + " is signed by " + ForeignText.line(issuer);
        if (authorities.isEmpty()) {
            return new RegistryFailure.Tls(TlsReason.UNKNOWN_AUTHORITY, signed + ", which this JVM does not trust");
        }
        if (authorities.contains(issuer)) {
            return new RegistryFailure.Tls(
                    TlsReason.OTHER_KEY, signed + ", and registryCa holds another certificate of that name");
        }
        return new RegistryFailure.Tls(
                TlsReason.CHAIN_INCOMPLETE,
                signed + ", whose certificate neither the registry sends nor registryCa holds (it holds "
                        + String.join("; ", authorities) + ")");
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                return names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.joining(", "));
            }
        } catch (CertificateParsingException e) {
            return certificate.getSubjectX500Principal().getName() + " (" + e.getMessage() + ')';
        }
        return certificate.getSubjectX500Principal().getName();
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static String words(SSLException failure) {
        return ForeignText.line(String.valueOf(failure.getMessage()));
    }

    private static String text(SSLException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }
}
