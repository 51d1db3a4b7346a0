package io.github.cdkmaven.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.sim.cluster.AllowedRegistry;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
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
    private static final Path TABLE = Path.of("target/benchmark/imagestreams.md");

    /** Of a large set the recipe imports only as many streams, and the rest is reckoned: it is a loop, and would take half an hour. */
    private static final int SAMPLE = 18;

    /** Half of what is promised would do for all of it, the JVM's own classes included. */
    private static final String HEAP = "-Xmx64m";

    @TempDir
    Path folder;

    private record Measured(double seconds, int calls, JsonNode result) {}

    private record Row(StreamSet set, double serial, boolean reckoned, Measured ours, Measured floor) {

        double ratio() {
            return serial / ours.seconds();
        }

        double overFloor() {
            return ours.seconds() / floor.seconds();
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %,d / %,d | %s%.1f s | %.2f s | %.0f times | %.2f s | %.2f | %,d | %.0f MB | %.0f MB |",
                    set.streams().size(),
                    set.images(),
                    reckoned ? "about " : "",
                    serial,
                    ours.seconds(),
                    ratio(),
                    floor.seconds(),
                    overFloor(),
                    ours.calls(),
                    ours.result().path("base").asDouble(),
                    ours.result().path("peak").asDouble());
        }
    }

    @Test
    @DisplayName("is at least 15 times faster, near the floor, linear, and content with 64 MB")
    void beatsTheRecipe() throws Exception {
        Row small = row(StreamSet.small());
        Row large = row(StreamSet.large());
        Measured half = measured(StreamSet.huge(HUGE / 2), HEAP, "ours", LANES);
        Row huge = row(StreamSet.huge(HUGE));
        write(List.of(small, large, huge), half.seconds());

        assertThat(large.ratio()).as("times faster than the recipe").isGreaterThanOrEqualTo(15);
        assertThat(large.overFloor()).as("times the floor").isLessThanOrEqualTo(1.3);
        assertThat(huge.ours().seconds())
                .as("twice the streams, twice the time")
                .isLessThanOrEqualTo(2.3 * half.seconds());
        assertThat(huge.ours().result().path("peak").asDouble()
                        - huge.ours().result().path("base").asDouble())
                .as("MB of heap")
                .isLessThanOrEqualTo(64);
    }

    private Row row(StreamSet set) throws Exception {
        int streams = set.streams().size();
        int sample = streams > 5 * SAMPLE ? SAMPLE : streams;
        Measured ours = measured(set, HEAP, "ours", LANES);
        Measured floor = measured(set, "-Xmx1g", "ours", streams);
        Measured recipe = measured(set, "-Xmx256m", "serial", sample);
        double importing = recipe.result().path("importing").asDouble();
        double serial = recipe.seconds() - importing + importing * streams / sample;
        return new Row(set, serial, sample < streams, ours, floor);
    }

    private Measured measured(StreamSet set, String heap, String what, int number) throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                        .latency(Duration.ofMillis(LATENCY))
                        .start();
                SimulatedCluster cluster = SimulatedCluster.builder()
                        .openshift("v3.9.31")
                        .bind("127.0.0.1", 0)
                        .whitelist(List.of(new AllowedRegistry(registry.host(), true), new AllowedRegistry("*", false)))
                        .imageStreams(set.list())
                        .pacing(true)
                        .start()) {
            set.mirrorTo(registry);
            cluster.awaitImports();
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig.json"), cluster.kubeconfigJson());
            Path file = folder.resolve("result.json");
            int before = cluster.state().requests().size();
            assertThat(MeasuredRun.start(
                                    heap,
                                    kubeconfig.toString(),
                                    registry.host(),
                                    what,
                                    String.valueOf(number),
                                    file.toString())
                            .waitFor())
                    .isZero();
            JsonNode result = new ObjectMapper().readTree(file.toFile());
            if (what.equals("ours")) {
                assertThat(result.path("failed").asInt()).as("%s", result).isZero();
                assertThat(result.path("imported").asInt()).isEqualTo(set.images());
            }
            return new Measured(
                    result.path("seconds").asDouble(),
                    cluster.state().requests().size() - before,
                    result);
        }
    }

    private static void write(List<Row> rows, double half) throws IOException {
        StringBuilder table = new StringBuilder("""
                # Moving the ImageStreams: the recipe and the plugin

                Simulated OpenShift 3.9 with the real pace (2 images a second after 3, a request); a registry that takes %d ms an answer.
                Each run in a JVM of its own, after the check of rights that opens every move. The recipe: get all, replace each, import stream after stream, without the
                0.2 s that each call of oc needs to start. Floor: every stream at once. %d lanes. %s

                | streams / images | recipe | plugin | faster | floor | plugin / floor | calls | heap before | heap at most |
                |---|---|---|---|---|---|---|---|---|---|
                """.formatted(LATENCY, LANES, machine()));
        rows.forEach(row -> table.append(row.line()).append('\n'));
        table.append(String.format(
                Locale.ROOT, "%nHalf of the largest set: %.2f s. Each run of ours had %s.%n", half, HEAP));
        Files.createDirectories(TABLE.getParent());
        Files.writeString(TABLE, table);
        System.out.println(table);
    }

    private static String machine() {
        return String.format(
                Locale.ROOT,
                "%d processors, load %.1f, Java %s.",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version().feature());
    }
}
