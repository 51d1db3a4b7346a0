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
    private static final String NOBODY_LISTENS = "127.0.0.1:1";
    private static final String NOBODY_LISTENS_EITHER = "127.0.0.1:2";

    private static final List<String> PUBLIC_3_9 = List.of(
            "healthz",
            "version",
            "version-openshift",
            "oauth-well-known",
            "oauth-token-no-credentials",
            "oauth-token-basic",
            "user-self-admin",
            "user-self-invalid-token",
            "user-self-unauthenticated",
            "imagestreams-list-empty",
            "pods-all-namespaces");
    private static final List<String> MAIN_3_9 = List.of(
            "imagestreams-list-fresh",
            "imagestreams-list-developer",
            "imagestreams-list-no-such-namespace",
            "imagestreams-list-unauthenticated",
            "imagestream-get",
            "imagestream-get-missing",
            "import-stale-resource-version",
            "import-success",
            "imagestream-get-after-import",
            "import-partial",
            "imagestream-get-after-partial",
            "import-dry-run",
            "import-tls-unknown-authority",
            "import-tls-insecure",
            "import-http-not-marked-insecure",
            "import-unauthorized",
            "import-connection-refused",
            "import-unknown-host",
            "import-whitelisted-host-but-nothing-there",
            "import-not-in-whitelist",
            "import-not-in-whitelist-dry-run",
            "import-not-in-whitelist-reachable",
            "imagestream-get-after-not-in-whitelist",
            "import-bad-reference",
            "import-new-stream",
            "import-developer-forbidden",
            "secret-create-dockerconfigjson",
            "import-authorized-by-secret",
            "replace-not-in-whitelist",
            "replace-stale-resource-version",
            "sar-can-update-imagestreams-admin",
            "sar-can-update-imagestreams-developer",
            "delete-brand-new",
            "imagestreams-list-mixed");
    /** Recorded after all streams had been moved to the mirror and imported. */
    private static final List<String> MOVED_3_9 =
            List.of("import-oci-manifest", "import-by-digest", "import-seven-tags-in-one-request");

    private static final List<String> WITHOUT_WHITELIST_3_9 = List.of("import-whitelist-null");
    private static final List<String> ALL_3_11 = List.of(
            "version",
            "version-openshift",
            "user-self-admin",
            "imagestreams-list-fresh",
            "imagestream-get",
            "import-stale-resource-version",
            "import-dry-run",
            "import-developer-forbidden",
            "import-success",
            "imagestream-get-after-import",
            "import-policy-source-over-local",
            "imagestream-get-after-policy",
            "import-partial",
            "import-tls-unknown-authority",
            "import-http-not-marked-insecure",
            "import-unauthorized",
            "import-connection-refused",
            "import-unknown-host",
            "import-oci-manifest",
            "import-any-registry-no-whitelist");

    private final Map<String, String> rewrites = new TreeMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    static boolean hasCaptures() {
        return Files.isDirectory(CAPTURES.resolve("openshift-3.9"))
                && Files.isDirectory(CAPTURES.resolve("openshift-3.11"));
    }

    @BeforeEach
    void startRegistries() throws Exception {
        Map<String, RegistryFixture> registries = Map.of(
                "127.0.0.1:5000", RegistryFixture.http(),
                "127.0.0.1:5001", RegistryFixture.https(),
                "127.0.0.1:5002", RegistryFixture.http().protectedBy("mirror:s3cr3t"),
                "127.0.0.1:5004", RegistryFixture.http());
        registries.forEach((name, registry) -> {
            rewrites.put(name, registry.host());
            open.add(registry);
        });
        rewrites.put("127.0.0.1:5003", NOBODY_LISTENS);
        rewrites.put("127.0.0.1:5009", NOBODY_LISTENS_EITHER);
        for (String version : List.of("openshift-3.9", "openshift-3.11")) {
            for (Path file : files(version)) {
                fill(registries, Json.read(Files.readAllBytes(file)));
            }
        }
        registries.get("127.0.0.1:5000").push("oci/redis", "1", RegistryFixture.OCI);
    }

    @AfterEach
    void stopAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
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
        open.add(0, cluster);
        return cluster;
    }

    private SimulatedCluster.Builder like39() {
        List<AllowedRegistry> whitelist = new ArrayList<>();
        for (String port : List.of("5000", "5001", "5002", "5003")) {
            whitelist.add(new AllowedRegistry(rewrites.get("127.0.0.1:" + port), true));
        }
        whitelist.add(new AllowedRegistry("registry.corp.invalid", false));
        whitelist.addAll(OpenShiftVersion.parse("v3.9.0").defaultWhitelist().orElseThrow());
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
                    JsonNode capture = Json.read(rewritten(version, name, cluster));
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

    private byte[] rewritten(String version, String name, SimulatedCluster cluster) throws IOException {
        String text = Files.readString(CAPTURES.resolve(version).resolve(name + ".json"));
        String secret = Json.read(text.getBytes(StandardCharsets.UTF_8))
                .at("/request/body/data/.dockerconfigjson")
                .asText();
        if (!secret.isEmpty()) {
            String decoded = new String(Base64.getDecoder().decode(secret), StandardCharsets.UTF_8);
            byte[] moved = rewrite(decoded).getBytes(StandardCharsets.UTF_8);
            text = text.replace(secret, Base64.getEncoder().encodeToString(moved));
        }
        text = text.replace("https://127.0.0.1:8443", cluster.url().toString());
        return rewrite(text).getBytes(StandardCharsets.UTF_8);
    }

    private String rewrite(String text) {
        String result = text;
        for (Map.Entry<String, String> rewrite : rewrites.entrySet()) {
            result = result.replace(rewrite.getKey(), rewrite.getValue());
        }
        return result;
    }

    /** Gives the registries what the real ones had: everything that a captured answer says was found. */
    private void fill(Map<String, RegistryFixture> registries, JsonNode capture) {
        JsonNode images = capture.at("/response/body/status/images");
        for (int i = 0; i < images.size(); i++) {
            String from =
                    capture.at("/request/body/spec/images/" + i + "/from/name").asText();
            RegistryFixture registry = registries.get(from.replaceFirst("/.*", ""));
            if (images.path(i).has("image") && registry != null) {
                String path = from.substring(from.indexOf('/') + 1);
                String repository = path.replaceFirst("[:@].*", "");
                String tag = path.contains("@") || !path.contains(":") ? "latest" : path.replaceFirst(".*:", "");
                rewrites.put(images.at("/" + i + "/image/metadata/name").asText(), registry.push(repository, tag));
            }
        }
        List<JsonNode> tags = new ArrayList<>();
        capture.at("/response/body/status/import/status/tags").forEach(tags::add);
        capture.at("/response/body/items")
                .forEach(stream -> stream.at("/status/tags").forEach(tags::add));
        for (JsonNode tag : tags) {
            for (JsonNode item : tag.path("items")) {
                String from = item.path("dockerImageReference").asText();
                String path = from.substring(from.indexOf('/') + 1);
                RegistryFixture registry = registries.get(from.replaceFirst("/.*", ""));
                if (registry != null && !rewrites.containsKey(item.path("image").asText())) {
                    rewrites.put(item.path("image").asText(), registry.push(path.replaceFirst("@.*", ""), "latest"));
                }
            }
        }
    }

    /** Moves every stream to the mirror, as the recording session had done. */
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
                            .replace("registry.access.redhat.com", rewrites.get("127.0.0.1:5000"));
                    ClusterClient.alsoImport(request, tag.path("name").asText(), from, true);
                }
            }
            admin.post(ClusterClient.IMPORTS, request);
        }
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
