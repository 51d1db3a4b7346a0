package io.github.cdkmaven.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys from their PEM form. */
public final class Pem {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private Pem() {}

    /**
     * The certificates of a text, in their order.
     *
     * @throws CertificateException if there is none, or one that cannot be read
     */
    public static List<Certificate> certificates(String pem) throws CertificateException {
        List<Certificate> found = List.copyOf(CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1))));
        if (found.isEmpty()) {
            throw new CertificateException("it contains no certificate");
        }
        return found;
    }

    /**
     * Reads a key of the form PKCS#8; PKCS#1 (RSA, as OpenShift 3.x writes it) and SEC1 (elliptic) are what PKCS#8 wraps, and Java takes them only so.
     *
     * @param owner the public key that belongs to it, which names the algorithm and its curve
     */
    static PrivateKey privateKey(String pem, PublicKey owner) throws GeneralSecurityException {
        Matcher block = KEY.matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException("it contains no private key that can be read without a password");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        if (!block.group(1).isEmpty()) {
            der = derOf(SEQUENCE, VERSION_0, algorithmOf(owner), derOf(OCTET_STRING, der));
        }
        return KeyFactory.getInstance(owner.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /** The first thing in a public key's form: SEQUENCE { AlgorithmIdentifier, BIT STRING }. PKCS#8 has the same one. */
    private static byte[] algorithmOf(PublicKey key) {
        byte[] der = key.getEncoded();
        int begin = 2 + lengthBytes(der[1]);
        // An algorithm with its curve is shorter than 128 bytes, so that its length is one byte.
        return Arrays.copyOfRange(der, begin, begin + 2 + der[begin + 1]);
    }

    private static int lengthBytes(byte length) {
        return (length & 0x80) == 0 ? 0 : length & 0x7f;
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
