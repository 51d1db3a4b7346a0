package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.ClusterClient.Answer;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Holds the simulated samples operator to what the real one of 4.19 was seen to do: each captured state is reached by the
 * requests and restarts that its note tells of, and then compared in what it means.
 */
@DisplayName("The simulated samples operator does what the real one did")
@EnabledIf("hasCaptures")
class SamplesContractTest {

    private static final Path CAPTURES = Path.of("..", "shared", "captures", "samples-4.19");
    private static final Path ASSETS =
            Path.of("..", "shared", "imagestreams", "openshift-4", "samples-operator-4.19-imagestreams.json");
    private static final String CONFIG = "/apis/samples.operator.openshift.io/v1/configs/cluster";
    private static final String IMAGE_CONFIG = "/apis/config.openshift.io/v1/images/cluster";
    private static final String PROXY = "/apis/config.openshift.io/v1/proxies/cluster";
    private static final String PUBLIC = ", \"registry.redhat.io\", \"registry.access.redhat.com\"";
    private static final Duration RESYNC = Duration.ofMinutes(10);

    /** No evidence: a rewriting was under way; and what is no exchange. */
    private static final String IGNORED = "invalid-blockedRegistries-.*|.*[.]txt";

    /** Recorded while the operator was still writing failures down, or after more rounds of retries than here. */
    private static final String FEWER_FAILURES =
            "(managed-disconnected|samplesRegistry-http-not-insecure|unmanaged-upgraded-managed|valid-again)-configmaps";

    /** Recorded before the last retries, which depend on when exactly the operator looks; here they are done. */
    private static final String MORE_FAILURES = "(unmanaged-upgraded|plugin-half-missing|skipped"
            + "|invalid-allowedRegistriesForImport-.*)-configmaps|imagestreams-plugin-half-missing";

    /** Recorded before the import that followed. */
    private static final String NOT_IMPORTED = "perl-after-replace-without-annotation|redis-after-delete";

    private interface Change {
        void make() throws Exception;
    }

    private final SimulatedRegistry all = SimulatedRegistry.start();
    private final SimulatedRegistry half = SimulatedRegistry.start();
    private final SimulatedRegistry below = SimulatedRegistry.start();
    private final List<DynamicTest> steps = new ArrayList<>();
    private final TreeSet<String> compared = new TreeSet<>();
    private JsonNode assets = Json.object();
    private SimulatedCluster cluster;
    private ClusterClient admin;

    static boolean hasCaptures() {
        return Files.isDirectory(CAPTURES) && Files.exists(ASSETS);
    }

    @AfterEach
    void stop() {
        cluster.close();
        List.of(all, half, below).forEach(SimulatedRegistry::close);
    }

    @TestFactory
    @DisplayName("in each captured state")
    Stream<DynamicTest> everyState() throws Exception {
        assets = Json.read(Files.readAllBytes(ASSETS));
        mirror();
        firstStarts();
        managed();
        names();
        skippedAndInvalid();
        unmanagedAndRetried();
        removedAndUpgraded();
        steps.add(dynamicTest("that is all of them", () -> assertThat(compared).isEqualTo(captures())));
        return steps.stream();
    }

    private void firstStarts() {
        change("start without Internet, and without an import controller", () -> restart(false));
        same("config-before-operator clusteroperator-before-operator bootstrap-waiting-config"
                + " bootstrap-waiting-clusteroperator bootstrap-waiting-configmaps");
        change("reach the Internet by a proxy", this::proxy);
        state("managed-first-no-import-controller", "managed-first");
        same("imagestreamtag-to-image");
        change("start without Internet", () -> restart(true));
        change("wait 5 minutes", () -> advance(Duration.ofMinutes(5)));
        state("bootstrap-removed");
        same("imagestreamtag-to-image-bootstrap-removed");
        change("manage", () -> configure("\"managementState\": \"Managed\", \"samplesRegistry\": \"127.0.0.1:4500\""));
        state(
                "bootstrap-removed-then-managed-with-samplesRegistry",
                "bootstrap-removed-then-managed-with-samplesRegistry");
        change("skip everything, and move it", () -> {
            configure("\"samplesRegistry\": \"\"");
            configure("\"skippedImagestreams\": " + everyName());
            move("127.0.0.1:4500");
        });
        state("all-skipped-plugin-moved");
        change("next release", () -> upgrade("4.19.1"));
        state("all-skipped-upgraded", "all-skipped-upgraded");
        post("import-not-found-over-skipped-stream");
        state("skipped-import-failed");
        change("skip nothing, then nobody manages; moved; next release", () -> {
            configure("\"skippedImagestreams\": []");
            configure("\"managementState\": \"Unmanaged\"");
            move("127.0.0.1:4500");
            upgrade("4.19.2");
        });
        state("unmanaged-upgraded");
        change("manage", () -> configure("\"managementState\": \"Managed\""));
        state("unmanaged-upgraded-managed", "unmanaged-upgraded-managed");
    }

