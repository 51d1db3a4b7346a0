package io.github.cdkmaven.mojo;

import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.streams.Streams;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that say how ImageStreams move, as Maven gives them.
 *
 * @param includes the streams and tags to move
 * @param excludes the streams and tags to leave alone
 * @param importParallelism how many streams are imported at once
 * @param importTimeout how long all imports may take
 * @param failOn which failed tags fail the goal
 * @param ignoredFailures the tags that may fail
 */
record StreamParameters(
        @Nullable List<String> includes,
        @Nullable List<String> excludes,
        String importParallelism,
        String importTimeout,
        String failOn,
        @Nullable List<String> ignoredFailures) {

    private static final int MOST_AT_ONCE = 64;

    private enum FailOn {
        ANY,
        NONE
    }

    /** Reads them. */
    Streams read(ParameterReader reader, boolean skip, List<String> namespaces, boolean dryRun) {
        return new Streams(
                skip,
                namespaces,
                new Globs(Values.texts(includes)),
                new Globs(Values.texts(excludes)),
                reader.value("failOn", () -> Values.choice("failOn", failOn, FailOn.class), FailOn.ANY) == FailOn.ANY,
                new Globs(Values.texts(ignoredFailures)),
                reader.value(
                        "importParallelism",
                        () -> Values.number("importParallelism", importParallelism, 1, MOST_AT_ONCE),
                        1),
                reader.value("importTimeout", () -> Values.time("importTimeout", importTimeout), Duration.ZERO),
                dryRun);
    }
}
