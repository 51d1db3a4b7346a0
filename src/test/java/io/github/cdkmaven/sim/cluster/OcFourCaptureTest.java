package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.Captures;
import io.github.cdkmaven.sim.Captures.Exchange;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.SimulatedOc;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Runs every captured command of {@code oc} 4.19 again, against a cluster that was brought into the same state. */
@DisplayName("The simulated oc of OpenShift 4 says what the real one said")
@EnabledIf("hasCaptures")
class OcFourCaptureTest {

    private static final String SET = "oc-4.19";
    private static final String MINE = "/apis/image.openshift.io/v1/namespaces/myproject/imagestreamimports";

    private final SimulatedRegistry plain = SimulatedRegistry.start();
    private final SimulatedRegistry locked = SimulatedRegistry.builder()
            .tls(TestCertificates.Kind.PRIVATE_CA)
            .basicAuth("importer", "s3cret")
            .start();

    private final Map<String, String> rewrites = new LinkedHashMap<>();
    private final TreeSet<String> run = new TreeSet<>();
    private SimulatedCluster cluster;
    private SimulatedOc oc;
    private ClusterClient admin;

    @TempDir
    private Path folder;

    static boolean hasCaptures() {
        return Captures.arePresent() && Files.isDirectory(Path.of("../shared/captures", SET));
    }

    @BeforeEach
    void bringIntoTheSameState() throws Exception {
        JsonNode fresh = Json.read(
                Files.readAllBytes(Path.of("../shared/captures/openshift-4.19/imagestreams-list-fresh.json")));
        ObjectNode samples = Json.object();
        Json.objects(fresh.at("/response/body"), "items").stream()
                .filter(stream -> !stream.at("/metadata").has("ownerReferences"))
                .forEach(Json.children(samples, "items")::add);
        cluster = SimulatedCluster.builder()
                .openshift("4.19.0")
                .trust(locked.caPem().orElseThrow())
                .importController(false)
                .imageStreams(samples)
                .start();
        admin = ClusterClient.anonymous(cluster).with(cluster.token("kube:admin"));
        oc = SimulatedOc.in(folder, "4.19.0");
        String token = cluster.token("kube:admin");
        Files.writeString(folder.resolve("ca.crt"), cluster.caPem());
        for (String file : List.of("ca.crt", "kubeadmin.kubeconfig")) {
            rewrites.put("/lab/" + file, folder.resolve(file).toString());
        }
        rewrites.put("127.0.0.1:6443", "127.0.0.1:" + cluster.url().getPort());
        rewrites.put("127.0.0.1:4500", plain.host());
        rewrites.put("127.0.0.1:4504", locked.host());
        rewrites.put("<admin-token>", token);
        Files.writeString(
                folder.resolve("kubeadmin.kubeconfig"),
                now(Captures.named(SET, "config-view-by-environment").stdout()));
        rewrites.put(
                "sha256:73adb7f1139dd5ed088904f40ff21e6c84a035485b497f661556e706ef19d85b",
                plain.put("lab/s2:1", TinyImage.named("s2")));
        plain.put("lab/oci:1", TinyImage.oci("oci"));
        importAll(MINE, "newstream", true, Map.of("1", "lab/s2:1", "3", "lab/s2:1"), plain.host());
        importAll(MINE, "forms", true, Map.of("1", "lab/s2:1"), plain.host());
        movePerl();
    }

    /** The recorder had moved it while there was a login, which is gone since. */
    private void movePerl() throws Exception {
        Map<String, String> tags = Map.of(
                "5.26-ubi8",
                "ubi8/perl-526:latest",
                "5.32-ubi8",
                "ubi8/perl-532:latest",
                "5.32-ubi9",
                "ubi9/perl-532:latest");
        for (String name : tags.values()) {
            String digest = locked.put(name, TinyImage.named(name));
            String repository = name.replace(":latest", "");
            rewrites.put(
                    Captures.named(SET, "import-image-all-failed")
                            .stdout()
                            .replaceFirst("(?s).*/" + repository + "@(sha256:[0-9a-f]+).*", "$1"),
                    digest);
        }
        ObjectNode secret = Json.object().put("type", "kubernetes.io/dockerconfigjson");
        secret.putObject("metadata").put("name", "login");
        String config = "{\"auths\": {\"%s\": {\"username\": \"importer\", \"password\": \"s3cret\"}}}"
                .formatted(locked.host());
        secret.putObject("data")
                .put(".dockerconfigjson", Base64.getEncoder().encodeToString(config.getBytes(StandardCharsets.UTF_8)));
        admin.post("/api/v1/namespaces/openshift/secrets", secret);
        importAll(ClusterClient.IMPORTS, "perl", false, tags, locked.host());
        admin.send("DELETE", "/api/v1/namespaces/openshift/secrets/login", "", Map.of());
    }