    private void managed() {
        change("start by a proxy that reaches no registry", () -> {
            restart(true);
            proxy();
        });
        state("managed-disconnected", "managed-disconnected");
        same("httpd-managed-disconnected configmap-httpd-import-errors");
        change("stand in for the public registries", () -> {
            publicMirror();
            recreate();
        });
        state("managed-imported", "managed-imported");
        same("httpd-before-import");
        post("import-over-managed-stream");
        same("httpd-5s-after-import");
        post("replace-with-annotation");
        same("ruby-8s-after-replace-with-annotation");
        post("replace-without-annotation");
        same("perl-after-replace-without-annotation");
        post("delete-stream");
        same("redis-after-delete");
    }

    private void names() {
        change("make a stream anew; set samplesRegistry", () -> {
            expect(200, admin.send("DELETE", ClusterClient.STREAMS + "/perl", "", Map.of()));
            configure("\"samplesRegistry\": \"127.0.0.1:4500\"");
        });
        state("samplesRegistry-set", "samplesRegistry-set");
        same("imagestreamtag-to-image-samplesRegistry-set");
        change("back, then moved by imports", () -> {
            configure("\"samplesRegistry\": \"\", \"skippedImagestreams\": []");
            recreate();
            move("127.0.0.1:4500");
        });
        state("plugin-moved", "plugin-moved");
        change("restart", this::restartOperator);
        state("plugin-moved-operator-restarted", "plugin-moved-operator-restarted");
        change("public again, restart, moved to a registry that lacks half", () -> {
            recreate();
            restartOperator();
            move("127.0.0.1:4510");
        });
        state("plugin-half-missing", "plugin-half-missing");
    }

    private void skippedAndInvalid() {
        change("skip two", () -> configure("\"skippedImagestreams\": [\"golang\", \"redis\"]"));
        state("skipped");
        same("golang-skipped");
        post("replace-skipped-without-annotation");
        same("golang-skipped-after-replace");
        post("delete-skipped");
        same("redis-skipped-after-delete");
        change("skip none", () -> configure("\"skippedImagestreams\": []"));
        same("golang-unskipped");
        change("allow imports from the company only", () -> {
            imageConfig("\"allowedRegistriesForImport\": [{\"domainName\": \"127.0.0.1:4500\"}]");
            touch();
        });
        state("invalid-allowedRegistriesForImport-default-registry");
        change("allow others only", () -> {
            imageConfig("\"allowedRegistriesForImport\": [{\"domainName\": \"registry.redhat.io\"}]");
            configure("\"samplesRegistry\": \"127.0.0.1:4500\"");
        });
        state("invalid-allowedRegistriesForImport-other");
        change("allow a host, name a path", () -> {
            imageConfig("\"allowedRegistriesForImport\": [{\"domainName\": \"127.0.0.1:4511\"}]");
            configure("\"samplesRegistry\": \"127.0.0.1:4511/redhat\"");
        });
        state("invalid-allowedRegistriesForImport-path");
        change("allow everything", () -> {
            imageConfig("\"allowedRegistriesForImport\": null");
            configure("\"samplesRegistry\": \"\"");
        });
        state("valid-again");
        change("change samplesRegistry and take it back", () -> {
            recreate();
            cluster.samplesOperator().holdStatus(true);
            patch(CONFIG, "\"samplesRegistry\": \"127.0.0.1:4511/redhat\"");
            while (!noneIsPublic()) {
                Thread.onSpinWait();
            }
            patch(CONFIG, "\"samplesRegistry\": \"\"");
            cluster.samplesOperator().holdStatus(false);
            cluster.samplesOperator().settle();
        });
        state("samplesRegistry-changed-back-too-soon", "samplesRegistry-changed-back-too-soon");
    }

