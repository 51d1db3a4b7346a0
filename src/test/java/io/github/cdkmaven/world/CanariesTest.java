package io.github.cdkmaven.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A canary is found")
class CanariesTest {

    @ParameterizedTest
    @DisplayName("in whatever spelling, and nothing else is taken for one")
    @ValueSource(strings = {"", "a", "ab", "puller:", "{\"auths\": {}}"})
    void inWhateverSpelling(String before) {
        String text = before + Canaries.REGISTRY + before;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(Canaries.isIn(text)).isTrue();
        assertThat(Canaries.isIn(URLEncoder.encode(text, StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(Canaries.isIn(text.replace("\\", "\\\\").replace("\"", "\\\"")))
                .isTrue();
        assertThat(Canaries.isIn(Base64.getEncoder().encodeToString(bytes))).isTrue();
        assertThat(Canaries.isIn(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                .isTrue();
        assertThat(Canaries.isIn(before + "password=********" + before)).isFalse();
    }
}
