package io.github.cdkmaven.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a program took.
 *
 * @param seconds from the beginning of its work to the end; of a bare program, from the start of its JVM
 * @param cpu seconds of processor time of the whole program
 * @param result what it tells of itself
 */
record Timed(double seconds, double cpu, JsonNode result) {

    static String median(List<Timed> runs) {
        return String.format(Locale.ROOT, "%.2f s (%.1f s)", median(runs, Timed::seconds), median(runs, Timed::cpu));
    }

    static <T> double median(List<T> runs, ToDoubleFunction<T> figure) {
        return runs.stream().mapToDouble(figure).sorted().toArray()[runs.size() / 2];
    }
}
