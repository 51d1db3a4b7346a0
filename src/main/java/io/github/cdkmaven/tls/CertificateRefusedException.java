package io.github.cdkmaven.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** A server's certificate was refused; it carries the chain, so that the user can be told what is wrong with it. */
public final class CertificateRefusedException extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final transient List<X509Certificate> chain;

    CertificateRefusedException(List<X509Certificate> chain, CertificateException cause) {
        super(cause.getMessage(), cause);
        this.chain = List.copyOf(chain);
    }

    /** The server's own certificate, and those that it sent along. */
    public List<X509Certificate> chain() {
        return chain;
    }
}
