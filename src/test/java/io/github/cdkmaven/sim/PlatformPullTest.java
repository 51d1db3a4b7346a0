package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.HttpClients;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.pull.PullLogin;
import io.github.cdkmaven.sim.registry.RegistryFlavour;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates.Kind;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry with a login and a certificate of the company's CA, and a CDK that knows of neither (facts/minishift.md, 2.4). */
@DisplayName("A simulated CDK before a registry with a login and a private CA")
class PlatformPullTest {

    private static final String HOST = "registry.corp.example:5000";
    private static final String SIGNER = "openshift/origin-service-serving-cert-signer:v3.11";

    @TempDir
    Path folder;

    private SimulatedRegistry registry;
    private SimulatedCdk cdk;

    @BeforeEach
    void startRegistry() {
        registry = RegistryFlavour.BASIC.start(Kind.PRIVATE_CA);
        registry.put("a/b:1", TinyImage.named("b"));
    }

    @AfterEach
    void end() {
        cdk.close();
        registry.close();
    }

    private void create(String version) {
        cdk = SimulatedCdk.in(folder)
                .version(version)
                .pacing(false)
                .hosts(Map.of(HOST, registry.host()))
                .create();
    }

    private void seed(List<String> names) {
        SeededCache.write(cdk.home(), names.toArray(String[]::new));
        List<String> arguments = new ArrayList<>(List.of("image", "cache-config", "add"));
        arguments.addAll(names);
        assertThat(cdk.run(Map.of(), arguments.toArray(String[]::new)).exit()).isZero();
    }

    private static List<String> platform3_11(String tag) {
        return Stream.concat(
                        Stream.of(
                                        "control-plane",
                                        "cli",
                                        "node",
                                        "hyperkube",
                                        "hypershift",
                                        "pod",
                                        "deployer",
                                        "docker-registry",
                                        "haproxy-router",
                                        "web-console")
                                .map(component -> HOST + "/openshift3/ose-" + component + ":" + tag),
                        Stream.of("registry.access.redhat.com/openshift3/ose-control-plane:v3.11.141", SIGNER))
                .toList();
    }

    private SimulatedCdk.Output start3_11(String... more) {
        List<String> arguments = new ArrayList<>(List.of("start", "--skip-registration"));
        arguments.addAll(List.of(more));
        return cdk.run(
                Map.of(
                        "MINISHIFT_ENABLE_EXPERIMENTAL",
                        "true",
                        "MINISHIFT_IMAGE",
                        "'" + HOST + "/openshift3/ose-${component}:v3.11.141'"),
                arguments.toArray(String[]::new));
    }

    private List<String> manifests() {
        return registry.requests().stream()
                .map(request -> request.path())
                .filter(path -> path.contains("/manifests/"))
                .toList();
    }

    @Test
    @DisplayName("starts OpenShift 3.9 from what the image cache brought in, and asks the registry for nothing")
    void cached3_9() {
        create("cdk-3.5");
        seed(Stream.concat(
                        Stream.of(
                                HOST + "/openshift3/ose:v3.9.31", "registry.access.redhat.com/openshift3/ose:v3.9.31"),
                        Stream.of("pod", "deployer", "docker-registry", "haproxy-router", "web-console")
                                .map(component -> HOST + "/openshift3/ose-" + component + ":v3.9.31"))
                .toList());

        SimulatedCdk.Output start = cdk.run(
                Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "true"),
                "start",
                "--skip-registration",
                "--extra-clusterup-flags",
                "--image=" + HOST + "/openshift3/ose");

        assertThat(start.exit()).as("%s", start).isZero();
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    @DisplayName("cannot pull a pod of OpenShift 3.9 that the cache did not bring in")
    void missing3_9() {
        create("cdk-3.5");
        seed(List.of(HOST + "/openshift3/ose:v3.9.31", "registry.access.redhat.com/openshift3/ose:v3.9.31"));

        SimulatedCdk.Output start = cdk.run(
                Map.of("MINISHIFT_ENABLE_EXPERIMENTAL", "true"),
                "start",
                "--skip-registration",
                "--extra-clusterup-flags",
                "--image=" + HOST + "/openshift3/ose");

        assertThat(start.exit()).isOne();
        assertThat(start.stderr()).contains("timed out waiting for the condition");
    }

