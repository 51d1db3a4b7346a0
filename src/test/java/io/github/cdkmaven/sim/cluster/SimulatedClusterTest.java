package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.ClusterClient.Answer;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A simulated cluster")
class SimulatedClusterTest {

    private static final JsonNode PERL = Json.parse("""
            {"kind": "ImageStream", "metadata": {"name": "perl"}, "spec": {"tags": [
              {"name": "latest", "from": {"kind": "ImageStreamTag", "name": "5.24"}},
              {"name": "5.24", "from": {"kind": "DockerImage", "name": "registry.access.redhat.com/rhscl/perl-524-rhel7:latest"}}]}}
            """);

    @Test
    @DisplayName("moves and imports a tag with one request, and its alias follows")
    void importsAndMoves() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = SimulatedCluster.builder()
                        .openshift("v3.11.141")
                        .imageStreams(PERL)
                        .start()) {
            String digest = registry.put("rhscl/perl-524-rhel7:latest", TinyImage.named("perl"));
            ClusterClient admin = ClusterClient.login(cluster, "admin");

            Answer answer = admin.post(
                    ClusterClient.IMPORTS,
                    ClusterClient.oneImport("perl", "5.24", registry.host() + "/rhscl/perl-524-rhel7:latest", true));

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.at("/status/images/0/status/status").asText()).isEqualTo("Success");
            JsonNode stream = cluster.state().imageStream("openshift", "perl");
            assertThat(stream.at("/spec/tags/0/from/name").asText())
                    .isEqualTo(registry.host() + "/rhscl/perl-524-rhel7:latest");
            assertThat(stream.at("/status/tags/1/items/0/dockerImageReference").asText())
                    .isEqualTo(registry.host() + "/rhscl/perl-524-rhel7@" + digest);
        }
    }

    @Test
    @DisplayName("has tried the public registry once by itself, and says so")
    void firstBootContactsOutside() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().imageStreams(PERL).start()) {
            assertThat(cluster.state().outsideContacts()).containsOnly("registry.access.redhat.com");
            assertThat(cluster.state().outsideContactsByRequests()).isEmpty();
            JsonNode stream = cluster.state().imageStream("openshift", "perl");
            assertThat(stream.at("/status/tags/0/conditions/0/message").asText())
                    .endsWith("lookup registry.access.redhat.com on 192.0.2.53:53: no such host");
            assertThat(stream.at("/metadata/generation").asInt()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("imports by itself what a replaced stream points to, with the tag's own policy")
    void controllerImportsAfterReplace() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = SimulatedCluster.builder()
                        .openshift("v3.11.141")
                        .imageStreams(PERL)
                        .start()) {
            String digest = registry.put("rhscl/perl-524-rhel7:latest", TinyImage.named("perl"));
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            ObjectNode stream =
                    (ObjectNode) admin.get(ClusterClient.STREAMS + "/perl").json();
            ObjectNode tag = (ObjectNode) stream.at("/spec/tags/0");
            ((ObjectNode) tag.get("from")).put("name", registry.host() + "/rhscl/perl-524-rhel7:latest");
            tag.putObject("importPolicy").put("insecure", true);

            assertThat(admin.put(ClusterClient.STREAMS + "/perl", stream).status())
                    .isEqualTo(200);
            cluster.awaitImports();

            assertThat(cluster.state()
                            .imageStream("openshift", "perl")
                            .at("/status/tags/1/items/0/image")
                            .asText())
                    .isEqualTo(digest);
        }
    }

    @Test
    @DisplayName("keeps its CA, its users' tokens and its streams over a restart")
    void restarts(@TempDir Path directory) throws Exception {
        String ca;
        String token;
        try (SimulatedCluster first = SimulatedCluster.builder()
                .stateDirectory(directory)
                .imageStreams(PERL)
                .start()) {
            ca = first.caPem();
            ClusterClient nobody = ClusterClient.anonymous(first);
            Answer login = nobody.send(
                    "GET",
                    "/oauth/authorize?client_id=openshift-challenging-client&response_type=token",
                    "",
                    Map.of("X-CSRF-Token", "1", "Authorization", "Basic YWRtaW46YQ=="));
            token = login.headers().firstValue("Location").orElseThrow().replaceFirst(".*access_token=([^&]+).*", "$1");
        }
        try (SimulatedCluster second =
                SimulatedCluster.builder().stateDirectory(directory).start()) {
            assertThat(second.caPem()).isEqualTo(ca);
            ClusterClient admin = ClusterClient.anonymous(second).with(token);
            assertThat(admin.get(ClusterClient.STREAMS).at("/items").size()).isEqualTo(1);
            assertThat(second.state().whitelist().orElseThrow()).hasSize(8);
        }
    }

    @Test
    @DisplayName("lets developer do what system:admin may, when asked for by impersonation only")
    void impersonates() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().imageStreams(PERL).start()) {
            ClusterClient developer = ClusterClient.login(cluster, "developer");
            String path = ClusterClient.STREAMS + "/perl";
            assertThat(developer.send("DELETE", path, "", Map.of()).status()).isEqualTo(403);
            assertThat(ClusterClient.login(cluster, "mallory")
                            .send("DELETE", path, "", Map.of("Impersonate-User", "system:admin"))
                            .status())
                    .isEqualTo(403);
            assertThat(developer
                            .send("DELETE", path, "", Map.of("Impersonate-User", "system:admin"))
                            .status())
                    .isEqualTo(200);
            assertThat(cluster.state().changes())
                    .extracting(JournalEntry::user, JournalEntry::status)
                    .contains(tuple("system:admin", 200));
        }
    }

    @Test
    @DisplayName("takes pods from a test")
    void showsPods() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder().start()) {
            cluster.state()
                    .pods(List.of(Json.parse("{\"metadata\": {\"namespace\": \"default\", \"name\": \"router-1\"}}")));
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            assertThat(admin.get("/api/v1/pods").at("/items/0/metadata/name").asText())
                    .isEqualTo("router-1");
            assertThat(admin.get("/api/v1/namespaces/myproject/pods")
                            .at("/items")
                            .size())
                    .isZero();
        }
    }
}
