package io.github.cdkmaven.openshift;

import io.github.cdkmaven.openshift.ClusterAccess.ClientCertificate;
import io.github.cdkmaven.tls.AnyCertificate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes Java's TLS of what a kubeconfig holds: an authority, and perhaps a client certificate with its key. */
final class Tls {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");

    /** The DER of {@code AlgorithmIdentifier rsaEncryption NULL}: what PKCS#8 says before a PKCS#1 key. */
    private static final byte[] RSA_ALGORITHM = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final char[] NO_PASSWORD = {};

    private Tls() {}

    static SSLContext contextFor(ClusterAccess access) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                access.client().isPresent() ? keyManagers(access.client().get()) : null, trustManagers(access), null);
        return context;
    }

    private static KeyManager[] keyManagers(ClientCertificate client) throws GeneralSecurityException, IOException {
        Collection<? extends Certificate> chain = certificates(client.certificate());
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client",
                privateKey(client.key(), chain.iterator().next().getPublicKey().getAlgorithm()),
                NO_PASSWORD,
                chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trustManagers(ClusterAccess access) throws GeneralSecurityException, IOException {
        if (access.skipTlsVerify()) {
            return new TrustManager[] {new AnyCertificate()};
        }
        Optional<String> authority = access.trust();
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authority.isPresent() ? storeOf(certificates(authority.get())) : null);
        return factory.getTrustManagers();
    }

    private static KeyStore storeOf(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (Certificate certificate : List.copyOf(certificates)) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        if (found.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate in it");
        }
        return found;
    }

    /** Reads a PKCS#8 key, or a PKCS#1 one as OpenShift 3.x writes it, which Java takes only wrapped into PKCS#8. */
    static PrivateKey privateKey(String pem, String algorithm) throws GeneralSecurityException {
        Matcher block = KEY.matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException("there is no private key in it that can be read without a password");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        switch (block.group(1)) {
            case "" -> {}
            case "RSA " -> der = derOf(SEQUENCE, VERSION_0, RSA_ALGORITHM, derOf(OCTET_STRING, der));
            default ->
                throw new GeneralSecurityException("its private key is of the old EC form; PKCS#8 and PKCS#1 are read");
        }
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static byte[] derOf(int type, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(type);
        writeLength(der, content.size());
        der.writeBytes(content.toByteArray());
        return der.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream der, int length) {
        if (length < 0x80) {
            der.write(length);
        } else if (length < 0x100) {
            der.write(0x81);
            der.write(length);
        } else {
            der.write(0x82);
            der.write(length >> 8);
            der.write(length);
        }
    }
}
