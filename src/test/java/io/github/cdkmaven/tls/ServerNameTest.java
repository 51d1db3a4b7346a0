package io.github.cdkmaven.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A server's certificate")
class ServerNameTest {

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @DisplayName("proves a name, or an address, that it is for")
    @CsvSource({
        "api_corp, api_corp, true",
        "API.Corp.example, api.corp.EXAMPLE, true",
        "*.corp.example, api_1.corp.example, true",
        "*.corp.example, a.b.corp.example, false",
        "*.corp.example, corp.example, false",
        "*.example, example, false",
        "api.corp, api.corp.example, false",
        "other, api, false",
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "::1, 0:0:0:0:0:0:0:1, true",
    })
    void names(String certified, String wanted, boolean proven) throws Exception {
        int kind = certified.matches("[\\d.]+|[\\d:]+") ? GeneralName.iPAddress : GeneralName.dNSName;
        X509Certificate certificate = certificate(new GeneralName(kind, certified));

        if (proven) {
            new ServerName(wanted).check(certificate);
        } else {
            assertThatExceptionOfType(CertificateException.class)
                    .isThrownBy(() -> new ServerName(wanted).check(certificate))
                    .withMessage("the certificate is not for " + wanted);
        }
    }

    @Test
    @DisplayName("that is for a name proves no address that is spelled the same, and one without names proves nothing")
    void kinds() throws Exception {
        X509Certificate named = certificate(new GeneralName(GeneralName.dNSName, "10.0.0.1"));

        assertThatExceptionOfType(CertificateException.class).isThrownBy(() -> new ServerName("10.0.0.1").check(named));
        assertThat(certificate().getSubjectAlternativeNames()).isNull();
        assertThatExceptionOfType(CertificateException.class)
                .isThrownBy(() -> new ServerName("api").check(certificate()));
    }

    private static X509Certificate certificate(GeneralName... names) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        X500Principal subject = new X500Principal("CN=api");
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                BigInteger.ONE,
                Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(3600)),
                subject,
                pair.getPublic());
        if (names.length > 0) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(Arrays.copyOf(names, names.length)));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }
}
