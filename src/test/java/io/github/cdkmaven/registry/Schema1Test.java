package io.github.cdkmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The digest of a manifest of schema 1")
class Schema1Test {

    private static final String SIGNED = "{\n   \"schemaVersion\": 1\n}";

    private static String digest(String manifest) throws IOException {
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        return Schema1.digest(bytes, new ObjectMapper().readTree(bytes));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String withHeader(String header) {
        String begin = SIGNED.substring(0, SIGNED.length() - 2);
        return begin + ",\n   \"signatures\": [{\"signature\": \"x\", \"protected\": \"" + encoded(header) + "\"}]\n}";
    }

    @Test
    @DisplayName("is that of what was signed, without the signatures in it")
    void leavesSignaturesOut() throws IOException {
        String tail = SIGNED.substring(SIGNED.length() - 2);
        String manifest = withHeader(
                "{\"formatLength\": " + (SIGNED.length() - 2) + ", \"formatTail\": \"" + encoded(tail) + "\"}");

        assertThat(digest(manifest)).isEqualTo(Sha256.of(SIGNED.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("is that of all bytes where nothing was signed")
    void ofAllBytes() throws IOException {
        assertThat(digest(SIGNED)).isEqualTo(Sha256.of(SIGNED.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "x",
                "{\"formatLength\": -1}",
                "{\"formatLength\": 100000}",
                "{\"formatLength\": 1, \"formatTail\": \"!\"}"
            })
    @DisplayName("is none where the signature does not say what was signed")
    void isNone(String header) {
        assertThatThrownBy(() -> digest(withHeader(header))).isInstanceOf(RegistryException.class);
    }
}