    private void unmanagedAndRetried() {
        change("nobody manages", () -> configure("\"managementState\": \"Unmanaged\""));
        state("unmanaged");
        change("move", () -> move("127.0.0.1:4500"));
        state("unmanaged-plugin-moved");
        post("delete-stream-unmanaged");
        change("set samplesRegistry", () -> configure("\"samplesRegistry\": \"127.0.0.1:4511/redhat\""));
        state("unmanaged-samplesRegistry-set");
        change("replace one without its annotation; manage", () -> {
            unmark("perl");
            configure("\"managementState\": \"Managed\", \"samplesRegistry\": \"\"");
        });
        state("managed-again-after-unmanaged", "managed-again-after-unmanaged");
        change("allow nodes the company only", () -> {
            imageConfig("\"registrySources\": {\"allowedRegistries\": [\"127.0.0.1:4500\"]}");
            touch();
        });
        state("invalid-allowedRegistries-default-registry");
        change("allow nodes a host, name a path", () -> {
            imageConfig("\"registrySources\": {\"allowedRegistries\": [\"127.0.0.1:4511\"]}");
            configure("\"samplesRegistry\": \"127.0.0.1:4511/redhat\"");
        });
        state("invalid-allowedRegistries-path");
        change("allow everything; 10 minutes later", () -> {
            imageConfig("\"registrySources\": {\"allowedRegistries\": null}");
            configure("\"samplesRegistry\": \"\"");
            advance(RESYNC);
        });
        state("plugin-moved-after-resync", "plugin-moved-after-resync");
        change("samplesRegistry lacks half", () -> configure("\"samplesRegistry\": \"127.0.0.1:4510\""));
        state("samplesRegistry-half-missing", "samplesRegistry-half-missing");
        same("configmap-dotnet-half-missing");
        change("mirror the rest, restart", () -> {
            mirrorRest();
            restartOperator();
        });
        same("samplesRegistry-mirrored-operator-restarted-config samplesRegistry-mirrored-operator-restarted-configmaps"
                + " samplesRegistry-mirrored-operator-restarted-clusteroperator dotnet-retried-by-operator"
                + " jenkins-agent-base-retried");
    }

    private void removedAndUpgraded() {
        change("remove", () -> {
            configure("\"samplesRegistry\": \"127.0.0.1:4500\"");
            configure("\"managementState\": \"Removed\"");
        });
        state("removed", "removed");
        change("manage", () -> configure("\"managementState\": \"Managed\""));
        state("managed-again-after-removed");
        change("moved by imports; next release", () -> {
            configure("\"samplesRegistry\": \"\"");
            move("127.0.0.1:4500");
            upgrade("4.19.1");
        });
        state("upgraded-after-plugin-moved", "upgraded-after-plugin-moved");
        change("name a path", () -> configure("\"samplesRegistry\": \"127.0.0.1:4511/redhat\""));
        state("samplesRegistry-path", "samplesRegistry-path");
        change("name a registry by HTTP that is not insecure", () -> {
            imageConfig("\"registrySources\": null");
            configure("\"samplesRegistry\": \"127.0.0.1:4500\"");
        });
        state("samplesRegistry-http-not-insecure", "samplesRegistry-http-not-insecure");
        same("configmap-httpd-http-not-insecure");
        change("make it insecure; again; next release", () -> {
            insecure(PUBLIC);
            configure("\"samplesRegistry\": \"127.0.0.1:4511/redhat\"");
            configure("\"samplesRegistry\": \"127.0.0.1:4500\"");
            upgrade("4.19.2");
        });
        state("upgraded-with-samplesRegistry", "upgraded-with-samplesRegistry");
    }

    // What the recorder did.

