package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Lines that come again")
class FoldedLinesTest {

    private final List<String> log = new ArrayList<>();

    @Test
    @DisplayName("are counted until another one comes, alone or in turn")
    void areCounted() {
        try (FoldedLines lines = new FoldedLines(log::add)) {
            lines.accept("-- Registering machine");
            for (int i = 0; i < 1000; i++) {
                lines.accept("   password: ");
                lines.accept("   Storing password in keychain ... FAIL");
            }
            lines.accept("the end");
            lines.accept("the end");
        }

        assertThat(log)
                .containsExactly(
                        "-- Registering machine",
                        "   password: ",
                        "   Storing password in keychain ... FAIL",
                        "(1998 lines like those before)",
                        "the end",
                        "(1 line like those before)");
    }

    @Test
    @DisplayName("are handed on when they are far apart")
    void areHandedOnWhenFarApart() {
        try (FoldedLines lines = new FoldedLines(log::add)) {
            List.of("OK", "1", "2", "3", "4", "OK").forEach(lines);
        }

        assertThat(log).containsExactly("OK", "1", "2", "3", "4", "OK");
    }
}
