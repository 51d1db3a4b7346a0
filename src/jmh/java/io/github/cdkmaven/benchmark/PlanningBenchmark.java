package io.github.cdkmaven.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.streams.PlanningOf5000Tags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

@DisplayName("The planning of 5,000 tags")
class PlanningBenchmark {

    private static final Path FILE = Path.of("target/benchmark/planning.md");

    /** Beside a VM that boots for minutes, nobody notices half a second. */
    private static final double LIMIT = 500;

    @Test
    @DisplayName("takes no time that anybody notices")
    void takesNoTime() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(PlanningOf5000Tags.class.getName())
                        .build())
                .run();
        StringBuilder table = new StringBuilder("""
                # Planning 5,000 tags of 1,000 streams (JMH, average time)

                | what | ms | ± |
                |---|---|---|
                """);
        results.forEach(result -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f |%n",
                result.getPrimaryResult().getLabel(),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError())));
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, table);
        System.out.println(table);

        assertThat(results).hasSize(2).allSatisfy(result -> assertThat(
                        result.getPrimaryResult().getScore())
                .isLessThan(LIMIT));
    }
}
