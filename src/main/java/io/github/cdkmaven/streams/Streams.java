package io.github.cdkmaven.streams;

import io.github.cdkmaven.image.Globs;
import java.time.Duration;
import java.util.List;

/**
 * Which ImageStreams the user wants moved, and how.
 *
 * @param skip whether they stay where they are
 * @param namespaces whose streams are moved, by name or by glob
 * @param includes the streams and tags to move; none means all
 * @param excludes the streams and tags to leave alone
 * @param anyFails whether a failed tag fails the goal; else it is only reported
 * @param ignored streams and tags whose failure never does
 * @param parallelism how many streams are worked on at once
 * @param limit how long all imports may take together
 * @param dryRun whether the server only tells what it would do
 */
public record Streams(
        boolean skip,
        List<String> namespaces,
        Globs includes,
        Globs excludes,
        boolean anyFails,
        Globs ignored,
        int parallelism,
        Duration limit,
        boolean dryRun) {

    private static final int DEFAULT_PARALLELISM = 8;
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(10);
    private static final Globs NONE = new Globs(List.of());

    public Streams {
        namespaces = namespaces.stream().distinct().toList();
    }

    /** All streams of some namespaces, of which every tag counts. */
    public static Streams of(List<String> namespaces) {
        return new Streams(false, namespaces, NONE, NONE, true, NONE, DEFAULT_PARALLELISM, DEFAULT_LIMIT, false);
    }

    /** The same with only some streams and tags. */
    public Streams only(Globs included, Globs excluded) {
        return new Streams(skip, namespaces, included, excluded, anyFails, ignored, parallelism, limit, dryRun);
    }

    /** The same, and the server only tells what it would do. */
    Streams planned() {
        return new Streams(skip, namespaces, includes, excludes, anyFails, ignored, parallelism, limit, true);
    }

    /** Whether the user wants this tag moved. */
    public boolean wants(String stream, String tag) {
        return !skip && (includes.isEmpty() || includes.matches(stream, tag)) && !excludes.matches(stream, tag);
    }

    /** Whether a goal goes on although this tag failed. */
    public boolean mayFail(String stream, String tag) {
        return !anyFails || ignored.matches(stream, tag);
    }
}
