package io.github.cdkmaven.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A certificate is of a public authority")
class PublicAuthorityTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "if it names a policy of the CA/Browser Forum: 2.23.140.1.2.2, 2.23.140.1.1; not if it names the company's own, 1.2.3.4")
    @CsvSource({
        "true,MIIBhDCCASqgAwIBAgIUMsPhbnOE4o23sQ9MS5luzIWNOTcwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBcjAgFw0yNjExMjgyMDQ2NDRaGA8yMT"
                + "I2MTEwNDIwNDY0NFowDDEKMAgGA1UEAwwBcjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEfAiv9isc2My0w1SpBgLTfQeqpSQLhJVHbwmhgX"
                + "OK28lRicjqAtjgGWp5UaB74lNGnLoXZigI7xPsQjrDZVdsSjaDBmMB0GA1UdDgQWBBRLoaHN190qlgGlq4Zt1hrM8SViqzAfBgNVHSMEGDAWgB"
                + "RLoaHN190qlgGlq4Zt1hrM8SViqzAPBgNVHRMBAf8EBTADAQH/MBMGA1UdIAQMMAowCAYGZ4EMAQICMAoGCCqGSM49BAMCA0gAMEUCIFMp522P"
                + "u6ZmUqPxAneIrF0b1S0+NP8ltEEV6tWBVZh4AiEAhNVlaiQgq9rkN2HKrSEf/YcBAfwcj2X65q8YG5WtawU=",
        "true,MIIBgjCCASmgAwIBAgIUFsCkOGbqiecRmIPKSVG5px5unmwwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBcjAgFw0yNjExMjgyMDQ2NDZaGA8yMT"
                + "I2MTEwNDIwNDY0NlowDDEKMAgGA1UEAwwBcjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMPiWVFLKwAOyDu9orl/uKRl9bBCDfCHwOZoiawn"
                + "3OKKTQVQzsfnmyVq7MZUV9csEoU+bH6RaUvLeoB0k+VupmejZzBlMB0GA1UdDgQWBBRy3Vuk//j2Minae+pftAgJ6Hq0TzAfBgNVHSMEGDAWgB"
                + "Ry3Vuk//j2Minae+pftAgJ6Hq0TzAPBgNVHRMBAf8EBTADAQH/MBIGA1UdIAQLMAkwBwYFZ4EMAQEwCgYIKoZIzj0EAwIDRwAwRAIgBqPJLNBP"
                + "W8zUyoIFIVRj0cObvshgRtXGarmSNIKvdCMCIG5dMVBo/PWwjig1QrP5YWzCvd6vLpd0X3mYMGJdMwhL",
        "false,MIIBgTCCASegAwIBAgIUHSKJ4MJXKPm3O3Caoef0E6n0qt0wCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBcjAgFw0yNjExMjgyMDQ2NDZaGA8yMT"
                + "I2MTEwNDIwNDY0NlowDDEKMAgGA1UEAwwBcjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMC6o3XBQml11nXIZkcaSv50rNPHfnRbcRjakVa2"
                + "pUj8FAQdeH2Id/JZu5EgpcLg/1keffuzF28FItR9AnpXG9ajZTBjMB0GA1UdDgQWBBTBeHLjZbqxB6ZT/MNuzPFF6/Y6XjAfBgNVHSMEGDAWgB"
                + "TBeHLjZbqxB6ZT/MNuzPFF6/Y6XjAPBgNVHRMBAf8EBTADAQH/MBAGA1UdIAQJMAcwBQYDKgMEMAoGCCqGSM49BAMCA0gAMEUCIQD3IRY20yEW"
                + "GwYi4dxci2vgUAbBo8SQRwPD5FOxWGtIxQIgDHn2fs2BRBuutsKv91ZHkO+yNWz+AklAB2Pz4OODTzI="
    })
    void byItsPolicy(boolean isPublic, String certificate) throws Exception {
        X509Certificate server = (X509Certificate)
                Pem.certificates("-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----\n")
                        .get(0);

        assertThat(PublicAuthority.issued(server)).isEqualTo(isPublic);
    }
}
