package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a cluster that has tried its first import, of a registry that it cannot reach, and failed. */
@DisplayName("Moving a stream that names a repository")
@Timeout(60)
class RepositoryStreamsTest {

    private static final String STREAMS = "/apis/image.openshift.io/v1/namespaces/openshift/imagestreams";

    @ParameterizedTest
    @ValueSource(strings = {"v3.9.31", "v3.11.141"})
    @DisplayName("imports the repository where it is all that the stream has, and does nothing the second time")
    void onlyARepository(String version) throws IOException {
        try (SimulatedRegistry registry = registry("1", "latest");
                SimulatedCluster cluster = cluster(version)) {
            create(cluster, "127.0.0.1:1/odd/repo");

            List<StreamResult> results = move(cluster, registry);

            assertThat(results.get(0).tags())
                    .extracting(TagResult::tag, TagResult::outcome)
                    .containsExactlyInAnyOrder(tuple("1", TagOutcome.IMPORTED), tuple("latest", TagOutcome.IMPORTED));
            assertThat(stored(cluster).at("/spec/dockerImageRepository").asText())
                    .isEqualTo(registry.host() + "/odd/repo");
            assertHasImages(cluster, registry, "1", "latest");
            assertSecondRunDoesNothing(cluster, registry);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.9.31", "v3.11.141"})
    @DisplayName("imports a repository that was moved before and whose tags are missing for good")
    void movedBefore(String version) throws IOException {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = cluster(version)) {
            create(cluster, registry.host() + "/odd/repo");
            registry.put("odd/repo:1", TinyImage.named("repo"));
            assertThat(stored(cluster).at("/status/tags").size()).isZero();

            assertThat(move(cluster, registry).get(0).count(TagOutcome.IMPORTED))
                    .isEqualTo(1);

            assertHasImages(cluster, registry, "1");
            assertSecondRunDoesNothing(cluster, registry);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.9.31", "v3.11.141"})
    @DisplayName("gives a tag without a source its image, and neither a source nor a policy")
    void tagsWithoutASource(String version) throws IOException {
        try (SimulatedRegistry registry = registry("1", "2");
                SimulatedCluster cluster = cluster(version)) {
            create(cluster, "127.0.0.1:1/odd/repo", "1", "2");
            JsonNode before = stored(cluster).at("/spec/tags").deepCopy();

            move(cluster, registry);

            assertThat(stored(cluster).at("/spec/dockerImageRepository").asText())
                    .isEqualTo(registry.host() + "/odd/repo");
            assertThat(withoutGenerations(stored(cluster).at("/spec/tags"))).isEqualTo(withoutGenerations(before));
            assertHasImages(cluster, registry, "1", "2");
            assertSecondRunDoesNothing(cluster, registry);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.9.31", "v3.11.141"})
    @DisplayName("does not move a repository of which tags are missing, and goes on when they are there")
    void tagsAreMissing(String version) throws IOException {
        try (SimulatedRegistry registry = registry("1");
                SimulatedCluster cluster = cluster(version)) {
            create(cluster, "127.0.0.1:1/odd/repo", "1", "2");
            JsonNode before = stored(cluster).path("spec").deepCopy();

            ReportBuilder report = new ReportBuilder("imagestreams");
            ProblemException problem =
                    catchThrowableOfType(ProblemException.class, () -> move(cluster, registry, report));

            assertThat(problem.problem().evidence())
                    .singleElement()
                    .asString()
                    .contains("openshift/repo:2", "NotFound");
            TagResult there = report.build().imageStreams().get(0).tags().get(0);
            assertThat(there.outcome()).isEqualTo(TagOutcome.IMPORTED);
            assertThat(there.message().orElseThrow()).contains("dockerImageRepository");
            assertThat(stored(cluster).at("/spec/dockerImageRepository"))
                    .isEqualTo(before.path("dockerImageRepository"));
            assertThat(withoutGenerations(stored(cluster).at("/spec/tags")))
                    .isEqualTo(withoutGenerations(before.path("tags")));

            registry.put("odd/repo:2", TinyImage.named("repo"));
            move(cluster, registry);
            assertThat(stored(cluster).at("/spec/dockerImageRepository").asText())
                    .isEqualTo(registry.host() + "/odd/repo");
            assertSecondRunDoesNothing(cluster, registry);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.9.31", "v3.11.141"})
    @DisplayName("leaves a repository that the registry lacks, and fails")
    void repositoryIsMissing(String version) throws IOException {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = cluster(version)) {
            create(cluster, "127.0.0.1:1/odd/repo");

            ReportBuilder report = new ReportBuilder("imagestreams");
            ProblemException problem =
                    catchThrowableOfType(ProblemException.class, () -> move(cluster, registry, report));

            assertThat(problem.problem().what()).startsWith("1 of 1 ").doesNotContain("in place");
            TagResult whole = report.build().imageStreams().get(0).tags().get(0);
            assertThat(whole.tag()).isEqualTo("*");
            assertThat(whole.reason()).contains(Reason.NOT_FOUND);
            assertThat(stored(cluster).at("/spec/dockerImageRepository").asText())
                    .isEqualTo("127.0.0.1:1/odd/repo");
        }
    }

    private static SimulatedRegistry registry(String... tags) {
        SimulatedRegistry registry = SimulatedRegistry.start();
        List.of(tags).forEach(tag -> registry.put("odd/repo:" + tag, TinyImage.named("repo " + tag)));
        return registry;
    }

    private static SimulatedCluster cluster(String version) {
        SimulatedCluster cluster =
                SimulatedCluster.builder().openshift(version).pacing(false).start();
        cluster.state().noWhitelist();
        return cluster;
    }

    private static void create(SimulatedCluster cluster, String repository, String... tags) throws IOException {
        ObjectNode stream = Json.object().put("kind", "ImageStream").put("apiVersion", "image.openshift.io/v1");
        stream.putObject("metadata").put("name", "repo").put("namespace", "openshift");
        ObjectNode spec = stream.putObject("spec").put("dockerImageRepository", repository);
        for (String tag : tags) {
            spec.withArray("tags")
                    .addObject()
                    .put("name", tag)
                    .putObject("annotations")
                    .put("version", tag);
        }
        assertThat(ApiOf.kubeconfig(cluster.kubeconfigJson()).post(STREAMS, stream))
                .isEqualTo(201);
        await(cluster);
    }

    private static void await(SimulatedCluster cluster) {
        try {
            cluster.awaitImports();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<StreamResult> move(SimulatedCluster cluster, SimulatedRegistry registry) {
        return move(cluster, registry, new ReportBuilder("imagestreams"));
    }

    private static List<StreamResult> move(SimulatedCluster cluster, SimulatedRegistry registry, ReportBuilder report) {
        Registries registries = Registries.of(
                Registry.to(registry.host()).withInsecure(true),
                new Relocation(List.of(new Mapping("127.0.0.1:1", registry.host()))));
        new StreamMoving(registries, Streams.of(List.of("openshift")))
                .run(ApiOf.kubeconfig(cluster.kubeconfigJson()).api(), ClusterConfiguration.OTHERS, report);
        return report.build().imageStreams();
    }

    private static void assertHasImages(SimulatedCluster cluster, SimulatedRegistry registry, String... tags) {
        assertThat(stored(cluster).at("/status/tags"))
                .extracting(tag -> tag.path("tag").asText())
                .containsExactlyInAnyOrder(tags);
        assertThat(stored(cluster).at("/status/tags")).allSatisfy(tag -> assertThat(
                        tag.at("/items/0/dockerImageReference").asText())
                .startsWith(registry.host() + "/odd/repo@sha256:"));
    }

    private static void assertSecondRunDoesNothing(SimulatedCluster cluster, SimulatedRegistry registry) {
        await(cluster);
        int changes = cluster.state().changes().size();
        List<StreamResult> again = move(cluster, registry);
        assertThat(again.get(0).count(TagOutcome.UNCHANGED))
                .isEqualTo(again.get(0).tags().size())
                .isPositive();
        assertThat(cluster.state().changes()).hasSize(changes);
    }

    private static JsonNode withoutGenerations(JsonNode tags) {
        JsonNode copy = tags.deepCopy();
        copy.forEach(tag -> ((ObjectNode) tag).remove("generation"));
        return copy;
    }

    private static JsonNode stored(SimulatedCluster cluster) {
        return cluster.state().imageStream("openshift", "repo");
    }
}
