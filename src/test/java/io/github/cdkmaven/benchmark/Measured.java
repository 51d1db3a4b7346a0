package io.github.cdkmaven.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;

/**
 * What one run took.
 *
 * @param seconds from the first call to the last
 * @param calls how many calls of the API
 * @param result all that the run tells of itself
 */
record Measured(double seconds, int calls, JsonNode result) {

    /** MiB of heap in use before the move. */
    double heapBefore() {
        return result.path("base").asDouble();
    }

    /** MiB of heap in use at most. */
    double heapAtMost() {
        return result.path("peak").asDouble();
    }

    /** The run in the middle: on a machine that has other things to do, one run tells little. */
    static Measured median(List<Measured> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Measured::seconds))
                .toList()
                .get(runs.size() / 2);
    }
}