    @Test
    @DisplayName(
            "pulls the static pods of 3.11 although they are cached, unless a tag is given; pulls for pods by their secrets")
    void staticPods() throws Exception {
        create("cdk-3.10");
        seed(platform3_11("v3.11.141"));

        SimulatedCdk.Output without = start3_11();
        assertThat(without.exit()).isOne();
        assertThat(without.stderr()).contains("timed out waiting for the condition");
        cdk.run(Map.of(), "delete", "--force");

        registry.clearRequests();
        SimulatedCdk.Output start = start3_11("--extra-clusterup-flags", "--tag=v3.11.141");
        assertThat(start.exit()).as("%s", start).isZero();
        assertThat(registry.requests()).isEmpty();

        pods();
        additionalAuthorities();
    }

    /** The CA by certs.d, the login by the secret that the service account links. */
    private void pods() throws Exception {
        String image = HOST + "/a/b:1";
        assertThat(cdk.pullForPod("myproject", image)).contains("Failed to pull image", "x509: certificate signed by");
        putAuthority("/etc/docker/certs.d/" + HOST);
        assertThat(cdk.pullForPod("myproject", image)).contains("no basic auth credentials");

        String token = token();
        send(token, "POST", "/api/v1/namespaces/myproject/secrets", secret());
        assertThat(cdk.pullForPod("myproject", image)).contains("no basic auth credentials");
        ObjectNode link = JsonFile.object();
        link.putArray("imagePullSecrets").addObject().put("name", "registry");
        send(token, "PATCH", "/api/v1/namespaces/myproject/serviceaccounts/default", link);
        assertThat(cdk.pullForPod("myproject", image)).isEmpty();
        assertThat(cdk.pullForPod("default", image)).contains("no basic auth credentials");
        assertThat(cdk.pullForBuild("myproject", image)).contains("no basic auth credentials");
        link.removeAll();
        link.putArray("secrets").addObject().put("name", "registry");
        send(token, "PATCH", "/api/v1/namespaces/myproject/serviceaccounts/builder", link);
        assertThat(cdk.pullForBuild("myproject", image)).isEmpty();
        assertThat(manifests()).containsOnly("/v2/a/b/manifests/1");
    }

    private void putAuthority(String folder) {
        SimulatedCdk.Output put = cdk.ssh(
                registry.caPem().orElseThrow(),
                "sudo mkdir -p " + folder + " && sudo tee " + folder + "/ca.crt >/dev/null");
        assertThat(put.exit()).as("%s", put).isZero();
    }

    private void additionalAuthorities() throws Exception {
        String token = token();
        String imports = "/apis/image.openshift.io/v1/namespaces/myproject/imagestreamimports";
        assertThat(send(token, "POST", imports, request()).toString())
                .contains("x509: certificate signed by unknown authority");
        String patch = "{\"imagePolicyConfig\":{\"additionalTrustedCA\":\"/etc/origin/master/ca.crt\"}}";
        assertThat(cdk.run(Map.of(), "openshift", "config", "set", "--target", "master", "--patch", patch)
                        .stderr())
                .contains("no such file");

        putAuthority("/var/lib/minishift/base/openshift-apiserver");
        assertThat(cdk.run(Map.of(), "openshift", "config", "set", "--target", "master", "--patch", patch)
                        .exit())
                .isZero();
        JsonNode answer = send(token, "POST", imports, request());
        assertThat(answer.at("/status/images/0/status/status").asText()).isEqualTo("Success");
    }

    private static ObjectNode request() {
        ObjectNode request = JsonFile.object();
        request.putObject("metadata").put("name", "b");
        ObjectNode image = request.putObject("spec").putArray("images").addObject();
        image.putObject("from").put("kind", "DockerImage").put("name", HOST + "/a/b:1");
        image.putObject("to").put("name", "1");
        return request;
    }

