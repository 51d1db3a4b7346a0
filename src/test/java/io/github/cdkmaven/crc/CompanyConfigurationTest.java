package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.sim.cluster.LocalPlan;
import io.github.cdkmaven.sim.cluster.LocalPlan.Trouble;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.streams.ApiOf;
import io.github.cdkmaven.world.InvokedLocal;
import io.github.cdkmaven.world.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The cluster of OpenShift Local")
class CompanyConfigurationTest {

    private static final String CONFIG = "/apis/config.openshift.io/v1/";
    private static final String AUTHORITIES = "/api/v1/namespaces/openshift-config/configmaps/registry-certs";
    private static final String PULL_SECRET = "/api/v1/namespaces/openshift-config/secrets/pull-secret";
    private static final String MIRRORS = "imagedigestmirrorsets/cdk-maven-plugin";
    private static final String CANARY = "canary-login";
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\nY2FuYXJ5LWNh\n-----END CERTIFICATE-----\n";
    private static final List<String> BLOCKED = List.of("quay.io", "docker.io", "all");

    @TempDir
    Path folder;

    private Registries registries;
    private Optional<SimulatedCluster> started = Optional.empty();
    private List<Check> checks = List.of();

    @BeforeEach
    void company() throws IOException {
        Registry own = Registry.to("reg.corp.example:5000")
                .withCa(Files.writeString(folder.resolve("ca.pem"), CERTIFICATE))
                .withCredentials(new Credentials("ci", CANARY));
        registries = new Registries(
                own,
                new Relocation(List.of(
                        new Mapping("registry.redhat.io", "reg.corp.example:5000/rh"),
                        new Mapping("docker.io", "hub.corp.example"),
                        new Mapping("reg.corp.example:5000/old", "reg.corp.example:5000/new"))),
                Map.of("hub.corp.example", new Credentials("hub", CANARY)));
    }

    @AfterEach
    void close() {
        started.ifPresent(SimulatedCluster::close);
    }

    private SimulatedCluster cluster(Duration rollOut, Trouble... troubles) throws IOException {
        SimulatedCluster cluster = SimulatedCluster.builder()
                .openshift("4.19.3")
                .samples(new ObjectMapper().readTree(InvokedLocal.SAMPLES.toFile()))
                .local(new LocalPlan(Duration.ZERO, rollOut, Set.of(troubles)))
                .start();
        started = Optional.of(cluster);
        return cluster;
    }

    private static ApiOf api(SimulatedCluster cluster) {
        return ApiOf.kubeconfig(cluster.kubeconfigJson());
    }

    /** @return the log */
    private String apply(SimulatedCluster cluster, boolean write, Deadline deadline) {
        NodeShell node = new NodeShell(
                CrcFiles.of(folder), true, () -> Optional.of("127.0.0.1"), new CommandRunner(Secrets.NONE), List.of());
        return Log.of(() ->
                checks = new CompanyConfiguration(CrcStartSettings.of(registries, BLOCKED), node, Duration.ofMillis(20))
                        .apply(api(cluster).api(), write, deadline));
    }

    private String apply(SimulatedCluster cluster, boolean write) {
        return apply(cluster, write, Deadline.in(Duration.ofSeconds(40)));
    }

    private static List<String> changes(SimulatedCluster cluster) {
        return cluster.state().changes().stream()
                .map(entry -> entry.method() + " " + entry.path())
                .toList();
    }

    private static JsonNode pullSecret(SimulatedCluster cluster) throws IOException {
        String data = api(cluster)
                .get(PULL_SECRET)
                .path("data")
                .path(".dockerconfigjson")
                .asText();
        return new ObjectMapper().readTree(Base64.getDecoder().decode(data));
    }

