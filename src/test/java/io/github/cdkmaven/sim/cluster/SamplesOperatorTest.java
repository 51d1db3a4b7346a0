package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.ClusterClient.Answer;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the real cluster-samples-operator of 4.19 was seen to do, with a small set of streams. */
@DisplayName("The simulated samples operator")
class SamplesOperatorTest {

    private static final String CONFIG = "/apis/samples.operator.openshift.io/v1/configs/cluster";
    private static final String OPERATOR = "/apis/config.openshift.io/v1/clusteroperators/openshift-samples";
    private static final String CONFIG_MAPS = "/api/v1/namespaces/openshift-cluster-samples-operator/configmaps";
    private static final Duration RESYNC = Duration.ofMinutes(10);

    private final SimulatedRegistry registry = SimulatedRegistry.start();
    private SimulatedCluster cluster;
    private ClusterClient admin;

    private void start(SimulatedCluster.Builder builder) throws Exception {
        cluster = builder.openshift("4.19.0").pacing(false).start();
        admin = ClusterClient.anonymous(cluster).with(cluster.token("kube:admin"));
        cluster.samplesOperator().statusDelay(Duration.ZERO);
        patch("/apis/config.openshift.io/v1/images/cluster", """
                {"spec": {"registrySources": {"insecureRegistries": ["%s"]}}}""".formatted(registry.host()));
        cluster.samplesOperator().settle();
    }

    private void startInstalled() throws Exception {
        start(SimulatedCluster.builder().samples(SampleStreams.small()));
    }

    /** Gives the registry what the small set wants, below a path. */
    private void mirror(String... except) {
        for (JsonNode tag : SampleStreams.small().findValue("items").findValues("from")) {
            String name = tag.path("name").asText();
            if (tag.path("kind").asText().equals("DockerImage")
                    && !List.of(except).contains(name)) {
                registry.put(name.replaceFirst("^[^/]+/", ""), TinyImage.named(name));
            }
        }
    }

    @AfterEach
    void stop() {
        cluster.close();
        registry.close();
    }

