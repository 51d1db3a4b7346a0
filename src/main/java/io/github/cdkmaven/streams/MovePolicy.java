package io.github.cdkmaven.streams;

import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.image.Relocation;
import java.time.Duration;
import java.util.List;

/**
 * What the user wants of a move.
 *
 * @param relocation where references go
 * @param registryInsecure whether moved tags get {@code importPolicy.insecure}
 * @param namespaces whose streams are moved
 * @param includes the streams and tags to move; none means all
 * @param excludes the streams and tags to leave alone
 * @param parallelism how many streams are worked on at once
 * @param limit how long all imports may take together
 * @param dryRun whether the server only tells what it would do
 */
public record MovePolicy(
        Relocation relocation,
        boolean registryInsecure,
        List<String> namespaces,
        Globs includes,
        Globs excludes,
        int parallelism,
        Duration limit,
        boolean dryRun) {

    public MovePolicy {
        namespaces = namespaces.stream().distinct().toList();
    }

    /** Whether the user wants this tag moved. */
    boolean wants(String stream, String tag) {
        return (includes.isEmpty() || includes.matches(stream, tag)) && !excludes.matches(stream, tag);
    }
}
