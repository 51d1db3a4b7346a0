package io.github.cdkmaven.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Text from elsewhere")
class ForeignTextTest {

    @ParameterizedTest
    @DisplayName("shows no colour, moves no cursor and sets no title, in seven bits or eight")
    @ValueSource(
            strings = {
                "a\u001b[31mb",
                "a\u001b[2J\u001b[1;1Hb",
                "a\u009b31mb",
                "a\u001b]0;title\u0007b",
                "a\u001b]8;;https://x\u001b\\b",
                "a\u009d0;title\u009cb",
                "a\u001bPq\u001b\\b",
                "a\b\u0000\u0007\u007fb",
                "a\u202e\u202a\u2066\u2069\u200e\u200fb",
                "a\u2028\u2029\ufeffb"
            })
    void plain(String text) {
        assertThat(ForeignText.plain(text)).isEqualTo("ab");
    }

    @ParameterizedTest
    @DisplayName("has every control character spelled out where it is quoted")
    @MethodSource("controls")
    void spelledOut(int point) {
        assertThat(ForeignText.spelledOut("a" + Character.toString(point) + "b"))
                .isEqualTo(String.format("a\\u%04Xb", point));
    }

    static IntStream controls() {
        return IntStream.concat(
                IntStream.concat(IntStream.range(0, 9), IntStream.of(0x1b, 0x7f)),
                IntStream.concat(
                        IntStream.rangeClosed(0x80, 0x9f),
                        IntStream.of(0x200e, 0x200f, 0x202a, 0x202e, 0x2028, 0x2066, 0x2069, 0xfeff)));
    }

    @Test
    @DisplayName("keeps its lines and its letters")
    void keepsTheRest() {
        String text = "one\n\ttwo gr\u00fc\u00dfe \ud83d\ude80 \u05d0";

        assertThat(ForeignText.plain(text)).isEqualTo(text);
        assertThat(ForeignText.spelledOut(text)).isEqualTo(text);
    }

    @Test
    @DisplayName("is harmless in the lines and the message of a problem, and in what caused it")
    void inAProblem() {
        ProblemException problem = Problem.of("what \u009b2J", "fix \u202e")
                .with("evidence \u001b[31m")
                .toException(new IOException("cause \u001b[31m\u009b2J\u202e"));

        assertThat(problem).hasMessage("what \\u009B2J");
        assertThat(problem.problem().toLines())
                .containsExactly("what \\u009B2J", "  evidence \\u001B[31m", "Fix: fix \\u202E");
        assertThat(ForeignFailure.of(problem)).rootCause().hasMessage("IOException: cause [31m 2J");
    }
}
