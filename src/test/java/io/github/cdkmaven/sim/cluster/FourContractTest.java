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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Holds the simulation to what a real OpenShift 4.19 answered: every captured request is sent again, in the order in which
 * it was recorded, and the whole answer is compared. What the recorder changed in between is changed by requests.
 */
@DisplayName("The simulated OpenShift 4 answers like a real one")
@EnabledIf("hasCaptures")
class FourContractTest {

    private static final Path CAPTURES = Path.of("..", "shared", "captures", "openshift-4.19");
    private static final String IMAGE_CONFIG = "/apis/config.openshift.io/v1/images/cluster";
    private static final String SECRETS = "/api/v1/namespaces/openshift/secrets";
    private static final String PERL = ClusterClient.STREAMS + "/perl";
    private static final String MINE = "/apis/image.openshift.io/v1/namespaces/myproject/";

    private interface Change {
        void make() throws Exception;
    }

    private final List<DynamicTest> steps = new ArrayList<>();
    private final TreeSet<String> sent = new TreeSet<>();
    private FourRegistries registries;
    private SimulatedCluster cluster;
    private Map<String, ClusterClient> identities = Map.of();
    private ClusterClient admin;

    static boolean hasCaptures() {
        return Files.isDirectory(CAPTURES);
    }

    @AfterEach
    void stop() {
        cluster.close();
        registries.close();
    }

    @TestFactory
    @DisplayName("to each captured request")
    Stream<DynamicTest> replay() throws Exception {
        start();
        same("""
                healthz readyz version version-openshift version-openshift-admin oapi-v1 oauth-well-known api-groups
                image-api-resources user-self-admin user-self-certificate user-self-developer user-self-invalid-token
                user-self-unauthenticated selfsubjectreview sar-unauthenticated
                sar-create-imagestreamimports-myproject-admin sar-create-imagestreamimports-myproject-developer
                sar-create-imagestreamimports-myproject-editor sar-create-imagestreamimports-openshift-admin
                sar-create-imagestreamimports-openshift-developer sar-create-imagestreamimports-openshift-editor
                sar-update-imagestreams-openshift-admin sar-update-imagestreams-openshift-developer
                sar-update-imagestreams-openshift-editor pods-all-namespaces pods-all-namespaces-developer clusterversion
                clusterversion-developer image-config-empty image-config-developer imagestreams-list-fresh
                imagestreams-list-developer imagestreams-list-limit-2 imagestreams-list-empty
                imagestreams-list-no-such-namespace imagestreams-list-unauthenticated imagestream-get-sample
                imagestream-get-payload imagestream-get-missing import-bad-reference import-developer-forbidden
                import-invalid-token import-unauthenticated import-no-images
                import-dry-run import-success import-again-unchanged import-policy-source-over-local
                imagestream-get-after-import import-stale-resource-version import-partial imagestream-get-after-partial
                import-not-found-tag import-http-not-marked-insecure import-tls-unknown-authority import-tls-insecure
                import-unauthorized import-connection-refused import-connection-refused-secure import-unknown-host
                import-source-unreachable import-new-stream
                """);
        same("""
                import-schema2-legacy import-oci-manifest-legacy import-oci-index-legacy import-manifest-list-legacy
                import-list-without-amd64-legacy import-oci-index-with-attestation-legacy
                import-oci-manifest-without-mediatype-legacy import-oci-index-without-mediatype-legacy
                import-schema2-preserve import-oci-manifest-preserve import-oci-index-preserve
                import-manifest-list-preserve import-list-without-amd64-preserve
                import-oci-index-with-attestation-preserve import-oci-manifest-without-mediatype-preserve
                import-oci-index-without-mediatype-preserve import-manifest-list-no-mode import-by-digest-schema2
                import-by-digest-schema2-preserve import-by-digest-oci-manifest import-by-digest-oci-manifest-preserve
                import-by-digest-oci-index import-by-digest-oci-index-preserve import-by-digest-manifest-list
                import-by-digest-manifest-list-preserve import-tag-and-digest import-scheduled-by-digest
                imagestream-get-forms imagestreamtag-manifest-list-preserve import-seven-tags-in-one-request
                import-pacing-1 import-pacing-2 import-pacing-3 import-pacing-4 import-pacing-5
                import-pacing-list-preserve-3
                """);
        change("block registries", () -> imageConfig("""
                {"registrySources": {"blockedRegistries": ["registry.redhat.io", "127.0.0.1:4500"]}}"""));
        same("""
                image-config-blocked import-blocked-registry-dry-run import-blocked-registry
                import-blocked-registry-and-another
                """);
        change("allow the nodes one registry", () -> imageConfig("""
                {"registrySources": {"blockedRegistries": null, "allowedRegistries": ["quay.io"]}}"""));
        same("import-not-in-allowedRegistries");
        change("make a registry insecure", () -> imageConfig("""
                {"registrySources": {"allowedRegistries": null, "insecureRegistries": ["127.0.0.1:4500"]}}"""));
        same("import-http-in-insecureRegistries imagestream-get-after-insecureRegistries");
        change("allow imports from one registry, not rolled out", () -> imageConfig("""
                {"registrySources": null, "allowedRegistriesForImport": [{"domainName": "quay.io"}]}"""));
        same("import-allowedRegistriesForImport-in-image-config-only secret-create-dockerconfigjson"
                + " import-authorized-by-secret");
        change("spoil the password", () -> expect(200, admin.put(SECRETS + "/lab-registry", secret("importer:wrong"))));
        same("import-wrong-password");
        change("trust the registry's CA", this::trustCa);
        same("import-additional-trusted-ca");
        mirrors("icsp", "operator.openshift.io/v1alpha1/imagecontentsourcepolicies", "repositoryDigestMirrors", "4501");
        mirrors("idms", "config.openshift.io/v1/imagedigestmirrorsets", "imageDigestMirrors", "4501");
        mirrors(
                "idms-never-contact-source",
                "config.openshift.io/v1/imagedigestmirrorsets",
                "imageDigestMirrors",
                "4501");
        mirrors("itms", "config.openshift.io/v1/imagetagmirrorsets", "imageTagMirrors", "4501");
        mirrors("itms-never-contact-source", "config.openshift.io/v1/imagetagmirrorsets", "imageTagMirrors", "4501");
        mirrors("itms-plain-http-mirror", "config.openshift.io/v1/imagetagmirrorsets", "imageTagMirrors", "4500");
        same("imagestream-get-mirrors");
        change("give the nodes a login", this::logNodesIn);
        same("import-authorized-by-node-credentials");
        change("allow imports from two registries", () -> {
            imageConfig("""
                    {"allowedRegistriesForImport": [
                      {"domainName": "registry.redhat.io"}, {"domainName": "127.0.0.1:4500", "insecure": true}]}""");
            cluster.rollOutImageConfig();
        });
        same("""
                import-not-in-allowedRegistriesForImport-admin import-not-in-allowedRegistriesForImport-editor
                import-in-allowedRegistriesForImport-editor replace-not-in-allowedRegistriesForImport-admin
                replace-not-in-allowedRegistriesForImport-certificate
                """);
        change("allow everything again, with fresh streams", this::startAnew);
        same("""
                import-oci-index-without-its-amd64-child import-sparse-list-legacy import-sparse-list-preserve
                import-sparse-oci-index-legacy import-sparse-oci-index-preserve import-oci-artifact-helm
                import-oci-artifact-empty-config import-repository
                """);
        change("put a moved tag back", this::putBack);
        same("import-after-operator-put-it-back");
        change("mirror a stream's registry", this::mirrorAStream);
        same("import-not-found-in-mirror-and-source");
        steps.add(dynamicTest("that is all of them", () -> assertThat(sent).isEqualTo(names())));
        return steps.stream();
    }

