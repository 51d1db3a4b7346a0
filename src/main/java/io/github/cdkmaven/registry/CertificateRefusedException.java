package io.github.cdkmaven.registry;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** A server's certificate was refused; it carries the chain, so that the user can be told what is wrong with it. */
final class CertificateRefusedException extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final transient List<X509Certificate> chain;

    CertificateRefusedException(List<X509Certificate> chain, CertificateException cause) {
        super(cause.getMessage(), cause);
        this.chain = List.copyOf(chain);
    }

    List<X509Certificate> chain() {
        return chain;
    }
}
