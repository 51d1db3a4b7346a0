package io.github.cdkmaven.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The run in numbers. Planned tags count in {@code tags} only.
 *
 * @param seconds how long the goal took, rounded to tenths
 */
public record Summary(
        int streams,
        int tags,
        int imported,
        int unchanged,
        int skipped,
        int outside,
        int failed,
        int external,
        double seconds) {

    static Summary of(List<StreamResult> streams, List<ImageFinding> images, Duration took) {
        int[] counts = new int[TagOutcome.values().length];
        streams.stream()
                .flatMap(stream -> stream.tags().stream())
                .forEach(tag -> counts[tag.outcome().ordinal()]++);
        return new Summary(
                streams.size(),
                Arrays.stream(counts).sum(),
                counts[TagOutcome.IMPORTED.ordinal()],
                counts[TagOutcome.UNCHANGED.ordinal()],
                counts[TagOutcome.SKIPPED.ordinal()],
                counts[TagOutcome.OUTSIDE.ordinal()],
                counts[TagOutcome.FAILED.ordinal()],
                Math.toIntExact(images.stream()
                        .filter(image -> image.verdict() == Verdict.EXTERNAL)
                        .count()),
                Math.round(took.toMillis() / 100.0) / 10.0);
    }

    /** Tags that were only planned, or not reached. */
    public int planned() {
        return tags - imported - unchanged - skipped - outside - failed;
    }
}
