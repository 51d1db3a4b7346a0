package io.github.cdkmaven.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A private key of a kubeconfig")
class PemTest {

    @ParameterizedTest(name = "of {0} bits")
    @DisplayName("in PKCS#1, as OpenShift 3.x writes it, is read")
    @ValueSource(ints = {512, 1024, 2048, 4096})
    void pkcs1(int bits) throws Exception {
        KeyPair pair = rsa(bits);
        String pem = pem(new JcaMiscPEMGenerator(pair.getPrivate()));

        assertThat(pem).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(Pem.privateKey(pem, pair.getPublic())).isEqualTo(pair.getPrivate());
        assertThat(Pem.privateKey(pem.replace("\n", "\r\n"), pair.getPublic())).isEqualTo(pair.getPrivate());
    }

    @Test
    @DisplayName("in PKCS#8 is read, of RSA and of an elliptic curve")
    void pkcs8() throws Exception {
        KeyPair rsa = rsa(2048);
        KeyPair curve = curve();

        assertThat(Pem.privateKey(pem(new JcaPKCS8Generator(rsa.getPrivate(), null)), rsa.getPublic()))
                .isEqualTo(rsa.getPrivate());
        assertThat(Pem.privateKey(pem(new JcaPKCS8Generator(curve.getPrivate(), null)), curve.getPublic()))
                .isEqualTo(curve.getPrivate());
    }

    @Test
    @DisplayName("is found behind other text, such as its certificate")
    void isFoundBehindOtherText() throws Exception {
        KeyPair pair = rsa(1024);
        String pem = "Bag Attributes\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
                + pem(new JcaMiscPEMGenerator(pair.getPrivate()));

        assertThat(Pem.privateKey(pem, pair.getPublic())).isEqualTo(pair.getPrivate());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("in SEC1, as openssl writes it for elliptic curves, is read")
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void sec1(String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        KeyPair pair = generator.generateKeyPair();
        String pem = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                + pem(new JcaMiscPEMGenerator(pair.getPrivate()));

        assertThat(pem).contains("BEGIN EC PRIVATE KEY");
        assertThat(((ECPrivateKey) Pem.privateKey(pem, pair.getPublic())).getS())
                .isEqualTo(((ECPrivateKey) pair.getPrivate()).getS());
    }

    @Test
    @DisplayName("that is encrypted, or none, is refused")
    void encrypted() throws Exception {
        PublicKey owner = rsa(1024).getPublic();
        String pkcs1 = pem(new JcaMiscPEMGenerator(
                rsa(1024).getPrivate(),
                new JcePEMEncryptorBuilder("AES-128-CBC")
                        .setProvider(new BouncyCastleProvider())
                        .build("s3cr3t".toCharArray())));

        for (String pem : new String[] {
            pkcs1,
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n",
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
            ""
        }) {
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .isThrownBy(() -> Pem.privateKey(pem, owner))
                    .withMessageContaining("no private key");
        }
    }

    @Test
    @DisplayName("that is broken is refused without being repeated")
    void broken() throws Exception {
        PublicKey owner = rsa(1024).getPublic();
        String pem = "-----BEGIN RSA PRIVATE KEY-----\nczNjcjN0czNjcjN0\n-----END RSA PRIVATE KEY-----\n";

        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> Pem.privateKey(pem, owner))
                .satisfies(e -> assertThat(String.valueOf(e)).doesNotContain("czNjcjN0", "s3cr3t"));
    }

    private static KeyPair rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static KeyPair curve() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static String pem(Object key) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            if (key instanceof PKCS8Generator pkcs8) {
                writer.writeObject(pkcs8);
            } else {
                writer.writeObject((JcaMiscPEMGenerator) key);
            }
        }
        return text.toString();
    }
}