    private static ObjectNode secret() {
        ObjectNode config = JsonFile.object();
        config.putObject("auths")
                .putObject(HOST)
                .put("auth", new PullLogin(RegistryFlavour.USER, RegistryFlavour.PASSWORD).auth());
        ObjectNode secret = JsonFile.object().put("type", "kubernetes.io/dockerconfigjson");
        secret.putObject("metadata").put("name", "registry");
        secret.putObject("data")
                .put(
                        ".dockerconfigjson",
                        Base64.getEncoder().encodeToString(config.toString().getBytes(StandardCharsets.UTF_8)));
        return secret;
    }

    private URI api(String path) {
        return URI.create("https://" + cdk.run(Map.of(), "ip").stdout().strip() + ":8443" + path);
    }

    private String token() throws Exception {
        String basic = Base64.getEncoder().encodeToString("admin:any".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(
                        api("/oauth/authorize?client_id=openshift-challenging-client&response_type=token"))
                .header("X-CSRF-Token", "1")
                .header("Authorization", "Basic " + basic)
                .build();
        return HttpClients.trustingEverybody()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst(".*access_token=([^&]+).*", "$1");
    }

    private JsonNode send(String token, String method, String path, JsonNode body) throws Exception {
        for (int attempt = 0; attempt < 10; attempt++) {
            HttpRequest request = HttpRequest.newBuilder(api(path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                    .header("Authorization", "Bearer " + token)
                    .header(
                            "Content-Type",
                            method.equals("PATCH") ? "application/strategic-merge-patch+json" : "application/json")
                    .build();
            HttpResponse<String> response =
                    HttpClients.trustingEverybody().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 == 2) {
                return JsonFile.mapper().readTree(response.body());
            }
            // The API comes up again after its configuration was changed.
            assertThat(response.body()).contains("not yet ready");
        }
        throw new AssertionError("the API did not come up again");
    }

    @Test
    @DisplayName("takes the login of the user who runs docker, from his own configuration")
    void configuredLogin() {
        create("cdk-3.10");
        List<String> names = platform3_11("v3.11.141");
        names.stream()
                .filter(name -> name.startsWith(HOST))
                .forEach(name -> registry.put(name.substring(HOST.length() + 1), TinyImage.named(name)));
        seed(List.of("registry.access.redhat.com/openshift3/ose-control-plane:v3.11.141", SIGNER));
        start3_11("--no-provision");
        putAuthority("/etc/docker/certs.d/" + HOST);
        assertThat(cdk.ssh("", "docker pull " + HOST + "/openshift3/ose-cli:v3.11.141")
                        .stderr())
                .contains("no basic auth credentials");
        assertThat(cdk.ssh("", "docker login -u jane -p s3cret " + HOST).exit()).isZero();
        assertThat(cdk.ssh("", "cat ~/.docker/config.json").stdout()).contains(HOST);
        assertThat(cdk.ssh("", "docker pull " + HOST + "/openshift3/ose-cli:v3.11.141")
                        .exit())
                .isZero();
        assertThat(cdk.ssh("", "sudo docker pull " + HOST + "/openshift3/ose-cli:v3.11.141")
                        .stderr())
                .as("root has a configuration of his own")
                .contains("no basic auth credentials");
        assertThat(cdk.ssh("", "docker logout " + HOST).exit()).isZero();
        assertThat(cdk.ssh("", "docker pull " + HOST + "/openshift3/ose-cli:v3.11.141")
                        .stderr())
                .contains("no basic auth credentials");
    }

    @Test
    @DisplayName("trusts an anchor of the system only once docker was started again")
    void systemAuthorities() {
        create("cdk-3.10");
        start3_11("--no-provision");
        String pull = "docker pull " + HOST + "/a/b:1";
        putAuthority("/etc/pki/ca-trust/source/anchors");
        assertThat(cdk.ssh("", "sudo update-ca-trust; " + pull).stderr()).contains("x509");
        assertThat(cdk.ssh("", "sudo systemctl restart docker; " + pull).stderr())
                .contains("no basic auth credentials");
    }
}
