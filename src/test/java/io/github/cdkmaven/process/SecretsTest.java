package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Secrets")
class SecretsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("are hidden in every common form")
    @CsvSource({
        "plain, 's3cr3t \"&?'",
        "as a form, s3cr3t+%22%26%3F",
        "as a URL, s3cr3t%20%22%26%3F",
        "in base64, czNjcjN0ICImPw==",
        "in base64 for URLs, czNjcjN0ICImPw",
        "in JSON, 's3cr3t \\\"&?'",
    })
    void areHidden(String form, String printed) {
        Secrets secrets = Secrets.of(List.of("s3cr3t \"&?"));

        assertThat(secrets.mask("before " + printed + " after " + printed))
                .as(form)
                .isEqualTo("before ******** after ********");
    }

    @Test
    @DisplayName("that hold one another are hidden as a whole")
    void areHiddenAsAWhole() {
        assertThat(Secrets.of(List.of("abc", "abcdef", "cde")).mask("abcdef abc"))
                .isEqualTo("******** ********");
    }

    @Test
    @DisplayName("of several lines are hidden line by line, as programs are read")
    void ofSeveralLines() {
        Secrets key = Secrets.of(List.of("-----BEGIN KEY-----\nMIIEvQIBADAN\r\nBgkqhkiG9w0B\n-----END KEY-----\n"));

        assertThat(key.mask("MIIEvQIBADAN")).isEqualTo("********");
        assertThat(key.mask("key: BgkqhkiG9w0B")).isEqualTo("key: ********");
    }

    @Test
    @DisplayName("that are blank hide nothing")
    void thatAreBlank() {
        assertThat(Secrets.of(List.of("", "  ")).mask("a  b")).isEqualTo("a  b");
        assertThat(Secrets.NONE.mask("a b")).isEqualTo("a b");
    }

    @Test
    @DisplayName("never show themselves")
    void neverShowThemselves() {
        assertThat(Secrets.of(List.of("s3cr3t"))).hasToString("secrets");
        assertThat(Secrets.NONE).hasToString("no secrets");
    }
}
