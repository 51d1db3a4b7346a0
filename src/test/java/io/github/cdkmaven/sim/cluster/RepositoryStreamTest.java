package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As a real 3.9 and a real 3.11 behave ({@code facts/measured.md}; {@code cases/cluster/repo-only.json}, {@code repo-old.json}). */
@DisplayName("A stream that names a repository")
class RepositoryStreamTest {

    private static final String MYPROJECT = "/apis/image.openshift.io/v1/namespaces/myproject/";

    @ParameterizedTest
    @ValueSource(strings = {"v3.9.31", "v3.11.141"})
    @DisplayName(
            "stays without tags after a first import that failed, also when the repository is rewritten, until somebody imports it")
    void staysEmpty(String version) throws Exception {
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster = cluster(version).start()) {
            cluster.state().noWhitelist();
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            admin.post(MYPROJECT + "imagestreams", stream("127.0.0.1:1/odd/repo"));
            cluster.awaitImports();
            assertThat(stored(cluster).at("/status/tags").size()).isZero();

            ObjectNode moved = (ObjectNode) stored(cluster).deepCopy();
            Json.child(moved, "spec").put("dockerImageRepository", registry.host() + "/odd/repo");
            admin.put(MYPROJECT + "imagestreams/repo", moved);
            cluster.awaitImports();
            assertThat(stored(cluster).at("/status/tags").size()).isZero();
            assertThat(registry.requests()).isEmpty();

            JsonNode answer = admin.post(
                            MYPROJECT + "imagestreamimports", repositoryImport(registry.host() + "/odd/repo"))
                    .json();
            assertThat(answer.at("/status/repository/status/status").asText()).isEqualTo("Success");
            assertThat(answer.at("/status/repository/images"))
                    .extracting(image -> image.path("tag").asText())
                    .containsExactlyInAnyOrder("1", "latest");
            assertThat(answer.at("/status/repository/images/0/image/metadata/uid")
                            .asText())
                    .isNotEmpty();
            assertThat(stored(cluster).at("/status/tags"))
                    .extracting(tag -> tag.path("tag").asText())
                    .containsExactlyInAnyOrder("1", "latest");
            assertThat(stored(cluster).at("/spec/tags"))
                    .extracting(tag -> tag.at("/from/name").asText())
                    .containsExactlyInAnyOrder(registry.host() + "/odd/repo:1", registry.host() + "/odd/repo:latest");
            assertThat(stored(cluster).at("/spec/tags/0/importPolicy/insecure").asBoolean())
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "annotation: {0}")
    @CsvSource({"true, 2", "false, 0"})
    @DisplayName("is imported by itself the first time, insecurely where the stream is annotated so")
    void firstImport(boolean insecure, int tags) throws Exception {
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster = cluster("v3.11.141").start()) {
            ObjectNode stream = stream(registry.host() + "/odd/repo");
            Json.child(Json.child(stream, "metadata"), "annotations")
                    .put("openshift.io/image.insecureRepository", Boolean.toString(insecure));
            ClusterClient.login(cluster, "admin").post(MYPROJECT + "imagestreams", stream);
            cluster.awaitImports();

            assertThat(stored(cluster).at("/status/tags")).hasSize(tags);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.9.31", "v3.11.141"})
    @DisplayName("keeps a tag without a source as it is until its repository is imported, which gives it one")
    void tagWithoutSource(String version) throws Exception {
        try (SimulatedRegistry registry = registry();
                SimulatedCluster cluster =
                        cluster(version).importController(false).start()) {
            cluster.state().noWhitelist();
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            ObjectNode stream = stream(registry.host() + "/odd/repo");
            Json.children(Json.child(stream, "spec"), "tags")
                    .addObject()
                    .put("name", "1")
                    .putObject("annotations")
                    .put("version", "1");
            admin.post(MYPROJECT + "imagestreams", stream);
            assertThat(stored(cluster).at("/spec/tags/0").has("from")).isFalse();

            admin.post(MYPROJECT + "imagestreamimports", repositoryImport(registry.host() + "/odd/repo"));

            JsonNode tag =
                    Json.find(stored(cluster).path("spec"), "tags", "name", "1").orElseThrow();
            assertThat(tag.at("/from/name").asText()).isEqualTo(registry.host() + "/odd/repo:1");
            assertThat(tag.at("/annotations/version").asText()).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @CsvSource({"v3.9.31, 5, 2", "v3.11.141, 7, 0"})
    @DisplayName("gets five tags of a repository up to 3.10, and is told of the others")
    void limit(String version, int imported, int others) throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = cluster(version).start()) {
            cluster.state().noWhitelist();
            List.of("1", "2", "3", "4", "5", "6", "7")
                    .forEach(tag -> registry.put("odd/repo:" + tag, TinyImage.named("repo " + tag)));
            JsonNode repository = ClusterClient.login(cluster, "admin")
                    .post(MYPROJECT + "imagestreamimports", repositoryImport(registry.host() + "/odd/repo"))
                    .at("/status/repository");
            assertThat(repository.path("images")).hasSize(imported);
            assertThat(repository.path("additionalTags")).hasSize(others);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.9.31", "v3.11.141"})
    @DisplayName("fails as a whole where the repository is not there")
    void missing(String version) throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = cluster(version).start()) {
            cluster.state().noWhitelist();
            JsonNode repository = ClusterClient.login(cluster, "admin")
                    .post(MYPROJECT + "imagestreamimports", repositoryImport(registry.host() + "/odd/repo"))
                    .at("/status/repository");
            assertThat(repository.at("/status/status").asText()).isEqualTo("Failure");
            assertThat(repository.at("/status/reason").asText()).isEqualTo("NotFound");
            assertThat(repository.has("images")).isFalse();
        }
    }

    private static SimulatedRegistry registry() {
        SimulatedRegistry registry = SimulatedRegistry.start();
        registry.put("odd/repo:1", TinyImage.named("repo"));
        registry.put("odd/repo:latest", TinyImage.named("repo"));
        return registry;
    }

    private static SimulatedCluster.Builder cluster(String version) {
        return SimulatedCluster.builder().openshift(version).pacing(false);
    }

    private static JsonNode stored(SimulatedCluster cluster) {
        return cluster.state().imageStream("myproject", "repo");
    }

    private static ObjectNode stream(String repository) {
        ObjectNode stream = Json.object();
        stream.putObject("metadata").put("name", "repo");
        stream.putObject("spec").put("dockerImageRepository", repository);
        return stream;
    }

    private static ObjectNode repositoryImport(String repository) {
        ObjectNode request = Json.object();
        request.putObject("metadata").put("name", "repo");
        ObjectNode wanted = request.putObject("spec").put("import", true).putObject("repository");
        wanted.putObject("from").put("kind", "DockerImage").put("name", repository);
        wanted.putObject("importPolicy").put("insecure", true);
        return request;
    }
}
