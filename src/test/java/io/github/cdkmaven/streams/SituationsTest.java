package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import io.github.cdkmaven.sim.cluster.ClusterFaults;
import io.github.cdkmaven.sim.cluster.ClusterFaults.ImportFault;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What goes wrong on the way, on a whole cluster and a whole registry")
@Timeout(120)
class SituationsTest {

    /** The first tag's image makes trouble, and shares its request with two that make none; the second stream is another lane. */
    private static final String STREAMS = """
            {"kind": "List", "apiVersion": "v1", "items": [
              {"kind": "ImageStream", "apiVersion": "image.openshift.io/v1", "metadata": {"name": "one"}, "spec": {"tags": [
                {"name": "1", "from": {"kind": "DockerImage", "name": "registry.redhat.io/trouble/a:1"}},
                {"name": "2", "from": {"kind": "DockerImage", "name": "registry.redhat.io/fine/a:2"}},
                {"name": "3", "from": {"kind": "DockerImage", "name": "registry.redhat.io/fine/a:3"}}]}},
              {"kind": "ImageStream", "apiVersion": "image.openshift.io/v1", "metadata": {"name": "two"}, "spec": {"tags": [
                {"name": "1", "from": {"kind": "DockerImage", "name": "registry.redhat.io/fine/b:1"}}]}}]}""";

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("429", Fault.status(429), Reason.TIMEOUT),
                Arguments.of("503", Fault.status(503), Reason.TIMEOUT),
                Arguments.of("a reset", Fault.reset(), Reason.UNREACHABLE),
                Arguments.of("garbage", Fault.garbage(), Reason.UNREACHABLE),
                Arguments.of("silence", Fault.hang(), Reason.TIMEOUT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @DisplayName("a registry that has trouble with one image: that tag is reported, all others are imported")
    void registryHasTrouble(String name, Fault fault, Reason reason) throws IOException {
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster = cluster(Duration.ofSeconds(60))) {
            registry.inject(fault, Integer.MAX_VALUE, request -> request.path().contains("/trouble/"));

            Duration limit = Duration.ofSeconds(8);
            long begin = System.nanoTime();
            Map<String, TagResult> tags = move(cluster, registry, limit);

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("the deadline, with the reading before and after it")
                    .isLessThan(limit.plusSeconds(20));
            assertThat(tags.get("one:1").outcome()).isEqualTo(TagOutcome.FAILED);
            assertThat(tags.get("one:1").reason()).as("%s", tags.get("one:1")).contains(reason);
            assertThat(List.of(tags.get("one:2"), tags.get("one:3"), tags.get("two:1")))
                    .allSatisfy(tag -> assertThat(tag.outcome()).isEqualTo(TagOutcome.IMPORTED));
        }
    }

    @Test
    @DisplayName("a registry that never answers: each tag is reported in time, and its source is what it was")
    void registryIsSilent() throws IOException {
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster = cluster(Duration.ofSeconds(60))) {
            registry.inject(Fault.hang(), Integer.MAX_VALUE);

            Map<String, TagResult> tags = move(cluster, registry, Duration.ofSeconds(2));

            assertThat(tags.values()).hasSize(4).allSatisfy(tag -> assertThat(tag.reason())
                    .contains(Reason.TIMEOUT));
            assertThat(cluster.state().imageStream("openshift", "one").toString())
                    .doesNotContain(registry.host());
        }
    }

    @Test
    @DisplayName("a registry that has trouble for a while: everything is imported in the end")
    void registryRecovers() throws IOException {
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster = cluster(Duration.ofSeconds(60))) {
            registry.inject(Fault.status(503), 3).inject(Fault.status(429), 2);

            assertThat(move(cluster, registry, Duration.ofSeconds(30)).values())
                    .allSatisfy(tag -> assertThat(tag.outcome()).isEqualTo(TagOutcome.IMPORTED));
        }
    }

    @ParameterizedTest
    @EnumSource(ImportFault.class)
    @DisplayName(
            "a cluster that fails twice: everything is imported all the same; a request that is never answered costs one image at most")
    void clusterHasTrouble(ImportFault fault) throws IOException {
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster = cluster(Duration.ofSeconds(60))) {
            cluster.state().faults(ClusterFaults.none().thenImports(fault, fault == ImportFault.HANG ? 1 : 2));

            // A request that is never answered costs half of the time.
            Duration limit = Duration.ofSeconds(fault == ImportFault.HANG ? 8 : 30);
            Map<String, TagResult> tags = move(cluster, registry, limit);

            if (fault == ImportFault.HANG) {
                assertThat(tags.values())
                        .filteredOn(tag -> tag.outcome() == TagOutcome.FAILED)
                        .hasSizeLessThan(2);
            } else {
                assertThat(tags.values())
                        .allSatisfy(
                                tag -> assertThat(tag.outcome()).as("%s", tag).isEqualTo(TagOutcome.IMPORTED));
            }
        }
    }

    private static SimulatedRegistry registry() {
        SimulatedRegistry registry = SimulatedRegistry.start();
        List.of("trouble/a:1", "fine/a:2", "fine/a:3", "fine/b:1").forEach(registry::image);
        return registry;
    }

    private static SimulatedCluster cluster(Duration registryTimeout) throws IOException {
        return SimulatedCluster.builder()
                .openshift("v3.11.0")
                .imageStreams(new ObjectMapper().readTree(STREAMS))
                .registryTimeout(registryTimeout)
                .pacing(false)
                .importController(false)
                .start();
    }

    private static Map<String, TagResult> move(SimulatedCluster cluster, SimulatedRegistry registry, Duration limit) {
        Streams streams = new Streams(
                false,
                List.of("openshift"),
                new Globs(List.of()),
                new Globs(List.of()),
                true,
                new Globs(List.of()),
                8,
                limit,
                false);
        List<StreamResult> results = new ImageStreamMove(
                        ApiOf.kubeconfig(cluster.kubeconfigJson()).api(),
                        Registries.of(Registry.to(registry.host()).withInsecure(true)),
                        streams,
                        (result, done, all, took) -> {},
                        time -> {})
                .run();
        Map<String, TagResult> tags = new TreeMap<>();
        results.forEach(stream -> stream.tags().forEach(tag -> tags.put(stream.name() + ":" + tag.tag(), tag)));
        return tags;
    }
}