    private void importAll(String path, String stream, boolean insecure, Map<String, String> tags, String host)
            throws Exception {
        ObjectNode request = Json.object();
        request.putObject("metadata").put("name", stream);
        tags.forEach((tag, image) -> ClusterClient.alsoImport(request, tag, host + "/" + image, insecure));
        assertThat(admin.post(path, request).at("/status/images").findValuesAsText("reason"))
                .isEmpty();
    }

    @AfterEach
    void stop() {
        cluster.close();
        plain.close();
        locked.close();
    }

    private String now(String text) {
        String result = text;
        for (Map.Entry<String, String> rewrite : rewrites.entrySet()) {
            result = result.replace(rewrite.getKey(), rewrite.getValue());
        }
        return result;
    }

    private SimulatedCdk.Output run(Exchange real) {
        run.add(real.name());
        Map<String, String> environment = real.environment().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> now(entry.getValue())));
        SimulatedCdk.Output ours = oc.run(
                environment,
                now(real.stdin()),
                real.arguments().stream().map(this::now).toArray(String[]::new));
        assertThat(ours.exit()).as("exit of %s: %s", real.name(), ours).isEqualTo(real.exit());
        assertThat(ours.stderr().strip())
                .as("stderr of " + real.name())
                .isEqualTo(now(real.stderr()).strip());
        return ours;
    }

    @Test
    @DisplayName("in every captured command")
    void everyCommand() throws Exception {
        for (String name : List.of(
                "version",
                "version-client-json",
                "whoami",
                "auth-can-i-no",
                "config-view-by-environment",
                "config-view-by-kubeconfig-flag",
                "config-view-by-config-flag",
                "adm-migrate-image-references",
                "get-imagestreams-name",
                "replace-empty",
                "whoami-t",
                "tag")) {
            Exchange real = Captures.named(SET, name);
            assertThat(run(real).stdout().strip())
                    .as(name)
                    .isEqualTo(now(real.stdout()).strip());
        }
        JsonNode tagged = cluster.state().imageStream("myproject", "newstream").at("/spec/tags/2");
        assertThat(tagged.at("/from/name").asText()).isEqualTo(plain.host() + "/lab/oci:1");
        dryRunByRawRequest();
        for (String name : List.of("import-image-success", "import-image-partly-failed", "import-image-all-failed")) {
            Exchange real = Captures.named(SET, name);
            String ours = run(real).stdout();
            assertThat(ours.lines().findFirst()).isEqualTo(real.stdout().lines().findFirst());
            if (!"import-image-partly-failed".equals(name)) {
                assertThat(described(ours)).isEqualTo(described(now(real.stdout())));
            }
        }
        assertThat(run).containsExactlyElementsOf(new TreeSet<>(Captures.names(SET)));
    }

    private void dryRunByRawRequest() throws Exception {
        Exchange real = Captures.named(SET, "create-raw-imagestreamimport");
        JsonNode ours = Json.read(run(real).stdout().getBytes(StandardCharsets.UTF_8));
        JsonNode theirs = Json.read(now(real.stdout()).getBytes(StandardCharsets.UTF_8));
        assertThat(ours.at("/spec")).isEqualTo(theirs.at("/spec"));
        assertThat(ours.at("/status/images/0/status")).isEqualTo(theirs.at("/status/images/0/status"));
        assertThat(ours.at("/status/images/0/image/dockerImageReference"))
                .isEqualTo(theirs.at("/status/images/0/image/dockerImageReference"));
        assertThat(ours.at("/status").has("import")).isFalse();
    }

    /** What is said of a stream's tags: in which order and how long ago does not matter, nor the image behind one of them. */
    private static TreeSet<String> described(String text) {
        return text.lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("Image Name:"))
                .filter(line -> !line.matches("Created:.*|\\s+[A-Z0-9].* ago|.*dockerRepositoryCheck.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
