package io.github.cdkmaven.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.crc.CrcFault;
import io.github.cdkmaven.sim.crc.CrcSituation;
import io.github.cdkmaven.sim.minishift.HttpClients;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.Yaml;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A simulated OpenShift Local")
class SimulatedCrcTest {

    private static final Map<String, String> QUIET = Map.of(
            "CRC_CONSENT_TELEMETRY", "no",
            "CRC_DISABLE_UPDATE_CHECK", "true",
            "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");

    private static final String POOL = "/apis/machineconfiguration.openshift.io/v1/machineconfigpools/master";
    private static final String IMAGE = "/apis/config.openshift.io/v1/images/cluster";

    @TempDir
    Path folder;

    private final AnyImageRegistry registry = new AnyImageRegistry();
    private SimulatedCrc crc;

    @AfterEach
    void endTheWorld() {
        crc.close();
        registry.close();
        assertThat(crc.livingProcesses()).isEmpty();
    }

    private Process launch(Path program, Map<String, String> environment, Path out, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("KUBECONFIG");
        builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String output(Path program, Map<String, String> environment, String... arguments) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        assertThat(launch(program, environment, out, arguments).waitFor()).isZero();
        return Files.readString(out);
    }

    private JsonNode json(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("-o", "json"));
        return Yaml.read(crc.run(QUIET, words.toArray(String[]::new)).stdout());
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        JsonNode config = Yaml.read(Files.readString(crc.kubeconfig()));
        JsonNode user = config.at("/users/0/user");
        String server = config.at("/clusters/0/cluster/server").asText();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClients.withCertificate(
                        bytes(config.at("/clusters/0/cluster"), "certificate-authority-data"),
                        bytes(user, "client-certificate-data"),
                        bytes(user, "client-key-data"))
                .send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] bytes(JsonNode holder, String name) {
        return Base64.getDecoder().decode(holder.path(name).asText());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = call("GET", path, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonFile.mapper().readTree(response.body());
    }

    private void change(String method, String path, String body) throws Exception {
        HttpResponse<String> response = call(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    }

    private String condition(String type) throws Exception {
        for (JsonNode condition : get(POOL).at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText();
            }
        }
        return "";
    }

    private boolean answers() throws Exception {
        try {
            call("GET", POOL, "");
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Operators work beside the test; they are given more time than they can need. */
    private static void eventually(Callable<Boolean> condition) throws Exception {
        for (int attempt = 0; attempt < 1200 && !condition.call(); attempt++) {
            Thread.sleep(50);
        }
        assertThat(condition.call()).isTrue();
    }

    @Test
    @DisplayName(
            "outlives the start, is left alone by a second one, and comes back after a stop with the same kubeconfig")
    void livesOn() throws Exception {
        crc = SimulatedCrc.in(folder).version("2.53.0").create();
        String bundle = crc.bundle().toString();
        String secret = crc.pullSecret().toString();

        JsonNode started =
                Yaml.read(output(crc.crc(), QUIET, "start", "-o", "json", "-b", bundle, "-p", secret, "-c", "6"));

        assertThat(started.path("success").asBoolean()).isTrue();
        assertThat(json("status").path("openshiftStatus").asText()).isEqualTo("Running");
        assertThat(crc.journal().outsideContacts())
                .containsOnly("quay.io", "2.rhel.pool.ntp.org", "registry.redhat.io", "api.openshift.com");
        assertThat(crc.crcFolder().resolve("machines/crc/config.json"))
                .content()
                .contains("\"CPU\" : 6", "\"Memory\" : 10752", "\"BundleName\" : \"crc_libvirt_4.19.3_amd64\"");
        assertThat(crc.journal().crcCalls()).hasSize(1).allMatch(call -> call.startsWith("start -o json -b"));
        assertThat(Files.readString(crc.kubeconfig())).contains("server: https://api.crc.testing:6443", "name: admin");
        Map<String, String> own = Map.of("KUBECONFIG", crc.kubeconfig().toString());
        assertThat(output(crc.oc(), own, "whoami")).isEqualTo("system:admin\n");

        Files.writeString(
                crc.home().resolve(".kube/config"),
                "# mine\n" + Files.readString(crc.home().resolve(".kube/config")));
        assertThat(json("start", "-c", "8").path("success").asBoolean()).isTrue();
        assertThat(crc.home().resolve(".kube/config")).content().contains("# mine", "crc-developer");
        assertThat(json("stop").path("success").asBoolean()).isTrue();
        assertThat(crc.home().resolve(".kube/config")).content().doesNotContain("# mine", "crc-developer");
        assertThat(crc.livingProcesses()).isEmpty();
        assertThat(json("start", "-b", bundle).path("success").asBoolean()).isTrue();
        assertThat(output(crc.oc(), own, "whoami")).isEqualTo("system:admin\n");
    }

    @Test
    @DisplayName("takes configuration to the node's disk by its pool, and does not survive what reboots the node")
    void configuresTheNode() throws Exception {
        crc = SimulatedCrc.in(folder)
                .version("2.62.0")
                .state(CrcSituation.RUNNING)
                .apiByAddress(true)
                .rollOutSeconds(0.2)
                .create();
        assertThat(crc.node("sudo crictl images -o json").stdout()).contains("quay.io/crcont/routes-controller:4.22.1");
        assertThat(crc.node("sudo cat /var/lib/kubelet/config.json").stdout()).contains("reg.corp.example:5000");
        assertThat(condition("Updated")).isEqualTo("True");
        String before = get(POOL).at("/spec/configuration/name").asText();

        change(
                "PATCH",
                IMAGE,
                "{\"spec\":{\"registrySources\":{\"blockedRegistries\":[\"quay.io\",\"docker.io\"],"
                        + "\"insecureRegistries\":[\"" + registry.host() + "\"]}}}");
        eventually(() -> !get(POOL).at("/status/configuration/name").asText().equals(before));
        eventually(() -> condition("Updated").equals("True"));
        String conf = crc.node("sudo cat /etc/containers/registries.conf").stdout();
        assertThat(conf).contains("location = \"docker.io\"").doesNotContain("location = \"quay.io\"");

        change(
                "PATCH",
                "/api/v1/namespaces/openshift-config/configmaps/registry-certs",
                "{\"data\":{\"reg..5000\":\"PEM\"}}");
        assertThat(crc.node("sudo ls /etc/docker/certs.d").stdout()).contains("reg:5000");
        assertThat(get("/apis/operators.coreos.com/v1alpha1/catalogsources").path("items"))
                .hasSize(4);
        change(
                "PATCH",
                "/apis/config.openshift.io/v1/operatorhubs/cluster",
                "{\"spec\":{\"disableAllDefaultSources\":true}}");
        assertThat(get("/apis/operators.coreos.com/v1alpha1/catalogsources").path("items"))
                .isEmpty();

        crc = crc.with(CrcFault.KUBELET_UNIT_DISABLED);
        change("POST", "/apis/config.openshift.io/v1/imagedigestmirrorsets", """
                {"metadata":{"name":"company"},"spec":{"imageDigestMirrors":[{"source":"quay.io/openshift-release-dev",
                 "mirrors":["reg.corp.example:5000/release"],"mirrorSourcePolicy":"NeverContactSource"}]}}""");
        eventually(() -> condition("Degraded").equals("True"));
        assertThat(json("status").path("openshiftStatus").asText()).isEqualTo("Degraded");
        crc.node("sudo systemctl enable kubelet");
        assertThat(condition("Degraded")).isEqualTo("False");
        conf = crc.node("sudo cat /etc/containers/registries.conf").stdout();
        assertThat(conf).contains("location = \"quay.io\"", "reg.corp.example:5000/release", "digest-only");

        assertThat(crc.node("sudo crictl pull docker.io/library/busybox:1").stderr())
                .contains("registry docker.io is blocked");
        String reference = registry.host() + "/library/busybox:1";
        crc.node("sudo crictl pull " + reference);
        assertThat(crc.node("sudo crictl images -o json").stdout()).contains(reference);

        change("PATCH", IMAGE, "{\"spec\":{\"registrySources\":{\"containerRuntimeSearchRegistries\":[\"reg\"]}}}");
        eventually(() -> !answers());
        assertThat(json("status").path("openshiftStatus").asText()).isEqualTo("Unreachable");
    }

    @Test
    @DisplayName(
            "is left running by a start that is killed, which the next one takes for success, and recovers by stop -f")
    void recovers() throws Exception {
        crc = SimulatedCrc.in(folder).create();
        String[] start = {"start", "-o", "json", "-p", crc.pullSecret().toString()};
        Process killed = launch(crc.crc(), QUIET, folder.resolve("killed"), start);
        eventually(() -> Files.exists(folder.resolve("world/vm/crc/cluster/cluster.pid")));
        killed.destroyForcibly().waitFor();

        assertThat(json("status").path("crcStatus").asText()).isEqualTo("Running");
        assertThat(json("start").path("success").asBoolean()).isTrue();
        assertThat(json("stop", "-f").path("success").asBoolean()).isTrue();
        assertThat(json("start", "-p", crc.pullSecret().toString())
                        .path("success")
                        .asBoolean())
                .isTrue();
        assertThat(json("status").path("openshiftStatus").asText()).isEqualTo("Running");
    }

    @Test
    @DisplayName("is found with operators that still progress, and lets them settle when told so")
    void isFoundStarting() {
        crc = SimulatedCrc.in(folder)
                .state(CrcSituation.STARTING)
                .faults(CrcFault.OPERATOR_DEGRADED)
                .create();
        assertThat(json("status").path("openshiftStatus").asText()).isEqualTo("Starting");
        assertThat(crc.journal().outsideContacts()).isEmpty();
        crc.settle();
        assertThat(json("status").path("openshiftStatus").asText()).isEqualTo("Degraded");
    }

    @Test
    @DisplayName("hangs on a locked keyring, unless the session bus cannot be reached")
    void hangs() throws Exception {
        crc = SimulatedCrc.in(folder).faults(CrcFault.KEYRING_LOCKED).create();
        Process hanging = launch(crc.crc(), Map.of(), folder.resolve("hanging"), "version");
        assertThat(output(crc.crc(), QUIET, "version")).startsWith("CRC version: 2.53.0");
        assertThat(hanging.isAlive()).isTrue();
        assertThat(folder.resolve("hanging")).isEmptyFile();
    }

    @Test
    @DisplayName("works in network mode system without a daemon, which only status asks for")
    void systemMode() {
        crc = SimulatedCrc.in(folder)
                .version("2.46.0")
                .state(CrcSituation.NO_DAEMON)
                .create();
        assertThat(json("status").path("error").asText()).contains("have you run 'crc setup'?");
        crc = crc.with(CrcFault.VM_START_FAILS);
        String secret = crc.pullSecret().toString();
        assertThat(json("start", "-p", secret).path("error").asText()).startsWith("Error starting machine");
        assertThat(crc.crcFolder().resolve("machines/crc/id_ed25519")).exists();
    }

    @Test
    @DisplayName("keeps out of the home of whoever runs the tests")
    void staysAtHome() {
        crc = SimulatedCrc.in(folder.resolve("world"))
                .state(CrcSituation.NOT_SET_UP)
                .create();
        crc.run(Map.of("HOME", folder.resolve("somebody").toString()), "version");
        assertThat(folder.resolve("somebody")).doesNotExist();
        assertThat(crc.crcFolder()).isDirectory();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BUNDLE_SPOILED, Failed to renew TLS certificates: please check if a newer CRC release is available",
        "API_SERVER_LATE, Error waiting for apiserver",
        "SSH_UNREACHABLE, Failed to connect to the CRC VM with SSH",
        "DAEMON_OF_ANOTHER_VERSION, The executable version (2.53.0) doesn't match the daemon version",
        "KEYRING_HOLDS_SECRET, Error waiting for apiserver"
    })
    @DisplayName("fails with status 0 and an error in its JSON")
    void fails(CrcFault fault, String begin) throws IOException {
        crc = SimulatedCrc.in(folder)
                .bundleBuilt(Instant.now().minus(Duration.ofDays(40)))
                .faults(fault, CrcFault.API_SERVER_LATE)
                .create();
        Path bad = Files.writeString(folder.resolve("bad"), "{}");
        Path secret = fault == CrcFault.KEYRING_HOLDS_SECRET ? bad : crc.pullSecret();
        SimulatedCdk.Output output = crc.run(QUIET, "start", "-o", "json", "-p", secret.toString());
        assertThat(output.exit()).isZero();
        assertThat(Yaml.read(output.stdout()).path("error").asText()).startsWith(begin);
    }
}
