package io.github.cdkmaven.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.benchmark.MeasuredRun.Kind;
import io.github.cdkmaven.benchmark.ResultTable.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Moves three sets of ImageStreams as the recipe does and as the plugin does, on a simulated cluster with the pace of a real one.
 *
 * <p>{@code -Dbenchmark.latency} is the registry's, in milliseconds; {@code -Dbenchmark.streams} the size of the largest set.
 */
@DisplayName("The move of the ImageStreams beside the recipe")
class ImageStreamsBenchmark {

    private static final int LATENCY = Integer.getInteger("benchmark.latency", 10);
    private static final int HUGE = Integer.getInteger("benchmark.streams", 1000);
    private static final int LANES = 8;
    private static final int RUNS = 3;

    /** Of a large set the recipe imports only as many streams, and the rest is reckoned: it is a loop, and would take half an hour. */
    private static final int SAMPLE = 18;

    /** Half of what is promised would do for all of it, the JVM's own classes included. */
    private static final String HEAP = "-Xmx64m";

    @TempDir
    Path folder;

    @Test
    @DisplayName("is at least 15 times faster, near the floor, linear, and content with 64 MB")
    void beatsTheRecipe() throws Exception {
        Laboratory laboratory = new Laboratory(folder, Duration.ofMillis(LATENCY));
        laboratory.warmUp();
        Row small = row(laboratory, StreamSet.small(), RUNS);
        Row large = row(laboratory, StreamSet.large(), RUNS);
        Measured byHand = laboratory.median(RUNS, large.set(), HEAP, Kind.BY_HAND, LANES);
        Measured half = laboratory.run(StreamSet.huge(HUGE / 2), HEAP, Kind.START, LANES);
        Row huge = row(laboratory, StreamSet.huge(HUGE), 1);
        ResultTable.write(
                List.of(small, large, huge),
                List.of(
                        String.format(
                                Locale.ROOT,
                                "%d streams in a JVM that has only just started (cdk:imagestreams by hand): %.2f s, %.1f times faster than the recipe.",
                                large.set().streams().size(),
                                byHand.seconds(),
                                large.recipe().seconds() / byHand.seconds()),
                        String.format(
                                Locale.ROOT,
                                "Half of the largest set: %.2f s, heap at most %.0f MB. The plugin ran with %s throughout.",
                                half.seconds(),
                                half.heapAtMost(),
                                HEAP)),
                LATENCY,
                LANES);

        assertThat(large.ratio()).as("times faster than the recipe").isGreaterThanOrEqualTo(15);
        assertThat(large.overFloor()).as("times the floor").isLessThanOrEqualTo(1.3);
        assertThat(huge.plugin().seconds())
                .as("twice the streams, twice the time")
                .isLessThanOrEqualTo(2.3 * half.seconds());
        assertThat(huge.plugin().heapAtMost()).as("MB of heap").isLessThanOrEqualTo(64);
    }

    private static Row row(Laboratory laboratory, StreamSet set, int runs) throws Exception {
        int streams = set.streams().size();
        int sample = streams > 5 * SAMPLE ? SAMPLE : streams;
        Measured recipe = laboratory.run(set, "-Xmx256m", Kind.RECIPE, sample);
        return new Row(
                set,
                Recipe.of(recipe, sample, streams),
                laboratory.median(runs, set, HEAP, Kind.START, LANES),
                laboratory.median(runs, set, "-Xmx1g", Kind.START, streams));
    }
}
