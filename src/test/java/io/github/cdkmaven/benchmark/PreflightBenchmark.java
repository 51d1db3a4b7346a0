package io.github.cdkmaven.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.mirror.Inventory;
import io.github.cdkmaven.preflight.MeasuredCheck;
import io.github.cdkmaven.sim.registry.DockerRegistry;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.Skopeo;
import io.github.cdkmaven.sim.registry.TestRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks for the 131 images of the ImageStreams of OpenShift 3.9, beside {@code skopeo inspect} in a loop, and beside the round trips that
 * cannot be spared.
 */
@DisplayName("Preflight's question for 131 images")
class PreflightBenchmark {

    private static final int IMAGES = 131;
    private static final int LATENCY = Integer.getInteger("benchmark.latency", 10);
    private static final int ROUND_TRIPS = (IMAGES + Inventory.PARALLELISM - 1) / Inventory.PARALLELISM;
    private static final int JVMS = 7;
    private static final int WARM = 15;

    @TempDir
    Path folder;

    /**
     * Seconds, each the median over several JVMs.
     *
     * @param contact the look at the registry, with the JVM's first HTTP request
     * @param first the first question for all images
     * @param later a later one, the median of each JVM
     * @param wholeLater the same with the configuration and the layers of each image
     */
    private record Measured(double contact, double first, double later, double wholeLater) {

        double whole() {
            return contact + first;
        }
    }

    @Test
    @DisplayName("is at least ten times as fast as skopeo, and near the round trips that it takes")
    void isFast() throws Exception {
        assumeTrue(Skopeo.available() && DockerRegistry.available());
        double skopeo;
        double raw;
        Measured real;
        Measured relayed;
        try (DockerRegistry registry = DockerRegistry.start()) {
            fill(registry);
            skopeo = skopeo(registry, "");
            raw = skopeo(registry, "--raw ");
            real = measured(registry.host());
            try (DelayingRelay relay = DelayingRelay.before(registry.host(), Duration.ofMillis(LATENCY))) {
                relayed = measured(relay.host());
            }
        }
        Measured distant;
        try (SimulatedRegistry registry =
                SimulatedRegistry.builder().latency(Duration.ofMillis(LATENCY)).start()) {
            fill(registry);
            distant = measured(registry.host());
        }
        double trips = ROUND_TRIPS * LATENCY / 1e3;
        write(skopeo, raw, real, distant, relayed, trips);

        assertThat(skopeo / real.first()).as("times faster than skopeo").isGreaterThanOrEqualTo(10);
        assertThat(distant.later() / trips).as("of the round trips").isLessThanOrEqualTo(1.5);
        assertThat(relayed.wholeLater() / relayed.later())
                .as("whole images, of the plain question")
                .isLessThanOrEqualTo(3);
    }

    private static void fill(TestRegistry registry) {
        MeasuredCheck.plan(registry.host())
                .images()
                .forEach(image ->
                        registry.image(image.target().path() + image.target().suffix()));
    }

    private double skopeo(TestRegistry registry, String options) {
        String loop = MeasuredCheck.plan(registry.host()).images().stream()
                .map(image ->
                        "skopeo inspect " + options + "--tls-verify=false docker://" + image.target() + " >/dev/null")
                .collect(Collectors.joining("\n"));
        long begin = System.nanoTime();
        assertThat(new Skopeo(folder, Map.of()).line(folder, "set -e\n" + loop).exit())
                .isZero();
        return (System.nanoTime() - begin) / 1e9;
    }

    private Measured measured(String registry) throws Exception {
        List<JsonNode> runs = new ArrayList<>();
        for (int jvm = 0; jvm < JVMS; jvm++) {
            Path file = folder.resolve("result.json");
            assertThat(MeasuredCheck.start(registry, String.valueOf(WARM), file.toString())
                            .waitFor())
                    .isZero();
            JsonNode result = new ObjectMapper().readTree(file.toFile());
            assertThat(result.path("usable").asInt()).isEqualTo(IMAGES);
            assertThat(result.path("usableWhole").asInt()).isEqualTo(IMAGES);
            runs.add(result);
        }
        return new Measured(
                median(runs.stream().map(run -> run.path("contact").asDouble()).toList()),
                median(runs.stream()
                        .map(run -> run.path("images").path(0).asDouble())
                        .toList()),
                median(runs.stream().map(run -> later(run, "images")).toList()),
                median(runs.stream().map(run -> later(run, "whole")).toList()));
    }

    private static double later(JsonNode run, String what) {
        List<Double> all = new ArrayList<>();
        for (JsonNode seconds : run.path(what)) {
            all.add(seconds.asDouble());
        }
        return median(all);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void write(
            double skopeo, double raw, Measured real, Measured distant, Measured relayed, double trips)
            throws IOException {
        String table = String.format(
                Locale.ROOT,
                """
                # 131 images: are they there?

                The part of preflight that speaks to a registry, %d at once, in JVMs that have never spoken HTTP before (median of %d).
                Contact: name, port, TLS, API, login, and the opening of connections, which runs beside the look at minishift.
                Later: the median of %d more questions in the same JVM. %s.

                | docker-registry | seconds | times as long as the images | as contact and images | as the images, later |
                |---|---|---|---|---|
                | skopeo inspect in a loop | %.2f | %.1f | %.1f | %.1f |
                | skopeo inspect --raw, which spares it two of three requests | %.2f | %.1f | %.1f | %.1f |
                | contact | %.3f | | | |
                | images | %.3f | | | |
                | images, later | %.3f | | | |

                | registry | round trips | at %d ms each | contact | images | images / round trips | later / round trips |
                |---|---|---|---|---|---|---|
                | simulated | %d | %.3f s | %.3f s | %.3f s | %.2f | %.2f |

                | docker-registry behind a relay of %d ms | seconds | times the plain question |
                |---|---|---|
                | plain question, later | %.3f | |
                | whole images, later | %.3f | %.2f |
                """,
                Inventory.PARALLELISM,
                JVMS,
                WARM,
                ResultTable.machine(),
                skopeo,
                skopeo / real.first(),
                skopeo / real.whole(),
                skopeo / real.later(),
                raw,
                raw / real.first(),
                raw / real.whole(),
                raw / real.later(),
                real.contact(),
                real.first(),
                real.later(),
                LATENCY,
                ROUND_TRIPS,
                trips,
                distant.contact(),
                distant.first(),
                distant.first() / trips,
                distant.later() / trips,
                LATENCY,
                relayed.later(),
                relayed.wholeLater(),
                relayed.wholeLater() / relayed.later());
        ResultTable.publish("preflight.md", table);
    }
}
