package io.github.cdkmaven.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.benchmark.MeasuredRun.Kind;
import io.github.cdkmaven.sim.cluster.ImportableRegistry;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A fresh cluster with the pace of a real one, and a registry of a given latency, for each run.
 *
 * @param folder for the files that a run reads and writes
 */
record Laboratory(Path folder, Duration latency) {

    private static final int WARM_UP_STREAMS = 150;
    private static final int WARM_UP_LANES = 32;

    /** Runs until the JVM has compiled the simulation: a real server comes compiled. */
    void warmUp() throws Exception {
        for (int i = 0; i < 2; i++) {
            run(StreamSet.huge(WARM_UP_STREAMS), "-Xmx256m", Kind.START, WARM_UP_LANES);
        }
    }

    /** Several runs, of which the one in the middle counts. */
    Measured median(int times, StreamSet set, String heap, Kind kind, int lanes) throws Exception {
        List<Measured> runs = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            runs.add(run(set, heap, kind, lanes));
        }
        return Measured.median(runs);
    }

    /** One run of {@link MeasuredRun} with that much heap. */
    Measured run(StreamSet set, String heap, Kind kind, int number) throws Exception {
        try (SimulatedRegistry registry = registry(set);
                SimulatedCluster cluster = cluster("v3.9.31", set, registry)) {
            return run(cluster, registry, set, heap, kind, number);
        }
    }

    /** A registry of the laboratory's latency that holds all images of a set. */
    SimulatedRegistry registry(StreamSet set) {
        SimulatedRegistry registry =
                SimulatedRegistry.builder().latency(latency).start();
        set.mirrorTo(registry);
        return registry;
    }

    /** A cluster without Internet that has tried to import the set from where it names, and may import from a registry. */
    static SimulatedCluster cluster(String openshift, StreamSet set, SimulatedRegistry registry)
            throws InterruptedException {
        SimulatedCluster.Builder builder = SimulatedCluster.builder()
                .openshift(openshift)
                .bind("127.0.0.1", 0)
                .imageStreams(set.list())
                .pacing(true);
        if (openshift.startsWith("v3.9")) {
            builder.whitelist(
                    List.of(new ImportableRegistry(registry.host(), true), new ImportableRegistry("*", false)));
        }
        SimulatedCluster cluster = builder.start();
        cluster.awaitImports();
        return cluster;
    }

    /** One run of {@link MeasuredRun} on a cluster that is there. */
    Measured run(
            SimulatedCluster cluster, SimulatedRegistry registry, StreamSet set, String heap, Kind kind, int number)
            throws Exception {
        Path result = folder.resolve("result.json");
        int exit = MeasuredRun.start(
                        heap,
                        Files.writeString(folder.resolve("kubeconfig.json"), cluster.kubeconfigJson())
                                .toString(),
                        registry.host(),
                        kind.name(),
                        String.valueOf(number),
                        result.toString(),
                        Files.write(folder.resolve("images.txt"), set.mirrored(registry.host()))
                                .toString())
                .waitFor();
        assertThat(exit).isZero();
        JsonNode told = new ObjectMapper().readTree(result.toFile());
        if (kind != Kind.RECIPE) {
            assertThat(told.path("failed").asInt()).as("%s", told).isZero();
            assertThat(told.path("imported").asInt()).isEqualTo(set.images());
        }
        return new Measured(
                told.path("seconds").asDouble(), cluster.state().requests().size(), told);
    }
}
