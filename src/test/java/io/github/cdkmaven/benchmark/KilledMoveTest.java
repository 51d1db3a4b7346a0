package io.github.cdkmaven.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A move that is killed")
@Timeout(300)
class KilledMoveTest {

    private static final int KILLS = 10;
    private static final StreamSet SET = StreamSet.huge(72);

    @TempDir
    Path folder;

    @Test
    @DisplayName("ten times, anywhere, leaves each tag old or new, and ends where an undisturbed one ends")
    void endsWhereAnUndisturbedOneEnds() throws Exception {
        Random random = new Random(20261123);
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                        .latency(Duration.ofMillis(10))
                        .start();
                SimulatedCluster disturbed = cluster();
                SimulatedCluster undisturbed = cluster()) {
            SET.mirrorTo(registry);
            int killed = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                int until = disturbed.state().changes().size() + 1 + random.nextInt(6);
                Process move = start(disturbed, registry, 2);
                while (move.isAlive() && disturbed.state().changes().size() < until) {
                    move.waitFor(3, TimeUnit.MILLISECONDS);
                }
                killed += move.isAlive() ? 1 : 0;
                move.destroyForcibly().waitFor();
                assertThat(sources(disturbed)).allSatisfy((tag, source) -> assertThat(source)
                        .matches("(registry\\.access\\.redhat\\.com|\\Q" + registry.host() + "\\E)/team-.*"));
            }
            assertThat(killed).as("killed in the middle").isEqualTo(KILLS);
            assertThat(sources(disturbed).values())
                    .anyMatch(source -> source.startsWith(registry.host()))
                    .anyMatch(source -> !source.startsWith(registry.host()));

            assertThat(start(disturbed, registry, 8).waitFor()).isZero();
            assertThat(start(undisturbed, registry, 8).waitFor()).isZero();

            assertThat(endState(disturbed)).hasSize(SET.images()).isEqualTo(endState(undisturbed));
        }
    }

    private static SimulatedCluster cluster() {
        return SimulatedCluster.builder()
                .openshift("v3.11.0")
                .imageStreams(SET.list())
                .pacing(true)
                .importController(false)
                .start();
    }

    private Process start(SimulatedCluster cluster, SimulatedRegistry registry, int parallelism) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig.json"), cluster.kubeconfigJson());
        return MeasuredRun.start(
                "-Xmx64m",
                kubeconfig.toString(),
                registry.host(),
                "BY_HAND",
                String.valueOf(parallelism),
                folder.resolve("result.json").toString());
    }

    private static Map<String, String> sources(SimulatedCluster cluster) {
        Map<String, String> sources = new TreeMap<>();
        for (JsonNode stream : cluster.state().imageStreams("openshift")) {
            for (JsonNode tag : stream.path("spec").path("tags")) {
                sources.put(
                        stream.path("metadata").path("name").asText() + ":"
                                + tag.path("name").asText(),
                        tag.path("from").path("name").asText());
            }
        }
        return sources;
    }

    /** The tags with everything that is said of them, but for the times and versions at which it came to be. */
    private static Map<String, String> endState(SimulatedCluster cluster) {
        Map<String, String> state = new TreeMap<>(sources(cluster));
        for (JsonNode stream : cluster.state().imageStreams("openshift")) {
            String name = stream.path("metadata").path("name").asText() + ":";
            for (JsonNode tag : stream.path("spec").path("tags")) {
                state.merge(
                        name + tag.path("name").asText(),
                        tag.path("importPolicy") + " " + tag.path("annotations"),
                        (a, b) -> a + " " + b);
            }
            for (JsonNode tag : stream.path("status").path("tags")) {
                JsonNode item = tag.path("items").path(0);
                state.merge(
                        name + tag.path("tag").asText(),
                        item.path("image").asText() + " "
                                + item.path("dockerImageReference").asText() + " of "
                                + tag.path("items").size() + tag.path("conditions"),
                        (a, b) -> a + " " + b);
            }
        }
        return state;
    }
}