    private void start() throws Exception {
        registries = new FourRegistries(files());
        JsonNode fresh = Json.read(Files.readAllBytes(CAPTURES.resolve("imagestreams-list-fresh.json")));
        cluster = SimulatedCluster.builder()
                .openshift("4.19.0")
                .oauth(false)
                .importController(false)
                .imageConfigAtOnce(false)
                .pacing(false)
                .editor("ns-editor", "myproject")
                .imageStreams(fresh.at("/response/body"))
                .start();
        ClusterClient nobody = ClusterClient.anonymous(cluster);
        ClientCertificate certificate =
                cluster.certificate("system:admin", List.of("system:masters"), ClientCertificate.KeyForm.PKCS1);
        admin = nobody.with(cluster.token("kube:admin"));
        identities = Map.of(
                "none", nobody,
                "admin", admin,
                "developer", nobody.with(cluster.token("developer")),
                "ns-editor", nobody.with(cluster.token("ns-editor")),
                "invalid token", nobody.with("sha256~invalid"),
                "system:admin (client certificate)",
                        ClusterClient.withCertificate(cluster, certificate.certificate(), certificate.key()));
    }

    private void same(String names) {
        for (String name : names.strip().split("\\s+")) {
            sent.add(name);
            steps.add(dynamicTest(name, () -> {
                JsonNode capture = registries.rewritten(CAPTURES.resolve(name + ".json"));
                compare(capture, send(capture));
            }));
        }
    }

