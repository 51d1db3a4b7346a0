package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.ClusterClient.Answer;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Holds the simulation to what real API servers answered: every captured request is sent again, in the order in which it
 * was recorded, and the whole answer is compared.
 */
@DisplayName("The simulated cluster answers like a real")
@EnabledIf("hasCaptures")
class ClusterContractTest {

    private static final Path CAPTURES = Path.of("..", "shared", "captures");

    private static final List<String> PUBLIC_3_9 = inOrder("""
            healthz version version-openshift oauth-well-known oauth-token-no-credentials oauth-token-basic
            user-self-admin user-self-invalid-token user-self-unauthenticated imagestreams-list-empty
            pods-all-namespaces
            """);
    private static final List<String> MAIN_3_9 = inOrder("""
            imagestreams-list-fresh imagestreams-list-developer imagestreams-list-no-such-namespace
            imagestreams-list-unauthenticated imagestream-get imagestream-get-missing
            import-stale-resource-version import-success imagestream-get-after-import import-partial
            imagestream-get-after-partial import-dry-run import-tls-unknown-authority import-tls-insecure
            import-http-not-marked-insecure import-unauthorized import-connection-refused import-unknown-host
            import-whitelisted-host-but-nothing-there import-not-in-whitelist import-not-in-whitelist-dry-run
            import-not-in-whitelist-reachable imagestream-get-after-not-in-whitelist import-bad-reference
            import-new-stream import-developer-forbidden secret-create-dockerconfigjson
            import-authorized-by-secret replace-not-in-whitelist replace-stale-resource-version
            sar-can-update-imagestreams-admin sar-can-update-imagestreams-developer delete-brand-new
            imagestreams-list-mixed
            """);
    /** Recorded after all streams had been moved to the mirror and imported. */
    private static final List<String> MOVED_3_9 = inOrder("""
            import-oci-manifest import-by-digest import-seven-tags-in-one-request
            """);

    private static final List<String> WITHOUT_WHITELIST_3_9 = inOrder("""
            import-whitelist-null
            """);
    private static final List<String> ALL_3_11 = inOrder("""
            version version-openshift user-self-admin imagestreams-list-fresh imagestream-get
            import-stale-resource-version import-dry-run import-developer-forbidden import-success
            imagestream-get-after-import import-policy-source-over-local imagestream-get-after-policy
            import-partial import-tls-unknown-authority import-http-not-marked-insecure import-unauthorized
            import-connection-refused import-unknown-host import-oci-manifest import-any-registry-no-whitelist
            """);

    static boolean hasCaptures() {
        return Files.isDirectory(CAPTURES.resolve("openshift-3.9"))
                && Files.isDirectory(CAPTURES.resolve("openshift-3.11"));
    }

    private final List<SimulatedCluster> clusters = new ArrayList<>();
    private CaptureRegistries registries;

    @BeforeEach
    void startRegistries() throws Exception {
        registries = CaptureRegistries.start();
        for (String version : List.of("openshift-3.9", "openshift-3.11")) {
            for (Path file : files(version)) {
                registries.fill(Json.read(Files.readAllBytes(file)));
            }
        }
    }

    @AfterEach
    void stopAll() {
        clusters.forEach(SimulatedCluster::close);
        registries.close();
    }

    @Test
    @DisplayName("server in every captured request")
    void nothingIsLeftOut() throws Exception {
        List<String> listed = Stream.of(PUBLIC_3_9, MAIN_3_9, MOVED_3_9, WITHOUT_WHITELIST_3_9)
                .flatMap(List::stream)
                .toList();
        assertThat(new TreeSet<>(listed)).isEqualTo(names("openshift-3.9"));
        assertThat(new TreeSet<>(ALL_3_11)).isEqualTo(names("openshift-3.11"));
    }

    @TestFactory
    @DisplayName("3.9 without streams")
    Stream<DynamicTest> empty() throws Exception {
        SimulatedCluster cluster = start(like39());
        return replay(cluster, "openshift-3.9", PUBLIC_3_9);
    }

    @TestFactory
    @DisplayName("3.9 with the rhel7 streams")
    Stream<DynamicTest> main() throws Exception {
        SimulatedCluster cluster = start(like39().imageStreams(streams("openshift-3.9")));
        return replay(cluster, "openshift-3.9", MAIN_3_9);
    }

    @TestFactory
    @DisplayName("3.9 whose streams were moved")
    Stream<DynamicTest> moved() throws Exception {
        SimulatedCluster cluster = start(like39().imageStreams(streams("openshift-3.9")));
        moveAll(cluster);
        return replay(cluster, "openshift-3.9", MOVED_3_9);
    }

    @TestFactory
    @DisplayName("3.9 whose whitelist was removed")
    Stream<DynamicTest> withoutWhitelist() throws Exception {
        SimulatedCluster cluster = start(like39().imageStreams(streams("openshift-3.9")));
        moveAll(cluster);
        cluster.state().noWhitelist();
        return replay(cluster, "openshift-3.9", WITHOUT_WHITELIST_3_9);
    }

    @TestFactory
    @DisplayName("3.11 API server without controllers")
    Stream<DynamicTest> all311() throws Exception {
        SimulatedCluster cluster = start(SimulatedCluster.builder()
                .openshift("v3.11.0+0cbc58b")
                .integratedRegistry("")
                .pacing(false)
                .importController(false)
                .imageStreams(streams("openshift-3.11")));
        return replay(cluster, "openshift-3.11", ALL_3_11);
    }