    @Test
    @DisplayName("is told of the registries in one pass, which keeps what is there, and a second pass writes nothing")
    void onePass() throws IOException {
        SimulatedCluster cluster = cluster(Duration.ofMillis(400));

        String log = apply(cluster, true);

        JsonNode authorities = api(cluster).get(AUTHORITIES).path("data");
        assertThat(authorities.path("reg.corp.example..5000").asText()).isEqualTo(CERTIFICATE);
        assertThat(authorities.path("hub.corp.example").asText()).isEqualTo(CERTIFICATE);
        assertThat(authorities.has("default-route-openshift-image-registry.apps-crc.testing"))
                .isTrue();
        assertThat(pullSecret(cluster).at("/auths/hub.corp.example/auth").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(("hub:" + CANARY).getBytes(StandardCharsets.UTF_8)));
        assertThat(pullSecret(cluster).path("auths").has("reg.corp.example:5000"))
                .isTrue();
        JsonNode digests = api(cluster).get(CONFIG + MIRRORS).path("spec").path("imageDigestMirrors");
        assertThat(digests.findValuesAsText("source"))
                .contains(
                        "registry.redhat.io",
                        "docker.io",
                        "quay.io/openshift-release-dev/ocp-release",
                        "quay.io/openshift-release-dev/ocp-v4.0-art-dev")
                .doesNotContain("reg.corp.example:5000/old");
        assertThat(digests.findValuesAsText("mirrorSourcePolicy")).containsOnly("NeverContactSource");
        JsonNode tags = api(cluster)
                .get(CONFIG + "imagetagmirrorsets/cdk-maven-plugin")
                .path("spec")
                .path("imageTagMirrors");
        assertThat(tags.findValuesAsText("source")).containsExactly("registry.redhat.io", "docker.io");
        JsonNode image = api(cluster).get(CONFIG + "images/cluster").path("spec");
        assertThat(image.at("/additionalTrustedCA/name").asText()).isEqualTo("registry-certs");
        assertThat(image.at("/registrySources/blockedRegistries"))
                .extracting(JsonNode::asText)
                .containsExactly("quay.io", "docker.io");
        assertThat(api(cluster)
                        .get(CONFIG + "operatorhubs/cluster")
                        .at("/spec/disableAllDefaultSources")
                        .asBoolean())
                .isTrue();
        JsonNode pool = api(cluster).get("/apis/machineconfiguration.openshift.io/v1/machineconfigpools/master");
        assertThat(pool.at("/status/configuration/name")).isEqualTo(pool.at("/spec/configuration/name"));
        assertThat(log)
                .contains("Changed in the cluster: configmap/registry-certs in openshift-config")
                .contains(
                        "Changed in the cluster: imagetagmirrorset/cdk-maven-plugin: mirrors of registry.redhat.io, docker.io")
                .doesNotContain(CANARY, "Y2FuYXJ5", "Y2k6", "aHViOm");
        assertThat(checks.toString())
                .contains("changed: the login for")
                .doesNotContain(CANARY, "Y2FuYXJ5", "Y2k6", "aHViOm");
        List<String> once = changes(cluster);
        assertThat(once)
                .noneMatch(
                        change -> change.matches(".*(machineconfig|kubeletconfig|containerruntimeconfig|proxies).*"));
        assertThat(image.path("registrySources").has("containerRuntimeSearchRegistries"))
                .isFalse();

        apply(cluster, true);

        assertThat(changes(cluster)).isEqualTo(once);
        assertThat(checks).isEmpty();
    }

    @Test
    @DisplayName("that somebody else changes at the same moment is read again and written again, and not for ever")
    void overtaken() throws IOException {
        SimulatedCluster cluster = cluster(Duration.ZERO);
        cluster.state().patchesAreOvertaken(1_000);

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> apply(cluster, true));

        assertThat(problem).hasMessageContaining("keeps changing secret/pull-secret in openshift-config");
        assertThat(pullSecret(cluster).path("auths").has("reg.corp.example:5000"))
                .isFalse();

        cluster.state().patchesAreOvertaken(3);
        String log = apply(cluster, true);

