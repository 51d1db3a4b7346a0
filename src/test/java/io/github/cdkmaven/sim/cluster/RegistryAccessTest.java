package io.github.cdkmaven.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The importer of a simulated cluster")
class RegistryAccessTest {

    @Test
    @DisplayName("finds a registry under the name that the company gave it")
    void names() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = cluster()
                        .hosts(Map.of("registry.corp.example:5000", registry.host()))
                        .start()) {
            registry.put("a/b:1", TinyImage.named("b"));
            JsonNode found = dryRun(cluster, "registry.corp.example:5000/a/b:1", true);
            assertThat(found.at("/image/dockerImageReference").asText()).startsWith("registry.corp.example:5000/a/b@");
            assertThat(cluster.state().outsideContacts()).isEmpty();
        }
    }

    @Test
    @DisplayName("never leaves loopback: an address elsewhere is unreachable, and reported")
    void addresses() throws Exception {
        try (SimulatedCluster cluster = cluster().start()) {
            assertThat(message(dryRun(cluster, "192.0.2.7:5000/a/b:1", false))).endsWith("network is unreachable");
            assertThat(cluster.state().outsideContacts()).containsExactly("192.0.2.7");
        }
    }

    @Test
    @DisplayName("trusts a company's CA only where the master does")
    void authorities() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                        .tls(TestCertificates.Kind.PRIVATE_CA)
                        .start();
                SimulatedCluster strict = cluster().start();
                SimulatedCluster trusting =
                        cluster().trust(registry.caPem().orElseThrow()).start()) {
            registry.put("a/b:1", TinyImage.named("b"));
            String image = registry.host() + "/a/b:1";
            assertThat(message(dryRun(strict, image, false))).endsWith("x509: certificate signed by unknown authority");
            assertThat(dryRun(strict, image, true).at("/status/status").asText())
                    .isEqualTo("Success");
            assertThat(dryRun(trusting, image, false).at("/status/status").asText())
                    .isEqualTo("Success");
        }
    }

    @Test
    @DisplayName("refuses a certificate for another host, and one that has expired")
    void certificates() throws Exception {
        try (SimulatedRegistry other = SimulatedRegistry.builder()
                        .tls(TestCertificates.Kind.WRONG_HOST)
                        .start();
                SimulatedRegistry expired = SimulatedRegistry.builder()
                        .tls(TestCertificates.Kind.EXPIRED)
                        .start();
                SimulatedCluster cluster = cluster()
                        .trust(other.caPem().orElseThrow())
                        .trust(expired.caPem().orElseThrow())
                        .start()) {
            assertThat(message(dryRun(cluster, other.host() + "/a/b:1", false)))
                    .endsWith("x509: certificate is valid for registry.other.example, not 127.0.0.1");
            assertThat(message(dryRun(cluster, expired.host() + "/a/b:1", false)))
                    .endsWith("x509: certificate has expired or is not yet valid");
        }
    }

    @Test
    @DisplayName("gets a token with the login of a secret, which has to name the token server (origin#9584)")
    void tokens() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                        .tokenAuth("mirror", "s3cr3t")
                        .start();
                SimulatedCluster cluster = cluster().start()) {
            registry.put("a/b:1", TinyImage.named("b"));
            String image = registry.host() + "/a/b:1";
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            admin.post("/api/v1/namespaces/openshift/secrets", secret("one", registry.host(), "s3cr3t"));
            // As a real 3.9 words it, when a token server and not the registry refuses.
            assertThat(message(dryRun(cluster, image, true)))
                    .isEqualTo("Internal error occurred: Get \"http://" + registry.host()
                            + "/v2/a/b/manifests/1\": unauthorized");
            admin.post(
                    "/api/v1/namespaces/openshift/secrets",
                    secret("two", "127.0.0.1:" + realmPort(registry), "s3cr3t"));
            assertThat(dryRun(cluster, image, true).at("/status/status").asText())
                    .isEqualTo("Success");
        }
    }

    @Test
    @DisplayName("says that a password is wrong only where a token server says so")
    void wrongPassword() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.builder()
                        .tokenAuth("mirror", "s3cr3t")
                        .start();
                SimulatedCluster cluster = cluster().start()) {
            ClusterClient admin = ClusterClient.login(cluster, "admin");
            admin.post(
                    "/api/v1/namespaces/openshift/secrets", secret("two", "127.0.0.1:" + realmPort(registry), "bad"));
            assertThat(message(dryRun(cluster, registry.host() + "/a/b:1", true)))
                    .isEqualTo("incorrect username or password for image \"" + registry.host() + "/a/b:1\"");
        }
    }

    @Test
    @DisplayName("takes the entry of its own platform from a manifest list, but not on 3.6")
    void lists() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = cluster().start();
                SimulatedCluster old = cluster().openshift("v3.6.1").start()) {
            TinyImage list = TinyImage.list("b", "s390x", "amd64");
            registry.put("a/b:1", list);
            String image = registry.host() + "/a/b:1";
            assertThat(dryRun(cluster, image, true).at("/image/metadata/name").asText())
                    .isEqualTo(list.parts().get(1).digest());
            assertThat(message(dryRun(old, image, true))).contains("unsupported image manifest type");
        }
    }

    @Test
    @DisplayName("does not take an OCI manifest for one even when it is sent unasked")
    void unaskedOci() throws Exception {
        try (SimulatedRegistry registry =
                        SimulatedRegistry.builder().ociUnasked().start();
                SimulatedCluster cluster = cluster().start()) {
            registry.put("a/b:1", TinyImage.oci("b"));
            assertThat(dryRun(cluster, registry.host() + "/a/b:1", true)
                            .at("/status/reason")
                            .asText())
                    .isEqualTo("InternalError");
        }
    }

    @Test
    @DisplayName("tells what a failing registry answered")
    void failures() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = cluster().start()) {
            String image = registry.host() + "/a/b:1";
            registry.inject(Fault.status(503), 1, request -> request.path().contains("/manifests/"));
            assertThat(message(dryRun(cluster, image, true)))
                    .isEqualTo("Internal error occurred: received unexpected HTTP status: 503 Service Unavailable");
            registry.inject(
                    Fault.page(403, "application/json", "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}"),
                    1,
                    request -> request.path().contains("/manifests/"));
            assertThat(message(dryRun(cluster, image, true))).isEqualTo("Internal error occurred: denied: no");
            registry.inject(Fault.status(404), 1, request -> request.path().endsWith("/v2/"));
            assertThat(dryRun(cluster, image, true).at("/status/reason").asText())
                    .isEqualTo("NotV2Registry");
        }
    }

    @Test
    @DisplayName("pings a registry once a request, however many images it has")
    void onePing() throws Exception {
        try (SimulatedRegistry registry = SimulatedRegistry.start();
                SimulatedCluster cluster = cluster().start()) {
            registry.put("a/b:1", TinyImage.named("b"));
            ObjectNode request = ClusterClient.oneImport("b", "1", registry.host() + "/a/b:1", true);
            ClusterClient.alsoImport(request, "2", registry.host() + "/a/b:2", true);
            ClusterClient.alsoImport(request, "3", registry.host() + "/a/b:1", true);
            ClusterClient.login(cluster, "admin").post(ClusterClient.IMPORTS, request);
            assertThat(registry.requests())
                    .extracting(served -> served.path())
                    .filteredOn(path -> !path.contains("/blobs/"))
                    .containsExactly("/v2/", "/v2/a/b/manifests/1", "/v2/a/b/manifests/2");
        }
    }

    private static SimulatedCluster.Builder cluster() {
        return SimulatedCluster.builder().openshift("v3.11.141").pacing(false);
    }

    private static JsonNode dryRun(SimulatedCluster cluster, String image, boolean insecure) throws Exception {
        ObjectNode request = ClusterClient.oneImport("any", "1", image, insecure);
        Json.child(request, "spec").put("import", false);
        return ClusterClient.login(cluster, "admin")
                .post(ClusterClient.IMPORTS, request)
                .at("/status/images/0");
    }

    private static String message(JsonNode image) {
        return image.at("/status/message").asText();
    }

    private static ObjectNode secret(String name, String host, String password) {
        String auth = Base64.getEncoder().encodeToString(("mirror:" + password).getBytes(StandardCharsets.UTF_8));
        ObjectNode config = Json.object();
        config.putObject("auths").putObject(host).put("auth", auth);
        ObjectNode secret = Json.object().put("type", "kubernetes.io/dockerconfigjson");
        secret.putObject("metadata").put("name", name);
        secret.putObject("data").put(".dockerconfigjson", Base64.getEncoder().encodeToString(Json.write(config)));
        return secret;
    }

    private static String realmPort(SimulatedRegistry registry) throws Exception {
        var http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://" + registry.host() + "/v2/"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("WWW-Authenticate")
                .orElseThrow()
                .replaceFirst(".*realm=\"http://127.0.0.1:(\\d+)/.*", "$1");
    }
}