    private void change(String what, Change change) {
        steps.add(dynamicTest("(" + what + ")", change::make));
    }

    /** A mirror set for registry.redhat.io, the imports that were recorded under it, and its end. */
    private void mirrors(String name, String resource, String list, String port) {
        change("mirror by " + name, () -> {
            ObjectNode set = Json.object().put("kind", "Any");
            set.putObject("metadata").put("name", "lab");
            ObjectNode entry = set.putObject("spec").putArray(list).addObject().put("source", "registry.redhat.io");
            entry.putArray("mirrors").add(registries.now("127.0.0.1:" + port));
            if (name.contains("never")) {
                entry.put("mirrorSourcePolicy", "NeverContactSource");
            }
            expect(201, admin.post("/apis/" + resource, set));
        });
        same("import-%s-by-tag import-%s-by-digest import-%s-not-in-mirror".replace("%s", name));
        if (name.contains("plain")) {
            same("import-" + name + "-by-tag-insecure");
        }
        change(name + " ends", () -> expect(200, admin.send("DELETE", "/apis/" + resource + "/lab", "", Map.of())));
    }

    private void imageConfig(String spec) throws Exception {
        expect(
                200,
                admin.send(
                        "PATCH",
                        IMAGE_CONFIG,
                        "{\"spec\": " + registries.now(spec) + "}",
                        Map.of("Content-Type", "application/merge-patch+json")));
    }

    /** The recorder's first attempt, without the authority, failed. */
    private void trustCa() throws Exception {
        importOf("perl", "5.32-ubi9", "127.0.0.1:4501/ubi9/perl-532:latest", ClusterClient.IMPORTS, false);
        ObjectNode map = Json.object().put("kind", "ConfigMap").put("apiVersion", "v1");
        map.putObject("metadata").put("name", "registry-ca");
        map.putObject("data").put(registries.now("127.0.0.1:4501").replace(":", ".."), registries.caPem());
        expect(201, admin.post("/api/v1/namespaces/openshift-config/configmaps", map));
        imageConfig("""
                {"allowedRegistriesForImport": null, "additionalTrustedCA": {"name": "registry-ca"}}""");
        cluster.rollOutImageConfig();
    }

    private void logNodesIn() throws Exception {
        expect(200, admin.send("DELETE", SECRETS + "/lab-registry", "", Map.of()));
        expect(200, admin.put("/api/v1/namespaces/openshift-config/secrets/pull-secret", secret(FourRegistries.LOGIN)));
    }