        assertThat(log).contains("secret/pull-secret in openshift-config was changed by somebody else in the meantime");
        assertThat(pullSecret(cluster).path("auths").has("reg.corp.example:5000"))
                .isTrue();
        List<String> once = changes(cluster);
        apply(cluster, true);
        assertThat(changes(cluster)).isEqualTo(once);
    }

    @Test
    @DisplayName(
            "whose image.config names no authorities yet gets them with the rest in one change, and finds nobody in its way")
    void noAuthorities() throws IOException {
        SimulatedCluster cluster = cluster(Duration.ZERO);
        JsonNode none = new ObjectMapper().readTree("{\"spec\": {\"additionalTrustedCA\": null}}");
        assertThat(api(cluster)
                        .api()
                        .mergePatch(CONFIG + "images/cluster", none, Duration.ofSeconds(10))
                        .isSuccess())
                .isTrue();

        String log = apply(cluster, true);

        assertThat(log).doesNotContain("by somebody else");
        JsonNode image = api(cluster).get(CONFIG + "images/cluster").path("spec");
        assertThat(image.at("/additionalTrustedCA/name").asText()).isNotEmpty();
        assertThat(image.at("/registrySources/blockedRegistries").isEmpty()).isFalse();
    }

    @Test
    @DisplayName("of a person is left as it is, and what it lacks is told")
    void ofAPerson() throws IOException {
        SimulatedCluster cluster = cluster(Duration.ZERO);

        String log = apply(cluster, false);

        assertThat(changes(cluster)).isEmpty();
        assertThat(checks).singleElement().satisfies(check -> assertThat(check.message() + check.fix())
                .contains(
                        "registry-certs",
                        "pull-secret",
                        "imagedigestmirrorset",
                        "operatorhub",
                        "-Dcdk.configureCluster=true"));
        assertThat(log).contains("The cluster lacks").doesNotContain(CANARY);
    }

    @Test
    @DisplayName("that cannot reach its node for the kubelet's disabled unit is not changed; the cure is named")
    void degraded() throws IOException {
        SimulatedCluster cluster = cluster(Duration.ZERO, Trouble.KUBELET_UNIT_DISABLED);
        ProblemException later = catchThrowableOfType(ProblemException.class, () -> apply(cluster, true));
        List<String> before = changes(cluster);

        ProblemException atOnce = catchThrowableOfType(ProblemException.class, () -> apply(cluster, true));

        assertThat(changes(cluster)).isEqualTo(before);
        assertThat(List.of(later, atOnce))
                .allSatisfy(e -> assertThat(String.join("\n", e.problem().toLines()))
                        .contains("'master'", "kubelet.service", "core@127.0.0.1 sudo systemctl enable kubelet"));
    }

    @Test
    @DisplayName("whose node is not reached in time is told with what is missing there")
    void never() throws IOException {
        SimulatedCluster cluster = cluster(Duration.ofHours(1));

        ProblemException late = catchThrowableOfType(
                ProblemException.class, () -> apply(cluster, true, Deadline.in(Duration.ofSeconds(3))));

        assertThat(String.join("\n", late.problem().toLines()))
                .contains("did not reach the VM's node", "not rendered the mirror of", "-Dcdk.startTimeout=60m");
    }

    @Test
    @DisplayName("whose operator leaves a blocked registry out without a word is told of")
    void dropped() throws IOException {
        SimulatedCluster cluster = cluster(Duration.ZERO, Trouble.QUAY_NEVER_BLOCKED);

        apply(cluster, true);

        assertThat(checks)
                .filteredOn(check -> check.id().equals("cluster.blocked"))
                .singleElement()
                .satisfies(check -> assertThat(check.toLine()).contains("quay.io", "does not block it"));
    }

    @Test
    @DisplayName("keeps somebody else's mirror set and allow-list, and says what is left out for them")
    void ofSomebodyElse() throws IOException {
        SimulatedCluster cluster = cluster(Duration.ZERO);
        ObjectMapper json = new ObjectMapper();
        api(cluster).post(CONFIG + "imagetagmirrorsets", json.readTree("""
                {"kind":"ImageTagMirrorSet","apiVersion":"config.openshift.io/v1","metadata":{"name":"theirs"},
                 "spec":{"imageTagMirrors":[{"source":"registry.redhat.io","mirrors":["elsewhere.example"]}]}}"""));
        api(cluster)
                .api()
                .mergePatch(
                        CONFIG + "images/cluster",
                        json.readTree("{\"spec\":{\"registrySources\":{\"allowedRegistries\":[\"quay.io\"]}}}"),
                        Duration.ofSeconds(30));

        apply(cluster, true);

        JsonNode tags = api(cluster).get(CONFIG + "imagetagmirrorsets/cdk-maven-plugin");
        assertThat(tags.findValuesAsText("source")).containsExactly("docker.io");
        assertThat(api(cluster)
                        .get(CONFIG + "images/cluster")
                        .at("/spec/registrySources")
                        .has("blockedRegistries"))
                .isFalse();
        assertThat(checks.toString())
                .contains("ImageTagMirrorSet theirs sends registry.redhat.io", "allowedRegistries");
    }
}
