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
import java.util.stream.Collectors;
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

    static RegistryFailure.Tls of(SSLException failure, String host) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateRefusedException refused) {
                return certificate(refused, host);
            }
        }
        String text = text(failure);
        if (text.contains("certificate_required") || text.contains("bad_certificate")) {
            return new RegistryFailure.Tls(
                    TlsReason.CLIENT_CERTIFICATE, host + " wants a certificate of the client: " + words(failure));
        }
        if (text.contains("handshake_failure")
                || text.contains("protocol_version")
                || text.contains("protocol version")
                || text.contains("insufficient_security")) {
            return new RegistryFailure.Tls(
                    TlsReason.PROTOCOL, host + " and this JVM agree on no TLS version or cipher: " + words(failure));
        }
        return new RegistryFailure.Tls(
                TlsReason.OTHER, "the TLS handshake with " + host + " failed: " + words(failure));
    }

    private static RegistryFailure.Tls certificate(CertificateRefusedException refused, String host) {
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
        if (text.contains("unable to find valid certification path") || text.contains("PKIX path building failed")) {
            X509Certificate last = refused.chain().get(refused.chain().size() - 1);
            return new RegistryFailure.Tls(
                    TlsReason.UNKNOWN_AUTHORITY,
                    "the certificate of " + host + " is signed by "
                            + ForeignText.line(last.getIssuerX500Principal().getName())
                            + ", which this JVM does not trust");
        }
        return new RegistryFailure.Tls(
                TlsReason.OTHER, "the certificate of " + host + " is refused: " + ForeignText.line(text));
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
