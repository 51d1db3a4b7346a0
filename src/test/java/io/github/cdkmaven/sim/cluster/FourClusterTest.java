package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.ConnectProxy;
import io.github.cdkmaven.sim.SimulatedOc;
import io.github.cdkmaven.sim.cluster.ClusterClient.Answer;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A simulated OpenShift 4")
class FourClusterTest {

    private static final String MINE = "/apis/image.openshift.io/v1/namespaces/myproject/";
    private static final String IMAGE_CONFIG = "/apis/config.openshift.io/v1/images/cluster";
    private static final String WHO_AM_I = "/apis/user.openshift.io/v1/users/~";

    private static SimulatedCluster.Builder four() {
        return SimulatedCluster.builder().openshift("4.19.0").pacing(false).editor("jane", "myproject");
    }

    private static ClusterClient as(SimulatedCluster cluster, String user) throws Exception {
        return ClusterClient.anonymous(cluster).with(cluster.token(user));
    }

    private static Answer importInto(ClusterClient client, String from, String mode) throws Exception {
        ObjectNode request = ClusterClient.oneImport("forms", "1", from, true);
        ((ObjectNode) request.at("/spec/images/0/importPolicy")).put("importMode", mode);
        return client.post(MINE + "imagestreamimports", request);
    }

    private static void patchImageConfig(ClusterClient admin, String spec) throws Exception {
        Answer answer = admin.send(
                "PATCH",
                IMAGE_CONFIG,
                "{\"spec\": " + spec + "}",
                Map.of("Content-Type", "application/merge-patch+json"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    @DisplayName("imports OCI images, and of an index the platform's image or the whole")
    void forms() throws Exception {
        TinyImage index = TinyImage.ociIndex("index", "arm64", "amd64");
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = four().start()) {
            registry.put("lab/oci:1", TinyImage.oci("oci"));
            registry.put("lab/index:1", index);
            ClusterClient jane = as(cluster, "jane");

            Answer single = importInto(jane, registry.host() + "/lab/oci:1", "Legacy");
            assertThat(single.at("/status/images/0/image/dockerImageManifestMediaType")
                            .asText())
                    .isEqualTo(TinyImage.OCI);
            Answer legacy = importInto(jane, registry.host() + "/lab/index:1", "Legacy");
            assertThat(legacy.at("/status/images/0/image/metadata/name").asText())
                    .isEqualTo(index.parts().get(1).digest());
            Answer whole = importInto(jane, registry.host() + "/lab/index:1", "PreserveOriginal");
            assertThat(whole.at("/status/images/0/image/metadata/name").asText())
                    .isEqualTo(index.digest());
            assertThat(whole.at("/status/images/0/manifests")).hasSize(2);
            assertThat(whole.at("/status/import/spec/tags/0/importPolicy/importMode")
                            .asText())
                    .isEqualTo("PreserveOriginal");
        }
    }

    @Test
    @DisplayName("names the image that a whole index lacks")
    void missingChild() throws Exception {
        TinyImage index = TinyImage.ociIndex("index", "amd64", "arm64");
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = four().start()) {
            registry.put("lab/index:1", index);
            String arm = index.parts().get(1).digest();
            registry.remove("lab/index@" + arm);
            Answer answer = importInto(as(cluster, "jane"), registry.host() + "/lab/index:1", "PreserveOriginal");
            assertThat(answer.at("/status/images/0/status/message").asText())
                    .isEqualTo("dockerimage.image.openshift.io \"" + registry.host() + "/lab/index@" + arm
                            + "\" not found");
            assertThat(importInto(as(cluster, "jane"), registry.host() + "/lab/index:1", "Legacy")
                            .at("/status/images/0/status/status")
                            .asText())
                    .isEqualTo("Success");
        }
    }

    @Test
    @DisplayName("refuses what may not be imported, but not in a dry run, and only once the servers know")
    void allowedRegistries() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = four().imageConfigAtOnce(false).start()) {
            registry.put("lab/a:1", TinyImage.named("a"));
            ClusterClient admin = as(cluster, "kube:admin");
            patchImageConfig(admin, "{\"allowedRegistriesForImport\": [{\"domainName\": \"quay.io\"}]}");
            ObjectNode request = ClusterClient.oneImport("a", "1", registry.host() + "/lab/a:1", true);
            assertThat(admin.post(MINE + "imagestreamimports", request).status())
                    .isEqualTo(201);

            cluster.rollOutImageConfig();
            request.withObject("/metadata").put("name", "b");
            Answer refused = admin.post(MINE + "imagestreamimports", request);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.at("/message").asText()).contains("not allowed by whitelist");
            request.withObject("/spec").put("import", false);
            Answer dry = admin.post(MINE + "imagestreamimports", request);
            assertThat(dry.at("/status/images/0/status/status").asText()).isEqualTo("Success");
        }
    }

    @Test
    @DisplayName("asks the source after a mirror, even where nodes must not, and keeps the public name")
    void mirrors() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = four().start()) {
            registry.put("mirror/a:1", TinyImage.named("a"));
            ClusterClient admin = as(cluster, "kube:admin");
            admin.post("/apis/config.openshift.io/v1/imagetagmirrorsets", Json.parse("""
                    {"metadata": {"name": "m"}, "spec": {"imageTagMirrors": [{"source": "registry.redhat.io/lab",
                      "mirrors": ["%s/mirror"], "mirrorSourcePolicy": "NeverContactSource"}]}}
                    """.formatted(registry.host())));
            Answer found = importInto(admin, "registry.redhat.io/lab/a:1", "Legacy");
            assertThat(found.at("/status/images/0/image/dockerImageReference").asText())
                    .startsWith("registry.redhat.io/lab/a@sha256:");
            assertThat(cluster.state().outsideContacts()).isEmpty();

            Answer missing = importInto(admin, "registry.redhat.io/lab/b:1", "Legacy");
            assertThat(missing.at("/status/images/0/status/reason").asText()).isEqualTo("InternalError");
            assertThat(cluster.state().outsideContacts()).containsOnly("registry.redhat.io");
        }
    }

    @Test
    @DisplayName("lets an editor change what is the editor's, and shows nothing else")
    void leastRights() throws Exception {
        try (SimulatedCluster cluster = four().start()) {
            ClusterClient jane = as(cluster, "jane");
            assertThat(jane.get(MINE + "imagestreams").status()).isEqualTo(200);
            assertThat(jane.get(ClusterClient.STREAMS).status()).isEqualTo(200);
            assertThat(jane.get("/apis/image.openshift.io/v1/imagestreams").status())
                    .isEqualTo(403);
            assertThat(jane.get(IMAGE_CONFIG).status()).isEqualTo(403);
            assertThat(jane.post(ClusterClient.IMPORTS, ClusterClient.oneImport("a", "1", "h.example/a:1", false))
                            .status())
                    .isEqualTo(403);
            JsonNode projects =
                    jane.get("/apis/project.openshift.io/v1/projects").json();
            assertThat(projects.path("items").findValuesAsText("name")).containsExactly("myproject");
        }
    }

    @Test
    @DisplayName("gives a long list in pages, each stream once")
    void pages() throws Exception {
        ObjectNode list = Json.object();
        for (int i = 0; i < 25; i++) {
            Json.children(list, "items").addObject().putObject("metadata").put("name", "stream-" + i);
        }
        try (SimulatedCluster cluster =
                four().imageStreams("team-a", list).imageStreams("team-b", list).start()) {
            ClusterClient admin = as(cluster, "kube:admin");
            List<String> seen = new ArrayList<>();
            String token = "";
            do {
                JsonNode page = admin.get("/apis/image.openshift.io/v1/imagestreams?limit=10&continue=" + token)
                        .json();
                page.path("items")
                        .forEach(stream ->
                                seen.add(stream.at("/metadata/namespace").asText()
                                        + stream.at("/metadata/name").asText()));
                token = page.at("/metadata/continue").asText();
            } while (!token.isEmpty());
            assertThat(seen).hasSize(50).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("tells who called, and in whose name")
    void impersonation() throws Exception {
        try (SimulatedCluster cluster = four().start()) {
            Map<String, String> headers = Map.of("Impersonate-User", "jane", "Impersonate-Group", "team");
            Answer answer = as(cluster, "kube:admin").send("GET", WHO_AM_I, "", headers);
            assertThat(answer.at("/metadata/name").asText()).isEqualTo("jane");
            assertThat(answer.at("/groups").toString()).contains("team");
            Answer refused = as(cluster, "jane").send("GET", WHO_AM_I, "", Map.of("Impersonate-User", "system:admin"));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(cluster.state().requests())
                    .extracting(
                            entry -> entry.caller().user(),
                            entry -> entry.caller().impersonator(),
                            JournalEntry::status)
                    .containsExactly(tuple("jane", "kube:admin", 200), tuple("system:anonymous", "jane", 403));
        }
    }

    @ParameterizedTest
    @EnumSource(ClientCertificate.KeyForm.class)
    @DisplayName("knows who shows a client certificate, in whichever form its key was")
    void certificates(ClientCertificate.KeyForm form) throws Exception {
        try (SimulatedCluster cluster = four().start()) {
            ClientCertificate certificate = cluster.certificate("jane", List.of("team"), form);
            ClusterClient jane = ClusterClient.withCertificate(cluster, certificate.certificate(), certificate.key());
            assertThat(jane.get(WHO_AM_I).at("/metadata/name").asText()).isEqualTo("jane");
            Caller caller = cluster.state().requests().get(0).caller();
            assertThat(caller.credential()).isEqualTo(Caller.Credential.CERTIFICATE);
            assertThat(caller.groups()).contains("team");
        }
    }

    @Test
    @DisplayName("can stand behind a proxy, under a name and a path of its own")
    void nameAndPath() throws Exception {
        String name = "api.ocp.corp.example";
        try (SimulatedCluster cluster =
                        four().serverNames(name).pathPrefix("/k8s/clusters/c-1").start();
                ConnectProxy proxy = ConnectProxy.start(
                        Map.of(name + ":6443", "127.0.0.1:" + cluster.url().getPort()))) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(ClusterClient.trusting(cluster.caPem()))
                    .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())))
                    .build();
            URI uri = URI.create("https://" + name + ":6443/k8s/clusters/c-1/version");
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(proxy.tunnels()).containsExactly(name + ":6443");
            URI bare = URI.create("https://" + name + ":6443/version");
            assertThat(client.send(HttpRequest.newBuilder(bare).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(cluster.state().requests())
                    .extracting(JournalEntry::path, entry -> entry.caller().serverName(), entry -> entry.caller()
                            .prefix())
                    .containsExactly(tuple("/version", name, "/k8s/clusters/c-1"), tuple("/version", name, ""));
        }
    }

    @Test
    @DisplayName("has an oc that reads a kubeconfig and takes no --config")
    void oc(@TempDir Path folder) throws Exception {
        try (SimulatedCluster cluster = four().start()) {
            SimulatedOc oc = SimulatedOc.in(folder, "4.19.0");
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfigYaml("jane"));
            Map<String, String> environment = Map.of("KUBECONFIG", kubeconfig.toString());
            assertThat(oc.run(environment, "", "whoami").stdout()).isEqualTo("jane\n");
            assertThat(oc.run(Map.of(), "", "--kubeconfig=" + kubeconfig, "whoami")
                            .exit())
                    .isZero();
            assertThat(oc.run(Map.of(), "", "--config=" + kubeconfig, "whoami").stderr())
                    .startsWith("error: unknown flag: --config");
            assertThat(oc.run(environment, "", "auth", "can-i", "update", "imagestreams", "-n", "openshift")
                            .exit())
                    .isEqualTo(1);
            assertThat(Files.isExecutable(oc.executable())).isTrue();
        }
    }
}