    private JsonNode patch(String path, String body) throws Exception {
        Answer answer = admin.send("PATCH", path, body, Map.of("Content-Type", "application/merge-patch+json"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private void configure(String spec) throws Exception {
        patch(CONFIG, "{\"spec\": " + spec + "}");
        cluster.samplesOperator().settle();
    }

    private JsonNode stream(String name) {
        return cluster.state().imageStream("openshift", name);
    }

    /** The hosts that the streams name. */
    private TreeSet<String> hosts() {
        TreeSet<String> hosts = new TreeSet<>();
        cluster.state().imageStreams("openshift").forEach(stream -> stream.at("/spec/tags")
                .forEach(tag -> {
                    if ("DockerImage".equals(tag.at("/from/kind").asText())) {
                        hosts.add(tag.at("/from/name").asText().replaceFirst("/.*", ""));
                    }
                }));
        return hosts;
    }

    private void moveAll() throws Exception {
        for (JsonNode stream : cluster.state().imageStreams("openshift")) {
            ObjectNode request = Json.object();
            request.putObject("metadata")
                    .put("name", stream.at("/metadata/name").asText());
            stream.at("/spec/tags").forEach(tag -> {
                if ("DockerImage".equals(tag.at("/from/kind").asText())) {
                    String from = tag.at("/from/name").asText().replaceFirst("^[^/]+", registry.host());
                    ClusterClient.alsoImport(request, tag.path("name").asText(), from, true);
                }
            });
            assertThat(admin.post(ClusterClient.IMPORTS, request).status()).isEqualTo(201);
        }
        cluster.samplesOperator().settle();
    }

    private String progressing() throws Exception {
        return Json.find(admin.get(OPERATOR).json().path("status"), "conditions", "type", "Progressing")
                .orElseThrow()
                .path("reason")
                .asText();
    }

    @Test
    @DisplayName("waits five minutes for the Internet, then gives up; one patch takes it from there to the registry")
    void bootstrap() throws Exception {
        mirror();
        start(SimulatedCluster.builder().samplesAtFirstStart(SampleStreams.small()));
        assertThat(admin.get(CONFIG).status()).isEqualTo(404);
        cluster.samplesOperator().advance(Duration.ofMinutes(5));
        cluster.samplesOperator().settle();
        assertThat(admin.get(CONFIG).at("/spec/managementState").asText()).isEqualTo("Removed");
        assertThat(progressing()).isEqualTo("TermsBasedRegistryUnreacahable");
        assertThat(cluster.state().imageStreams("openshift")).isEmpty();

        configure("{\"managementState\": \"Managed\", \"samplesRegistry\": \"" + registry.host() + "\"}");
        assertThat(hosts()).containsExactly(registry.host());
        assertThat(admin.get(CONFIG).at("/status/samplesRegistry").asText()).isEqualTo(registry.host());
        assertThat(stream("redis").at("/status/tags").findValuesAsText("tag")).containsExactly("6-el9", "latest");
        assertThat(cluster.state().outsideContacts()).isEmpty();
    }

    @Test
    @DisplayName(
            "leaves a moved stream alone over a resync and a restart, and makes it public again with the next release")
    void upgrade() throws Exception {
        mirror();
        startInstalled();
        moveAll();
        cluster.samplesOperator().advance(RESYNC);
        cluster.samplesOperator().restart();
        cluster.samplesOperator().settle();
        assertThat(hosts()).containsExactly(registry.host());
        assertThat(cluster.state().outsideContacts()).isEmpty();

        cluster.clusterVersionOperator().upgrade("4.19.1");
        cluster.samplesOperator().settle();
        assertThat(hosts()).contains("registry.redhat.io").doesNotContain(registry.host());
        assertThat(cluster.state().outsideContacts()).contains("registry.redhat.io");
    }

    @Test
    @DisplayName("keeps samplesRegistry, and what is skipped, over the next release")
    void lasting() throws Exception {
        mirror();
        startInstalled();
        configure("{\"samplesRegistry\": \"" + registry.host() + "\", \"skippedImagestreams\": [\"redis\"]}");
        assertThat(stream("redis").at("/metadata/labels").toString()).contains("\"false\"");
        cluster.samplesOperator().upgrade("4.19.1");
        cluster.samplesOperator().settle();
        assertThat(stream("nodejs").at("/spec/tags/0/from/name").asText()).startsWith(registry.host());
        assertThat(stream("redis").at("/spec/tags/0/from/name").asText()).startsWith("registry.redhat.io");
        assertThat(stream("redis").at("/metadata/annotations").toString()).contains("4.19.0");
    }

    @Test
    @DisplayName("puts back what was replaced without its annotation, and what was deleted")
    void reverts() throws Exception {
        mirror();
        startInstalled();
        ObjectNode changed =
                (ObjectNode) admin.get(ClusterClient.STREAMS + "/redis").json();
        ((ObjectNode) changed.at("/metadata/annotations")).remove(SampleStreams.VERSION);
        ((ObjectNode) changed.at("/spec/tags/0/from")).put("name", registry.host() + "/rhel9/redis-6");
        assertThat(admin.put(ClusterClient.STREAMS + "/redis", changed).status())
                .isEqualTo(200);
        cluster.samplesOperator().settle();
        assertThat(stream("redis").at("/spec/tags/0/from/name").asText()).startsWith("registry.redhat.io");

        String uid = stream("redis").at("/metadata/uid").asText();
        admin.send("DELETE", ClusterClient.STREAMS + "/redis", "", Map.of());
        cluster.samplesOperator().settle();
        assertThat(stream("redis").at("/metadata/uid").asText()).isNotEqualTo(uid);
    }

    @Test
    @DisplayName("ignores everything while Unmanaged, and then makes only what is missing")
    void unmanaged() throws Exception {
        mirror();
        startInstalled();
        configure("{\"managementState\": \"Unmanaged\"}");
        moveAll();
        admin.send("DELETE", ClusterClient.STREAMS + "/redis", "", Map.of());
        configure("{\"samplesRegistry\": \"elsewhere.corp.example\"}");
        assertThat(hosts()).containsExactly(registry.host());
        configure("{\"managementState\": \"Managed\", \"samplesRegistry\": null}");
        assertThat(hosts()).containsExactlyInAnyOrder(registry.host(), "registry.redhat.io");
        assertThat(stream("redis").at("/spec/tags/0/from/name").asText()).startsWith("registry.redhat.io");
    }

    @Test
    @DisplayName("heals one failed tag of a stream in a round")
    void retries() throws Exception {
        mirror("registry.access.redhat.com/ubi8/dotnet-80:8.0", "registry.access.redhat.com/ubi8/dotnet-90:9.0");
        startInstalled();
        configure("{\"samplesRegistry\": \"" + registry.host() + "\"}");
        assertThat(progressing()).isEqualTo("FailedImageImports");
        assertThat(admin.get(CONFIG_MAPS + "/dotnet").at("/data")).hasSize(2);
        assertThat(stream("dotnet")
                        .at("/status/tags/0/items/0/dockerImageReference")
                        .asText())
                .startsWith("registry.access.redhat.com");

        mirror();
        List<Integer> failing = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            cluster.samplesOperator().advance(RESYNC);
            cluster.samplesOperator().settle();
            failing.add(SampleStreams.failures(stream("dotnet")).size());
        }
        assertThat(failing).containsExactly(1, 0);
        assertThat(progressing()).isEmpty();
        assertThat(admin.get(CONFIG_MAPS + "/dotnet").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("refuses a samplesRegistry whose end image.config does not allow, and touches nothing")
    void invalidConfiguration() throws Exception {
        startInstalled();
        patch("/apis/config.openshift.io/v1/images/cluster", """
                {"spec": {"allowedRegistriesForImport": [{"domainName": "%s"}]}}""".formatted(registry.host()));
        configure("{\"samplesRegistry\": \"" + registry.host() + "/mirror\"}");
        JsonNode status = admin.get(CONFIG).at("/status");
        assertThat(Json.find(status, "conditions", "type", "ConfigurationValid")
                        .orElseThrow()
                        .path("reason")
                        .asText())
                .isEqualTo("GlobalImageStreamConfigRegistryMismatch");
        assertThat(status.has("samplesRegistry")).isFalse();
        assertThat(hosts()).doesNotContain(registry.host());
    }

    @Test
    @DisplayName("loses a samplesRegistry that is taken back before its status tells of it")
    void changedTooSoon() throws Exception {
        mirror();
        startInstalled();
        cluster.samplesOperator().holdStatus(true);
        patch(CONFIG, "{\"spec\": {\"samplesRegistry\": \"" + registry.host() + "\"}}");
        while (!hosts().equals(Set.of(registry.host()))) {
            Thread.onSpinWait();
        }
        patch(CONFIG, "{\"spec\": {\"samplesRegistry\": \"\"}}");
        cluster.samplesOperator().holdStatus(false);
        cluster.samplesOperator().settle();
        assertThat(hosts()).containsExactly(registry.host());
        assertThat(admin.get(CONFIG).at("/status").has("samplesRegistry")).isFalse();
    }

    @Test
    @DisplayName("has a colleague that puts the payload's streams back in each of its rounds")
    void payload() throws Exception {
        start(SimulatedCluster.builder().samples(SampleStreams.small()).payload());
        ObjectNode cli = (ObjectNode) admin.get(ClusterClient.STREAMS + "/cli").json();
        assertThat(cli.at("/metadata/ownerReferences/0/kind").asText()).isEqualTo("ClusterVersion");
        String from = cli.at("/spec/tags/0/from/name").asText();
        ((ObjectNode) cli.at("/spec/tags/0/from")).put("name", registry.host() + "/ocp/cli:1");
        admin.put(ClusterClient.STREAMS + "/cli", cli);
        cluster.clusterVersionOperator().advance(Duration.ofMinutes(3));
        assertThat(stream("cli").at("/spec/tags/0/from/name").asText()).isEqualTo(from);
    }
}
