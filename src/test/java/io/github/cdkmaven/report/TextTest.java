package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Text from elsewhere")
class TextTest {

    @Test
    @DisplayName("has its terminal codes and control characters spelled out")
    void spellsOutControls() {
        assertThat(Text.line("\u001B[31mred\u001B[0m\0\u009B2J\b"))
                .isEqualTo("\\u001B[31mred\\u001B[0m\\u0000\\u009B2J\\u0008");
    }

    @Test
    @DisplayName("cannot turn the reading direction or hide characters")
    void spellsOutFormatCharacters() {
        assertThat(Text.line("abc\u202Egpj\u200B\u2066\uFEFF\u2028" + Character.toString(0xE0041)))
                .isEqualTo("abc\\u202Egpj\\u200B\\u2066\\uFEFF\\u2028\\u{E0041}");
    }

    @Test
    @DisplayName("loses nothing that can be seen")
    void keepsWhatCanBeSeen() {
        assertThat(Text.line("é ß 漢字 😀 <&\"'%>\\")).isEqualTo("é ß 漢字 😀 <&\"'%>\\");
    }

    @Test
    @DisplayName("has lone surrogates and non-characters spelled out, which no UTF-8 or XML file can hold")
    void spellsOutSurrogates() {
        assertThat(Text.line("a\uD800b\uDFFFc\uFFFE")).isEqualTo("a\\uD800b\\uDFFFc\\uFFFE");
    }

    @Test
    @DisplayName("stays on one line where it has to")
    void oneLineOrBlock() {
        assertThat(Text.line("a\r\nb\tc\rd")).isEqualTo("a\\nb\\tc\\rd");
        assertThat(Text.block("a\r\nb\tc\rd")).isEqualTo("a\nb\tc\\rd");
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({"abcdef,6,abcdef", "abcdef,5,abcd…", "😀😀😀😀,3,😀😀…", "😀😀😀😀,4,😀😀😀😀"})
    @DisplayName("is cut between characters")
    void isCut(String text, int longest, String shown) {
        assertThat(Text.line(text, longest)).isEqualTo(shown);
    }

    @Test
    @DisplayName("is cut by what is shown, not by what was sent")
    void isCutByWhatIsShown() {
        assertThat(Text.line("\0".repeat(10_000), 20)).hasSize(20).endsWith("…");
        assertThat(Text.line("😀".repeat(10_000), 20).codePoints().count()).isEqualTo(20);
    }
}
