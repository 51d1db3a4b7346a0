package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.registry.Sha256;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("minishift's own proxy authority among those that the VM trusts")
class ProxyAuthorityTest {

    private static final byte[] CERTIFICATE = "what a certificate is to the one who only compares it".getBytes();
    private static final String FINGERPRINT = Sha256.of(CERTIFICATE).substring("sha256:".length());

    private static final ProxyAuthority AUTHORITY = new ProxyAuthority(FINGERPRINT);

    private static String pem(byte[] der) {
        return "# Some authority\n-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    @DisplayName("is found wherever it stands, and reported with its fingerprint")
    void found() {
        String bundle = pem(new byte[] {1, 2, 3}) + pem(CERTIFICATE) + pem(new byte[] {4});

        Check check = AUTHORITY.find(bundle).orElseThrow();

        assertThat(check.outcome()).isEqualTo(CheckOutcome.WARN);
        assertThat(check.message()).contains(FINGERPRINT).contains("private key is public");
        assertThat(check.fix().orElseThrow()).contains("update-ca-trust");
    }

    @Test
    @DisplayName("is no finding where it is not")
    void absent() {
        assertThat(AUTHORITY.find(pem(new byte[] {1, 2, 3}))).isEmpty();
        assertThat(ProxyAuthority.OF_MINISHIFT.find(pem(CERTIFICATE)))
                .as("not minishift's")
                .isEmpty();
        assertThat(AUTHORITY.find("")).isEmpty();
    }
}
