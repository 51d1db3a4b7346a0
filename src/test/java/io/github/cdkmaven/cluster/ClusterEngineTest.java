package io.github.cdkmaven.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.sim.cluster.ClusterFaults;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The engine of an OpenShift 4.19 behind a kubeconfig")
class ClusterEngineTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String HOST = "registry.corp.example:5000";

    @TempDir
    Path folder;

    private SimulatedCluster cluster;

    @BeforeEach
    void start() {
        cluster = SimulatedCluster.builder()
                .openshift("4.19.0")
                .editor("jane", "team")
                .importController(false)
                .start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private ClusterEngine engine(String kubeconfig, Registry registry) {
        try {
            Path file = Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
            return new ClusterEngine(ClusterSettings.of(
                            new ClusterLogin(file, Optional.empty(), new CommandRunner(Secrets.NONE)),
                            Optional.empty(),
                            folder)
                    .with(Registries.of(registry), List.of("team"))
                    .and(List.of(
                            NeededImage.required("docker.io/library/postgres:13", new Purpose.Additional()),
                            NeededImage.required(
                                    "quay.io/team/app@sha256:" + "a".repeat(64), new Purpose.Additional()))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Check> checks(ClusterEngine engine) {
        return engine.checks(List.of(HOST)).stream()
                .flatMap(look -> look.get().stream())
                .toList();
    }

    private OpenShiftApi admin() {
        return new OpenShiftApi(Kubeconfig.parse(cluster.kubeconfigJson(), folder.resolve("admin")));
    }

    private static Stream<String> ids(List<Check> checks, CheckOutcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).map(Check::id);
    }

    @Test
    @DisplayName("tells the version of Kubernetes to whom the cluster hides its own, and who that is")
    void plainUser() {
        ClusterEngine engine = engine(cluster.kubeconfigYaml("jane"), Registry.to(HOST));

        assertThat(engine.product().words()).contains(cluster.url().toString(), "as jane", "Kubernetes v1.32");
        assertThat(engine.state().openshift()).isEmpty();
        assertThat(engine(cluster.kubeconfigYaml(), Registry.to(HOST)).state().openshift())
                .contains("4.19.0");
    }

    @Test
    @DisplayName("finds the console and the suffix of routes where the cluster tells them to everybody")
    void console() throws IOException {
        ClusterEngine engine = engine(cluster.kubeconfigYaml(), Registry.to(HOST));
        assertThat(engine.console()).isEmpty();
        admin().post("/api/v1/namespaces/openshift-config-managed/configmaps", Json.parse("""
                        {"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "console-public"},
                         "data": {"consoleURL": "https://console-openshift-console.apps.corp.example"}}
                        """), LIMIT);

        assertThat(engine.console()).contains("https://console-openshift-console.apps.corp.example");
        assertThat(engine.routingSuffix()).contains("apps.corp.example");
    }

    @Test
    @DisplayName(
            "tells what an administrator has to set, as objects and commands without a secret's value, and sets nothing")
    void administration() throws IOException {
        String path = "/apis/config.openshift.io/v1/images/cluster";
        ObjectNode config = (ObjectNode) admin().get(path, LIMIT).body();
        config.set("spec", Json.parse("{\"allowedRegistriesForImport\": [{\"domainName\": \"quay.io\"}]}"));
        assertThat(admin().put(path, config, LIMIT).isSuccess()).isTrue();
        int changes = cluster.state().changes().size();
        Registry registry = Registry.to(HOST)
                .withCa(folder.resolve("ca.pem"))
                .withCredentials(new Credentials("mirror", "secret-canary", Optional.empty()));

        List<Check> checks = checks(engine(cluster.kubeconfigYaml(), registry));

        assertThat(ids(checks, CheckOutcome.FAIL)).containsExactly("cluster.allowedRegistriesForImport");
        assertThat(ids(checks, CheckOutcome.WARN))
                .containsExactly("cluster.additionalTrustedCA", "cluster.login", "cluster.mirrors");
        assertThat(checks.toString())
                .contains("oc patch image.config", "oc create configmap", "oc secrets link default", "oc apply -f")
                .doesNotContain("secret-canary");
        assertThat(folder.resolve("mirror-sets.json"))
                .content()
                .contains("ImageTagMirrorSet", "docker.io/library/postgres", HOST + "/library/postgres")
                .doesNotContain("secret-canary");
        assertThat(cluster.state().changes()).hasSize(changes);
    }

    @Test
    @DisplayName(
            "tells of an OpenShift 3 that nobody sees whether it trusts the registry's authority, where that matters")
    void authorityOfThree() {
        stop();
        cluster = SimulatedCluster.builder()
                .openshift("v3.11.0")
                .importController(false)
                .start();
        Registry registry = Registry.to(HOST).withCa(folder.resolve("ca.pem"));

        assertThat(checks(engine(cluster.kubeconfigYaml(), registry)))
                .filteredOn(check -> check.id().equals("cluster.additionalTrustedCA"))
                .singleElement()
                .satisfies(check -> assertThat(check.outcome()).isEqualTo(CheckOutcome.WARN))
                .satisfies(check -> assertThat(check.fix().orElse(""))
                        .contains("imagePolicyConfig.additionalTrustedCA", "<registryInsecure>"));
        assertThat(ids(checks(engine(cluster.kubeconfigYaml(), registry.withInsecure(true))), CheckOutcome.WARN))
                .doesNotContain("cluster.additionalTrustedCA");
    }

    @Test
    @DisplayName("asks for further mirrors by an object of its own, so that nothing takes the place of the last one")
    void furtherMirrors() throws IOException {
        List<String> names = new ArrayList<>();
        for (String image : List.of("docker.io/library/postgres:13", "docker.io/library/redis:6")) {
            Path file = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfigYaml());
            checks(new ClusterEngine(ClusterSettings.of(
                            new ClusterLogin(file, Optional.empty(), new CommandRunner(Secrets.NONE)),
                            Optional.empty(),
                            folder)
                    .with(Registries.of(Registry.to(HOST)), List.of("team"))
                    .and(List.of(NeededImage.required(image, new Purpose.Additional())))));
            JsonNode set = Json.read(Files.readAllBytes(folder.resolve("mirror-sets.json")))
                    .path("items")
                    .path(0);
            names.add(set.at("/metadata/name").asText());
            assertThat(admin().post("/apis/config.openshift.io/v1/imagetagmirrorsets", set, LIMIT)
                            .isSuccess())
                    .isTrue();
        }
        assertThat(names)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("registry.corp.example-5000-[0-9a-f]{8}"));
    }

    @Test
    @DisplayName("asks for no mirror set that is there, and leaves none in the reports that an earlier run asked for")
    void mirrored() throws IOException {
        Path objects = Files.writeString(folder.resolve("mirror-sets.json"), "of an earlier run");
        admin().post("/apis/config.openshift.io/v1/imagetagmirrorsets", Json.parse("""
                        {"kind": "ImageTagMirrorSet", "apiVersion": "config.openshift.io/v1", "metadata": {"name": "hub"},
                         "spec": {"imageTagMirrors": [{"source": "docker.io", "mirrors": ["registry.corp.example:5000"]}]}}
                        """), LIMIT);

        assertThat(ids(checks(engine(cluster.kubeconfigYaml(), Registry.to(HOST))), CheckOutcome.WARN))
                .isEmpty();
        assertThat(objects).doesNotExist();
    }

    @Test
    @DisplayName("tells as a finding that nobody is logged in any more, and never that the user may not")
    void loggedOut() {
        String expired = cluster.kubeconfigYaml("jane").replaceFirst("token: \\S+", "token: sha256~over");

        assertThat(checks(engine(expired, Registry.to(HOST)))).singleElement().satisfies(check -> assertThat(
                        check.id() + check.fix().orElse(""))
                .contains("cluster.login", "oc login")
                .doesNotContain("add-role-to-user"));
        assertThat(catchThrowableOfType(ProblemException.class, () -> engine(expired, Registry.to(HOST))
                                .product())
                        .problem()
                        .toLines()
                        .toString())
                .contains("oc login");
    }

    @Test
    @DisplayName("proves the namespace of the context only to who may look into it, or asks for it by name")
    void ownNamespace() {
        String noProject = cluster.kubeconfigYaml("jane").replaceAll("namespace: \\S+", "namespace: default");
        String project = noProject.replace("namespace: default", "namespace: team");

        assertThat(engine(noProject, Registry.to(HOST)).scope(List.of("team"))).containsExactly("team");
        assertThat(engine(noProject, Registry.to(HOST)).scope(List.of("team", "default")))
                .containsExactly("team", "default");
        assertThat(engine(project, Registry.to(HOST)).scope(List.of("openshift")))
                .containsExactly("openshift", "team");
        assertThat(engine(cluster.kubeconfigYaml().replaceAll("namespace: \\S+", ""), Registry.to(HOST))
                        .scope(List.of("team")))
                .containsExactly("team");
    }

    @Test
    @DisplayName("never proves the whole cluster because nothing of what is meant may be looked into")
    void nothingOpen() throws IOException {
        for (String name : List.of("others-1", "others-2")) {
            admin().post("/api/v1/namespaces", Json.parse("""
                            {"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": "%s"}}
                            """.formatted(name)), LIMIT);
        }
        cluster.state().faults(ClusterFaults.none().withoutRightsIn("others-1", "others-2", "default"));
        String yaml = cluster.kubeconfigYaml().replaceAll("namespace: \\S+", "namespace: default");

        assertThat(engine(yaml, Registry.to(HOST)).scope(List.of("others-*")))
                .containsExactly("others-1", "others-2", "default");
    }

    private List<String> rights(List<String> moved, List<String> verified) throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfigYaml("jane"));
        return checks(new ClusterEngine(ClusterSettings.of(
                                new ClusterLogin(file, Optional.empty(), new CommandRunner(Secrets.NONE)),
                                Optional.empty(),
                                folder)
                        .with(Registries.of(Registry.to(HOST)), moved)
                        .verifying(verified)))
                .stream()
                .filter(check -> check.id().equals("cluster.rights"))
                .map(check -> check.outcome() + " " + check.subject() + ": " + check.message()
                        + check.fix().orElse(""))
                .toList();
    }

    @Test
    @DisplayName("tells by namespace what the proof at the end lacks, and only where something is to be proven")
    void rightsOfTheProof() throws IOException {
        assertThat(rights(List.of(), List.of())).isEmpty();
        assertThat(rights(List.of("team"), List.of()))
                .singleElement()
                .asString()
                .startsWith("OK team: ");
        assertThat(rights(List.of("team"), List.of("team")))
                .as("the context's own namespace is default")
                .singleElement()
                .asString()
                .startsWith("OK team: ");
        assertThat(rights(List.of("team"), List.of("team", "others", "openshift")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("FAIL namespace openshift: ")
                                .contains("list pods", "add-role-to-user view jane -n openshift")
                                .doesNotContain("list imagestreams"),
                        line -> assertThat(line)
                                .startsWith("FAIL namespace others: ")
                                .contains("list pods, list imagestreams", "add-role-to-user view jane -n others")
                                .doesNotContain("update"));
    }
}
