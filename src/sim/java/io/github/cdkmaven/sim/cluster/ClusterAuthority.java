package io.github.cdkmaven.sim.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
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
import org.bouncycastle.util.io.pem.PemObject;

/** The cluster's private CA: signs the API server's certificate and the one of {@code system:admin}. */
final class ClusterAuthority {

    private static final String CA = "ca";
    private static final String ADMIN = "system-admin";

    /** A certificate with its key. */
    private record Signed(X509Certificate certificate, PrivateKey key) {}

    private final Signed authority;
    private final Signed admin;

    private ClusterAuthority(Signed authority, Signed admin) {
        this.authority = authority;
        this.admin = admin;
    }

    /** The authority kept in {@code directory}, made where there is none yet. */
    static ClusterAuthority in(Optional<Path> directory) throws IOException {
        return in(directory, List.of("system:cluster-admins", "system:masters"));
    }

    /** @param organizations the groups in the certificate of {@code system:admin} */
    static ClusterAuthority in(Optional<Path> directory, List<String> organizations) throws IOException {
        Path dir = directory.orElse(Path.of(""));
        if (directory.isPresent() && Files.exists(dir.resolve(ADMIN + ".pk8"))) {
            return new ClusterAuthority(load(dir, CA, "EC"), load(dir, ADMIN, "RSA"));
        }
        try {
            KeyPair key = ec();
            X500Name name = new X500Name("CN=openshift-signer@" + Instant.now().getEpochSecond());
            Signed authority = new Signed(sign(name, key, name, key.getPrivate(), Optional.empty()), key.getPrivate());
            KeyPair adminKey = rsa();
            X500Name adminName = subject("system:admin", organizations);
            Signed admin = new Signed(
                    sign(adminName, adminKey, name, key.getPrivate(), Optional.of("")), adminKey.getPrivate());
            if (directory.isPresent()) {
                Files.createDirectories(dir);
                save(dir, CA, authority);
                save(dir, ADMIN, admin);
            }
            return new ClusterAuthority(authority, admin);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate of this authority for a user, with its key in one of the forms that kubeconfigs have. */
    ClientCertificate client(String user, List<String> groups, ClientCertificate.KeyForm form) {
        try {
            KeyPair key = form.isElliptic() ? ec() : rsa();
            X500Name issuer = new X500Name(
                    authority.certificate().getSubjectX500Principal().getName());
            X509Certificate certificate = sign(subject(user, groups), key, issuer, authority.key(), Optional.of(""));
            Object written =
                    switch (form) {
                        case PKCS1 -> key.getPrivate();
                        case SEC1 -> sec1(key);
                        case PKCS8_RSA, PKCS8_EC -> new JcaPKCS8Generator(key.getPrivate(), null);
                    };
            return new ClientCertificate(pem(certificate), pem(written));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key with the name of its curve, as Go and OpenSSL write it. */
    private static PemObject sec1(KeyPair key) throws IOException {
        ECPrivateKey sec1 = new ECPrivateKey(
                256, ((java.security.interfaces.ECPrivateKey) key.getPrivate()).getS(), SECObjectIdentifiers.secp256r1);
        return new PemObject("EC PRIVATE KEY", sec1.getEncoded());
    }

    private static X500Name subject(String user, List<String> groups) {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        groups.forEach(group -> name.addRDN(BCStyle.O, group));
        return name.addRDN(BCStyle.CN, user).build();
    }

    /** The certificates in a text. */
    static List<X509Certificate> certificates(String pem) {
        try {
            List<X509Certificate> found = new ArrayList<>();
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .forEach(certificate -> found.add((X509Certificate) certificate));
            return found;
        } catch (CertificateException e) {
            throw new IllegalArgumentException(e);
        }
    }

    String caPem() {
        return pem(authority.certificate());
    }

    String adminCertificatePem() {
        return pem(admin.certificate());
    }

    /** The key of {@code system:admin} as PKCS#1, which is how minishift's kubeconfig holds it. */
    String adminKeyPem() {
        return pem(admin.key());
    }

    /** TLS for an API server at {@code ip}, which asks for client certificates of this authority. */
    SSLContext server(String ip) {
        return server(ip, List.of());
    }

    /** @param names the only names that the server's certificate is for; with none, its address and {@code kubernetes} */
    SSLContext server(String ip, List<String> names) {
        try {
            KeyPair key = ec();
            X500Name issuer = new X500Name(
                    authority.certificate().getSubjectX500Principal().getName());
            X509Certificate certificate = sign(
                    new X500Name("CN=" + ip),
                    key,
                    issuer,
                    authority.key(),
                    Optional.of(ip),
                    names);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, new char[0]);
            keys.setKeyEntry(
                    "server", key.getPrivate(), new char[0], new X509Certificate[] {certificate, authority.certificate()
                    });
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, new char[0]);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, new char[0]);
            trusted.setCertificateEntry(CA, authority.certificate());
            TrustManagerFactory trustManagers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustManagers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Elliptic where nobody looks at the kind: a real master's RSA keys cost each start a second. */
    private static KeyPair ec() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** As short as Java's TLS still takes: 2048 bits, as a real master has, cost each start half a second. */
    private static KeyPair rsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        return generator.generateKeyPair();
    }

    /** @param ip absent: the authority itself; empty: a client; otherwise a server at that address */
    private static X509Certificate sign(
            X500Name subject, KeyPair key, X500Name issuer, PrivateKey issuerKey, Optional<String> ip)
            throws OperatorCreationException, GeneralSecurityException, IOException {
        return sign(subject, key, issuer, issuerKey, ip, List.of());
    }

    private static X509Certificate sign(
            X500Name subject,
            KeyPair key,
            X500Name issuer,
            PrivateKey issuerKey,
            Optional<String> ip,
            List<String> dnsNames)
            throws OperatorCreationException, GeneralSecurityException, IOException {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(64, new SecureRandom()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(730, ChronoUnit.DAYS)),
                subject,
                key.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ip.isEmpty()));
        if (ip.filter(address -> !address.isEmpty()).isPresent()) {
            GeneralName[] names = dnsNames.isEmpty()
                    ? new GeneralName[] {
                        new GeneralName(GeneralName.iPAddress, ip.get()),
                        new GeneralName(GeneralName.dNSName, "kubernetes")
                    }
                    : dnsNames.stream()
                            .map(name -> new GeneralName(GeneralName.dNSName, name))
                            .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
    }

    private static void save(Path dir, String name, Signed signed) throws IOException {
        Files.writeString(dir.resolve(name + ".crt"), pem(signed.certificate()));
        Files.write(dir.resolve(name + ".pk8"), signed.key().getEncoded());
    }

    private static Signed load(Path dir, String name, String algorithm) throws IOException {
        try {
            byte[] certificate = Files.readString(dir.resolve(name + ".crt")).getBytes(StandardCharsets.UTF_8);
            byte[] key = Files.readAllBytes(dir.resolve(name + ".pk8"));
            return new Signed(
                    (X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(certificate)),
                    KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key)));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** PEM in its traditional form: PKCS#1 for an RSA key. */
    private static String pem(Object certificateOrKey) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificateOrKey);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
