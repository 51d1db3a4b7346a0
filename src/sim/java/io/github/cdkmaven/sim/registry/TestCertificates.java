package io.github.cdkmaven.sim.registry;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A server's certificate, its key, and the private authority that signed it.
 *
 * @param authority the certificate of the authority, which no JVM trusts by itself
 * @param certificate the server's certificate
 * @param key the server's key
 * @param intermediate the authority between the two, which the server does not send; in most cases there is none
 */
public record TestCertificates(
        X509Certificate authority,
        X509Certificate certificate,
        PrivateKey key,
        Optional<X509Certificate> intermediate) {

    /** What is right or wrong with the server's certificate. */
    public enum Kind {
        /** Valid for 127.0.0.1, localhost and {@code *.corp.example}, signed by an authority of the company. */
        PRIVATE_CA,
        /** The same, but it ended on 2 January 2020. */
        EXPIRED,
        /** Valid, but for {@code registry.other.example}. */
        WRONG_HOST,
        /** Valid, but signed by an intermediate authority that the server does not send. */
        INTERMEDIATE_NOT_SENT
    }

    /** New keys and certificates. */
    public static TestCertificates create(Kind kind) {
        try {
            KeyPair authorityKeys = keys();
            X500Name issuer = new X500Name("CN=Corp Test CA,O=Corp Example");
            Instant now = Instant.now();
            X509Certificate authority = sign(
                    new JcaX509v3CertificateBuilder(
                                    issuer,
                                    BigInteger.ONE,
                                    Date.from(Instant.parse("2015-01-01T00:00:00Z")),
                                    Date.from(now.plus(Duration.ofDays(2))),
                                    issuer,
                                    authorityKeys.getPublic())
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(true)),
                    authorityKeys.getPrivate());
            KeyPair signer = kind == Kind.INTERMEDIATE_NOT_SENT ? keys() : authorityKeys;
            X500Name signerName = signer == authorityKeys ? issuer : new X500Name("CN=Corp Test Issuing CA,O=Corp Example");
            Optional<X509Certificate> intermediate = Optional.empty();
            if (signer != authorityKeys) {
                intermediate = Optional.of(sign(
                        new JcaX509v3CertificateBuilder(
                                        issuer,
                                        BigInteger.TWO,
                                        Date.from(Instant.parse("2015-01-01T00:00:00Z")),
                                        Date.from(now.plus(Duration.ofDays(2))),
                                        signerName,
                                        signer.getPublic())
                                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0)),
                        authorityKeys.getPrivate()));
            }
            KeyPair serverKeys = keys();
            boolean expired = kind == Kind.EXPIRED;
            X509v3CertificateBuilder server = new JcaX509v3CertificateBuilder(
                            signerName,
                            BigInteger.valueOf(now.toEpochMilli()),
                            Date.from(Instant.parse("2016-01-01T00:00:00Z")),
                            Date.from(expired ? Instant.parse("2020-01-02T00:00:00Z") : now.plus(Duration.ofDays(1))),
                            new X500Name("CN=registry"),
                            serverKeys.getPublic())
                    .addExtension(Extension.subjectAlternativeName, false, names(kind));
            return new TestCertificates(
                    authority, sign(server, signer.getPrivate()), serverKeys.getPrivate(), intermediate);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The authority's certificate as PEM. */
    public String authorityPem() {
        return pem(authority);
    }

    /** The intermediate authority's certificate as PEM. */
    public String intermediatePem() {
        return pem(intermediate.orElseThrow());
    }

    /** The server's certificate as PEM. */
    public String certificatePem() {
        return pem(certificate);
    }

    /** The server's key as PEM, in PKCS#8. */
    public String keyPem() {
        try {
            return pem(new JcaPKCS8Generator(key, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a server in this JVM presents itself with. */
    public SSLContext serverContext() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], new X509Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GeneralNames names(Kind kind) {
        return kind == Kind.WRONG_HOST
                ? new GeneralNames(new GeneralName(GeneralName.dNSName, "registry.other.example"))
                : new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.dNSName, "*.corp.example")
                });
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(X509v3CertificateBuilder certificate, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private static String pem(Object object) {
        StringWriter out = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(out)) {
            pem.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