    private void restart(boolean importController) throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        cluster = SimulatedCluster.builder()
                .openshift("4.19.0")
                .pacing(false)
                .importController(importController)
                .samplesAtFirstStart(assets)
                .start();
        cluster.samplesOperator().statusDelay(Duration.ZERO);
        admin = ClusterClient.anonymous(cluster).with(cluster.token("kube:admin"));
        insecure("");
        cluster.samplesOperator().settle();
    }

    private void insecure(String others) throws Exception {
        imageConfig("\"registrySources\": {\"insecureRegistries\": [\"127.0.0.1:4500\", \"127.0.0.1:4510\","
                + " \"127.0.0.1:4511\"" + others + "]}");
    }

    private void proxy() throws Exception {
        ObjectNode proxy = (ObjectNode) admin.get(PROXY).json();
        Json.child(proxy, "status").put("httpProxy", "http://proxy.corp.example:3128");
        expect(200, admin.put(PROXY, proxy));
        restartOperator();
    }

    private void restartOperator() throws Exception {
        cluster.samplesOperator().restart();
        cluster.samplesOperator().settle();
    }

    private void upgrade(String release) throws Exception {
        cluster.samplesOperator().upgrade(release);
        cluster.samplesOperator().settle();
    }

    private void advance(Duration time) throws Exception {
        cluster.samplesOperator().advance(time);
        cluster.samplesOperator().settle();
    }

    private void configure(String spec) throws Exception {
        patch(CONFIG, spec);
        cluster.samplesOperator().settle();
    }

    private void touch() throws Exception {
        expect(200, admin.send("PATCH", CONFIG, "{\"metadata\": {\"annotations\": {\"touched\": \"now\"}}}", MERGE));
        cluster.samplesOperator().settle();
    }

    private static final Map<String, String> MERGE = Map.of("Content-Type", "application/merge-patch+json");

    private void imageConfig(String spec) throws Exception {
        patch(IMAGE_CONFIG, spec);
    }

    private void patch(String path, String spec) throws Exception {
        expect(200, admin.send("PATCH", path, now("{\"spec\": {" + spec + "}}"), MERGE));
    }

    private void publicMirror() throws Exception {
        insecure(PUBLIC);
        ObjectNode set = Json.object();
        set.putObject("metadata").put("name", "public");
        for (String host : List.of("registry.redhat.io", "registry.access.redhat.com")) {
            ObjectNode mirror =
                    Json.children(Json.child(set, "spec"), "imageTagMirrors").addObject();
            mirror.put("source", host).putArray("mirrors").add(all.host());
        }
        expect(201, admin.post("/apis/config.openshift.io/v1/imagetagmirrorsets", set));
    }

    private void recreate() throws Exception {
        for (JsonNode stream : cluster.state().imageStreams("openshift")) {
            admin.send("DELETE", ClusterClient.STREAMS + "/" + SampleStreams.name(stream), "", Map.of());
        }
        cluster.samplesOperator().settle();
    }

    private void move(String host) throws Exception {
        for (JsonNode stream : cluster.state().imageStreams("openshift")) {
            ObjectNode request = Json.object();
            request.putObject("metadata").put("name", SampleStreams.name(stream));
            stream.at("/spec/tags").forEach(tag -> {
                if ("DockerImage".equals(tag.at("/from/kind").asText())) {
                    String path = tag.at("/from/name").asText().replaceFirst("^[^/]+/(redhat/)?", "");
                    ClusterClient.alsoImport(request, tag.path("name").asText(), now(host) + "/" + path, true);
                    JsonNode images = request.at("/spec/images");
                    ((ObjectNode) images.path(images.size() - 1).path("importPolicy"))
                            .put("scheduled", tag.at("/importPolicy/scheduled").asBoolean());
                }
            });
            expect(201, admin.post(ClusterClient.IMPORTS, request));
        }
        cluster.samplesOperator().settle();
    }

    private void unmark(String name) throws Exception {
        ObjectNode stream =
                (ObjectNode) admin.get(ClusterClient.STREAMS + "/" + name).json();
        Json.child(stream, "metadata").remove(List.of("annotations", "labels"));
        expect(200, admin.put(ClusterClient.STREAMS + "/" + name, stream));
        cluster.samplesOperator().settle();
    }

    private String everyName() {
        List<String> names = new ArrayList<>();
        Json.objects(assets, "items").forEach(asset -> names.add('"' + SampleStreams.name(asset) + '"'));
        return new TreeSet<>(names).toString();
    }

    private boolean noneIsPublic() {
        return cluster.state().imageStreams("openshift").stream()
                .allMatch(stream -> !stream.toString().contains("\"registry."));
    }

    private static void expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    // The registries behind it.

    private void mirror() throws IOException {
        TreeSet<String> missing = missing();
        for (JsonNode from : assets.findValues("from")) {
            if ("DockerImage".equals(from.path("kind").asText())) {
                String name = from.path("name").asText().replaceFirst("^[^/]+/", "");
                TinyImage image = TinyImage.named(name.replaceFirst(":.*", ""));
                all.put(name, image);
                below.put("redhat/" + name, image);
                if (!missing.contains(name)) {
                    half.put(name, image);
                }
            }
        }
    }

    private void mirrorRest() throws IOException {
        missing().forEach(name -> half.put(name, TinyImage.named(name.replaceFirst(":.*", ""))));
    }

    /** What the registry with half of the images lacked, as the failed tags of a capture tell. */
    private static TreeSet<String> missing() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (ObjectNode stream : Json.objects(body("imagestreams-samplesRegistry-half-missing"), "items")) {
            SampleStreams.failures(stream)
                    .keySet()
                    .forEach(tag -> names.add(Json.find(stream.path("spec"), "tags", "name", tag)
                            .orElseThrow()
                            .at("/from/name")
                            .asText()
                            .replaceFirst("^[^/]+/", "")));
        }
        return names;
    }

    private String now(String text) {
        return text.replace("127.0.0.1:4500", all.host())
                .replace("127.0.0.1:4510", half.host())
                .replace("127.0.0.1:4511", below.host());
    }

    // Comparing.

    private void change(String what, Change change) {
        steps.add(dynamicTest("(" + what + ")", change::make));
    }

    /** The three files of a state, and perhaps the list of streams. */
    private void state(String name, String... lists) {
        same(name + "-config " + name + "-clusteroperator " + name + "-configmaps");
        List.of(lists).forEach(list -> same("imagestreams-" + list));
    }

    private void same(String names) {
        for (String name : names.split("\\s+")) {
            compared.add(name);
            steps.add(dynamicTest(name, () -> {
                JsonNode capture = Json.read(now(Files.readString(file(name))).getBytes(StandardCharsets.UTF_8));
                Answer answer = admin.get(capture.at("/request/path").asText());
                assertThat(answer.status())
                        .isEqualTo(capture.at("/response/status").asInt());
                agree(name, answer.json(), capture.at("/response/body"));
            }));
        }
    }

    /** A captured request that changes something. */
    private void post(String name) {
        compared.add(name);
        steps.add(dynamicTest(name, () -> {
            JsonNode capture = Json.read(now(Files.readString(file(name))).getBytes(StandardCharsets.UTF_8));
            JsonNode request = capture.path("request");
            String body = "";
            if (request.path("body") instanceof ObjectNode submitted) {
                if (submitted.path("metadata").has("resourceVersion")) {
                    JsonNode stored = cluster.state().imageStream("openshift", SampleStreams.name(submitted));
                    Json.child(submitted, "metadata").set("resourceVersion", stored.at("/metadata/resourceVersion"));
                    Json.child(submitted, "metadata").set("uid", stored.at("/metadata/uid"));
                }
                body = submitted.toString();
            }
            Answer answer = admin.send(
                    request.path("method").asText(), request.path("path").asText(), body, Map.of());
            expect(capture.at("/response/status").asInt(), answer);
            agree(name, answer.json(), capture.at("/response/body"));
            cluster.samplesOperator().settle();
        }));
    }

    private static void agree(String name, JsonNode ours, JsonNode theirs) {
        if (name.matches(FEWER_FAILURES)) {
            assertThat(facts(meaning(name, ours))).containsAll(facts(meaning(name, theirs)));
        } else if (name.matches(MORE_FAILURES)) {
            assertThat(facts(meaning(name, theirs))).containsAll(facts(meaning(name, ours)));
        } else {
            assertThat(meaning(name, ours)).isEqualTo(meaning(name, theirs));
        }
    }

    /** The single facts of a list: stream by stream and tag by tag, success aside. */
    private static TreeSet<String> facts(Object meaning) {
        TreeSet<String> facts = new TreeSet<>();
        ((Map<?, ?>) meaning).forEach((name, content) -> {
            if (content instanceof Map<?, ?> map) {
                map.forEach((key, value) -> {
                    facts.add(name + " " + key + " " + value.toString().replace(" failed", ""));
                    if (value.toString().endsWith(" failed")) {
                        facts.add(name + " " + key + " failed");
                    }
                });
            } else {
                ((TreeSet<?>) content).forEach(key -> facts.add(name + " " + key));
            }
        });
        return facts;
    }

    private static Object meaning(String name, JsonNode body) {
        return switch (body.path("kind").asText()) {
            case "Config" -> config(body);
            case "ClusterOperator" -> conditions(body);
            case "ConfigMapList" -> configMaps(body);
            case "ConfigMap" -> data(body);
            case "ImageStreamList" -> streams(body);
            case "ImageStream" -> name.matches(NOT_IMPORTED) ? spec(body) : stream(body);
            case "ImageStreamImport" ->
                body.at("/status/images").findValuesAsText("status").toString();
            default -> text(body.path("message").asText() + body.path("status").asText());
        };
    }

    private static Map<String, String> data(JsonNode map) {
        Map<String, String> data = new TreeMap<>();
        map.path("data")
                .properties()
                .forEach(entry -> data.put(entry.getKey(), text(entry.getValue().asText())));
        return data;
    }

    private static Map<String, Object> config(JsonNode config) {
        Map<String, Object> meaning = conditions(config);
        ObjectNode spec = config.path("spec").deepCopy();
        for (String empty : List.of("samplesRegistry", "skippedImagestreams")) {
            if (spec.path(empty).asText().isEmpty() && spec.path(empty).isEmpty()) {
                spec.remove(empty);
            }
        }
        spec.properties().forEach(entry -> meaning.put("spec." + entry.getKey(), entry.getValue()));
        for (String field : List.of("managementState", "samplesRegistry", "skippedImagestreams", "version")) {
            meaning.put(field, config.path("status").path(field));
        }
        return meaning;
    }

    private static Map<String, Object> conditions(JsonNode object) {
        Map<String, Object> meaning = new TreeMap<>();
        for (JsonNode condition : object.at("/status/conditions")) {
            // Which streams failed is told by the ConfigMaps, and a little later here.
            meaning.put(
                    condition.path("type").asText(),
                    condition.path("status").asText() + " "
                            + condition.path("reason").asText() + " "
                            + condition.path("message").asText().replaceFirst(" for these imagestreams.*", ""));
        }
        return meaning;
    }

    private static Map<String, Object> configMaps(JsonNode list) {
        Map<String, Object> meaning = new TreeMap<>();
        for (JsonNode map : list.path("items")) {
            TreeSet<String> keys = new TreeSet<>();
            map.path("data").fieldNames().forEachRemaining(keys::add);
            if (!keys.isEmpty()) {
                meaning.put(SampleStreams.name(map), keys);
            }
        }
        return meaning;
    }

    private static Map<String, Object> streams(JsonNode list) {
        Map<String, Object> meaning = new TreeMap<>();
        for (JsonNode stream : list.path("items")) {
            meaning.put(SampleStreams.name(stream), stream(stream));
        }
        return meaning;
    }

    /** Names, marks, and where each tag's image came from. */
    private static Map<String, String> stream(JsonNode stream) {
        Map<String, String> meaning = new TreeMap<>();
        meaning.put(
                "managed",
                stream.at("/metadata/labels").path(SampleStreams.MANAGED).asText());
        meaning.put(
                "release",
                stream.at("/metadata/annotations").path(SampleStreams.VERSION).asText());
        for (JsonNode tag : stream.at("/spec/tags")) {
            meaning.put(
                    "spec " + tag.path("name").asText(),
                    tag.at("/from/name").asText() + " " + tag.path("importPolicy"));
        }
        for (JsonNode tag : stream.at("/status/tags")) {
            boolean failed = !tag.path("conditions").isEmpty();
            meaning.put(
                    "status " + tag.path("tag").asText(),
                    tag.at("/items/0/dockerImageReference").asText().replaceFirst("@.*", "")
                            + (failed ? " failed" : ""));
        }
        return meaning;
    }

    private static Map<String, String> spec(JsonNode stream) {
        Map<String, String> meaning = stream(stream);
        meaning.keySet().removeIf(key -> key.startsWith("status "));
        return meaning;
    }

    private static String text(String text) {
        return text.replaceAll("on (<DNS>|[0-9.]+):53", "on DNS");
    }

    private static Path file(String name) {
        return CAPTURES.resolve(name + ".json");
    }

    private static JsonNode body(String name) throws IOException {
        return Json.read(Files.readAllBytes(file(name))).at("/response/body");
    }

    private static TreeSet<String> captures() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(CAPTURES)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.matches(IGNORED))
                    .forEach(file -> names.add(file.replace(".json", "")));
        }
        return names;
    }
}