    private ObjectNode secret(String login) {
        ObjectNode config = Json.object();
        config.putObject("auths")
                .putObject(registries.now("127.0.0.1:4502"))
                .put("auth", Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        ObjectNode secret = Json.object().put("type", "kubernetes.io/dockerconfigjson");
        secret.putObject("data").put(".dockerconfigjson", Base64.getEncoder().encodeToString(Json.write(config)));
        return secret;
    }

    private void startAnew() throws Exception {
        imageConfig("{\"allowedRegistriesForImport\": null}");
        cluster.rollOutImageConfig();
        expect(200, admin.send("DELETE", PERL, "", Map.of()));
        JsonNode fresh = Json.read(Files.readAllBytes(CAPTURES.resolve("imagestreams-list-fresh.json")));
        for (JsonNode stream : fresh.at("/response/body/items")) {
            if ("perl".equals(stream.at("/metadata/name").asText())) {
                expect(201, admin.post(ClusterClient.STREAMS, stream));
            }
        }
        // The recorder had moved two of the tags before.
        ObjectNode move = Json.object();
        move.putObject("metadata").put("name", "perl");
        for (String tag : List.of("5.26-ubi8", "5.32-ubi8", "5.32-ubi9")) {
            String image = tag.replaceFirst("(5)[.](\\d+)-(.*)", "$3/perl-$1$2:latest");
            ClusterClient.alsoImport(move, tag, registries.now("127.0.0.1:4500/" + image), true);
        }
        expect(201, admin.post(ClusterClient.IMPORTS, move));
    }

    private void putBack() throws Exception {
        importOf("same", "1", "127.0.0.1:4500/lab/s2:1", MINE + "imagestreamimports", true);
        ObjectNode stream = (ObjectNode) admin.get(MINE + "imagestreams/same").json();
        ((ObjectNode) stream.at("/spec/tags/0/from")).put("name", "registry.redhat.io/lab/s2:1");
        expect(200, admin.put(MINE + "imagestreams/same", stream));
    }

    private void mirrorAStream() throws Exception {
        expect(201, admin.post(MINE + "imagestreams", Json.parse("""
                {"metadata": {"name": "gone"}, "spec": {"tags": [
                  {"name": "1", "from": {"kind": "DockerImage", "name": "registry.redhat.io/lab/nosuch:1"}},
                  {"name": "2", "from": {"kind": "DockerImage", "name": "registry.redhat.io/lab/s2:1"}}]}}
                """)));
        ObjectNode set = Json.object();
        set.putObject("metadata").put("name", "lab");
        set.putObject("spec")
                .putArray("imageTagMirrors")
                .addObject()
                .put("source", registries.now("127.0.0.1:4500"))
                .putArray("mirrors")
                .add(registries.now("127.0.0.1:4501"));
        expect(201, admin.post("/apis/config.openshift.io/v1/imagetagmirrorsets", set));
    }

    private void importOf(String stream, String tag, String from, String path, boolean insecure) throws Exception {
        expect(201, admin.post(path, ClusterClient.oneImport(stream, tag, registries.now(from), insecure)));
    }

    private static void expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    private Answer send(JsonNode capture) throws Exception {
        JsonNode request = capture.path("request");
        String body = request.path("body").isObject() ? current(request.path("body")) : "";
        return identities
                .get(request.path("identity").asText())
                .send(request.path("method").asText(), request.path("path").asText(), body, Map.of());
    }

    /** A captured stream carries the versions of its day; those of today stand in for them. */
    private String current(JsonNode body) {
        if ("ImageStream".equals(body.path("kind").asText())) {
            ObjectNode metadata = (ObjectNode) body.path("metadata");
            JsonNode stored = cluster.state()
                    .imageStream("openshift", metadata.path("name").asText());
            metadata.set("uid", stored.at("/metadata/uid"));
            metadata.set("resourceVersion", stored.at("/metadata/resourceVersion"));
        }
        return body.toString();
    }

    private static void compare(JsonNode capture, Answer answer) {
        JsonNode expected = capture.path("response");
        assertThat(answer.status())
                .as(answer.text())
                .isEqualTo(expected.path("status").asInt());
        expected.path("headers").properties().forEach(header -> assertThat(
                        answer.headers().firstValue(header.getKey()).orElse("absent"))
                .as(header.getKey())
                .isEqualTo(header.getValue().asText()));
        if (expected.path("body").isTextual()) {
            assertThat(answer.text()).isEqualTo(expected.path("body").asText());
        } else {
            assertThat(Json.pretty(FourNormaliser.meaning(answer.json())))
                    .isEqualTo(Json.pretty(FourNormaliser.meaning(expected.path("body"))));
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(CAPTURES)) {
            return files.sorted().toList();
        }
    }

    private static TreeSet<String> names() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        files().forEach(file -> names.add(file.getFileName().toString().replace(".json", "")));
        return names;
    }

    /** Makes answers of OpenShift 4 comparable. */
    private static final class FourNormaliser {

        private FourNormaliser() {}

        /** The same without the accounts of who wrote which field, and with fields and unordered lists in order. */
        static JsonNode meaning(JsonNode tree) {
            return sorted(CaptureNormaliser.normalise(tree));
        }

        private static JsonNode sorted(JsonNode tree) {
            if (tree instanceof ObjectNode object) {
                Map<String, JsonNode> fields = new TreeMap<>();
                object.properties().forEach(entry -> fields.put(entry.getKey(), sorted(entry.getValue())));
                fields.remove("managedFields");
                fields.computeIfPresent("details", (name, details) -> details.isEmpty() ? null : details);
                for (String chance : List.of("continue", "versionHash")) {
                    fields.computeIfPresent(
                            chance, (name, value) -> Json.object().textNode("*"));
                }
                if (fields.containsKey("causes")) {
                    // The API server walks a Go map, so the order differs from answer to answer.
                    List<String> causes = new ArrayList<>();
                    fields.get("causes").forEach(cause -> causes.add(cause.toString()));
                    fields.put("causes", Json.object().textNode(String.join(" ", new TreeSet<>(causes))));
                }
                if (fields.containsKey("message") && fields.containsKey("reason")) {
                    String text = fields.get("message").asText();
                    fields.put("message", Json.object().textNode(text(text)));
                }
                ObjectNode result = Json.object();
                fields.forEach(result::set);
                return result;
            }
            if (tree.isArray()) {
                var result = Json.array();
                tree.forEach(item -> result.add(sorted(item)));
                return result;
            }
            return tree.isTextual() ? Json.object().textNode(text(tree.asText())) : tree;
        }

        private static String text(String text) {
            return text.replaceAll("on (<DNS>|[0-9.]+):53", "on DNS")
                    .replaceAll("is invalid: \\[.*\\]$", "is invalid: [see the causes]");
        }
    }
}
