package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The lines of a program")
class LineStreamTest {

    private static final int LONGEST = 64 * 1024;

    private final List<String> lines = new ArrayList<>();

    @Test
    @DisplayName("are handed on whole, whatever the pieces in which they are written")
    void areHandedOnWhole() throws IOException {
        LineStream stream = new LineStream(Secrets.NONE, lines::add);
        for (byte value : "one\r\ntwo\n\nthrée".getBytes(StandardCharsets.UTF_8)) {
            stream.write(value);
        }

        assertThat(lines).containsExactly("one", "two", "");
        assertThat(stream.text()).isEqualTo("one\ntwo\n\nthrée");
        assertThat(lines).endsWith("thrée");
    }

    @ParameterizedTest(name = "{0} bytes before the cut")
    @DisplayName("show no secret where an endless one is cut")
    @ValueSource(ints = {1, 2, 3, 5, 8, 9, 10, 11, 30})
    void showNoSecretAtTheCut(int before) throws IOException {
        LineStream stream = new LineStream(Secrets.of(List.of("gehe\u00edmnis")), lines::add);
        stream.write(("x".repeat(LONGEST - before) + "gehe\u00edmnis" + "y".repeat(LONGEST) + "\n")
                .getBytes(StandardCharsets.UTF_8));

        String kept = stream.text();
        // Not the texts themselves: a failure would print them.
        assertThat(String.join("", lines).equals("x".repeat(LONGEST - before) + "********" + "y".repeat(LONGEST)))
                .isTrue();
        assertThat(kept.contains("gehe\u00edmnis")).as("what is kept for us").isTrue();
    }

    @Test
    @DisplayName("keep their letters where an endless one is cut")
    void keepTheirLettersAtTheCut() throws IOException {
        LineStream stream = new LineStream(Secrets.NONE, lines::add);
        String text = "x" + "ü€".repeat(LONGEST);
        stream.write(text.getBytes(StandardCharsets.UTF_8));

        assertThat(stream.text().equals(text)).isTrue();
        assertThat(lines).hasSizeGreaterThan(1);
    }

    @Test
    @DisplayName("are kept to the last millions when there is no end of them")
    void areKeptToTheLastMillions() throws IOException {
        LineStream stream = new LineStream(Secrets.NONE, line -> {});
        byte[] block = "0123456789abcde\n".repeat(4096).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            stream.write(block);
        }
        stream.write("the end\n".getBytes(StandardCharsets.UTF_8));

        assertThat(stream.text()).hasSizeBetween(8_000_000, 16 * 1024 * 1024).endsWith("abcde\nthe end\n");
    }
}