    private SimulatedCluster start(SimulatedCluster.Builder builder) {
        SimulatedCluster cluster = builder.start();
        clusters.add(cluster);
        return cluster;
    }

    private SimulatedCluster.Builder like39() {
        List<ImportableRegistry> whitelist = new ArrayList<>();
        for (String port : List.of("5000", "5001", "5002", "5003")) {
            whitelist.add(new ImportableRegistry(registries.now("127.0.0.1:" + port), true));
        }
        whitelist.add(new ImportableRegistry("registry.corp.invalid", false));
        whitelist.addAll(OpenShiftRules.parse("v3.9.0").defaultWhitelist().orElseThrow());
        return SimulatedCluster.builder()
                .openshift("v3.9.0+191fece")
                .integratedRegistry("")
                .pacing(false)
                .whitelist(whitelist);
    }

    private Stream<DynamicTest> replay(SimulatedCluster cluster, String version, List<String> names) throws Exception {
        Map<String, ClusterClient> identities = Map.of(
                "none", ClusterClient.anonymous(cluster),
                "admin", ClusterClient.login(cluster, "admin"),
                "developer", ClusterClient.login(cluster, "developer"),
                "invalid token", ClusterClient.anonymous(cluster).with("invalid"));
        return names.stream()
                .map(name -> dynamicTest(name, () -> {
                    JsonNode capture =
                            registries.rewritten(CAPTURES.resolve(version).resolve(name + ".json"), cluster);
                    compare(capture, send(capture, identities, cluster));
                }));
    }

    private Answer send(JsonNode capture, Map<String, ClusterClient> identities, SimulatedCluster cluster)
            throws Exception {
        JsonNode request = capture.path("request");
        Map<String, String> headers = new TreeMap<>();
        request.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        headers.computeIfPresent(
                "Authorization",
                (name, value) ->
                        "Basic " + Base64.getEncoder().encodeToString("admin:any".getBytes(StandardCharsets.UTF_8)));
        ClusterClient client = identities.get(request.path("identity").asText("none"));
        String body = request.path("body").isObject() ? current(request.path("body"), cluster) : "";
        return client.send(request.path("method").asText(), request.path("path").asText(), body, headers);
    }

    /** A captured stream carries the versions of its day; those of today stand in for them, unless it is stale. */
    private static String current(JsonNode body, SimulatedCluster cluster) {
        if ("ImageStream".equals(body.path("kind").asText())) {
            ObjectNode metadata = (ObjectNode) body.path("metadata");
            JsonNode stored = cluster.state()
                    .imageStream("openshift", metadata.path("name").asText());
            metadata.set("uid", stored.at("/metadata/uid"));
            if (!"1".equals(metadata.path("resourceVersion").asText())) {
                metadata.set("resourceVersion", stored.at("/metadata/resourceVersion"));
            }
        }
        return body.toString();
    }

    private static void compare(JsonNode capture, Answer answer) {
        JsonNode expected = capture.path("response");
        assertThat(answer.status())
                .as(answer.text())
                .isEqualTo(expected.path("status").asInt());
        expected.path("headers").properties().forEach(header -> assertThat(CaptureNormaliser.text(
                        answer.headers().firstValue(header.getKey()).orElse("absent")))
                .as(header.getKey())
                .isEqualTo(CaptureNormaliser.text(header.getValue().asText())));
        if (expected.path("body").isTextual()) {
            assertThat(answer.text()).isEqualTo(expected.path("body").asText());
        } else {
            assertThat(Json.pretty(CaptureNormaliser.normalise(sorted(answer.json()))))
                    .isEqualTo(Json.pretty(CaptureNormaliser.normalise(sorted(expected.path("body")))));
        }
    }

    /** Fields have no order. */
    private static JsonNode sorted(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            ObjectNode result = Json.object();
            Map<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(entry -> fields.put(entry.getKey(), sorted(entry.getValue())));
            fields.forEach(result::set);
            return result;
        }
        if (tree.isArray()) {
            var result = Json.array();
            tree.forEach(item -> result.add(sorted(item)));
            return result;
        }
        return tree;
    }

    /** Moves every stream to the mirror, as they were when this was recorded. */
    private void moveAll(SimulatedCluster cluster) throws Exception {
        ClusterClient admin = ClusterClient.login(cluster, "admin");
        for (JsonNode stream : cluster.state().imageStreams("openshift")) {
            ObjectNode request = Json.object();
            request.putObject("metadata")
                    .put("name", stream.at("/metadata/name").asText());
            for (JsonNode tag : stream.at("/spec/tags")) {
                if ("DockerImage".equals(tag.at("/from/kind").asText())) {
                    String from = tag.at("/from/name")
                            .asText()
                            .replace("registry.access.redhat.com", registries.now("127.0.0.1:5000"));
                    ClusterClient.alsoImport(request, tag.path("name").asText(), from, true);
                }
            }
            admin.post(ClusterClient.IMPORTS, request);
        }
    }

    private static List<String> inOrder(String names) {
        return List.of(names.strip().split("\\s+"));
    }

    private static JsonNode streams(String version) throws IOException {
        return Json.read(Files.readAllBytes(CAPTURES.resolve(version).resolve("imagestreams-list-fresh.json")))
                .at("/response/body");
    }

    private static List<Path> files(String version) throws IOException {
        try (Stream<Path> files = Files.list(CAPTURES.resolve(version))) {
            return files.sorted().toList();
        }
    }

    private static TreeSet<String> names(String version) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        files(version).forEach(file -> names.add(file.getFileName().toString().replace(".json", "")));
        return names;
    }
}
