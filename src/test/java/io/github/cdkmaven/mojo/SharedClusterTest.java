package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.report.ReportSchema;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.world.Log;
import io.github.cdkmaven.world.Mirror;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MojoTest
@DisplayName("A cluster that others use, too,")
class SharedClusterTest {

    private static final Path SET = Path.of("src/test/resources/imagestreams/two-of-everything.json");

    @TempDir
    Path folder;

    private SimulatedRegistry registry;

    @BeforeEach
    void mirror() {
        registry = SimulatedRegistry.start();
        new Mirror(registry).imageStreams(SET);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.11.0", "4.19.0"})
    @DisplayName(
            "is looked at, moved, proven, handed over and left running, and nothing but ImageStreams is written there")
    void everyGoal(
            String version,
            @InjectMojo(goal = "preflight") PreflightMojo preflight,
            @InjectMojo(goal = "start") StartMojo start,
            @InjectMojo(goal = "imagestreams") ImageStreamsMojo move,
            @InjectMojo(goal = "verify") VerifyMojo verify,
            @InjectMojo(goal = "images") ImagesMojo images,
            @InjectMojo(goal = "status") StatusMojo status,
            @InjectMojo(goal = "stop") StopMojo stop,
            @InjectMojo(goal = "delete") DeleteMojo delete)
            throws Exception {
        try (SimulatedCluster cluster = cluster(version)) {
            cluster.state()
                    .pods(List.of(
                            pod("myproject", registry.host() + "/team/app:1"), pod("others", "quay.io/them/app:1")));
            File kubeconfig = kubeconfig(cluster.kubeconfigYaml(), "myproject");
            String server = cluster.url().toString();
            for (AbstractRegistryMojo mojo : List.of(move, verify, images)) {
                mojo.registry = registry.host();
                mojo.registryInsecure = true;
            }
            for (AbstractVmMojo mojo : List.of(preflight, start)) {
                mojo.registry = registry.host();
                mojo.registryInsecure = true;
            }
            for (AbstractCdkMojo mojo : List.of(preflight, start, move, verify, images, status, stop, delete)) {
                Wiring.byHand(mojo, name(mojo), folder);
                mojo.kubeconfig = kubeconfig;
            }

            registry.image("library/postgres:13");
            preflight.additionalImages = List.of("docker.io/library/postgres:13");
            preflight.execute();
            assertThat(checks("preflight"))
                    .contains("cluster.login ok", "cluster.rights ok", "registry.importer ok", "cluster.mirrors warn")
                    .noneMatch(line -> line.startsWith("tools.") || line.startsWith("registry.docker"));
            Path objects = folder.resolve("target/cdk/mirror-sets.json");
            if (version.startsWith("4")) {
                assertThat(objects)
                        .content()
                        .contains(
                                "ImageTagMirrorSet",
                                "docker.io/library/postgres",
                                registry.host() + "/library/postgres");
            } else {
                assertThat(objects).doesNotExist();
            }
            assertThat(cluster.state().changes()).isEmpty();

            images.execute();
            assertThat(folder.resolve("target/cdk/images/images.txt"))
                    .content()
                    .contains("registry.access.redhat.com/rhscl/ruby-24-rhel7");

            String log = logOf(start);
            assertThat(log.lines().findFirst().orElseThrow()).contains(server, "system:admin", "OpenShift " + version);
            JsonNode facts = report("start").path("cdk");
            assertThat(facts.path("engine").asText()).isEqualTo("cluster");
            assertThat(facts.path("apiUrl").asText()).isEqualTo(server);
            assertThat(facts.path("user").asText()).isEqualTo("system:admin");
            assertThat(facts.path("openshift").asText()).isEqualTo(version);
            assertThat(facts.path("context").asText()).isNotEmpty();
            assertThat(facts.has("profile")).isFalse();
            assertThat(report("start").path("summary").path("imported").asInt()).isEqualTo(7);
            assertThat(report("start").path("images")).singleElement().satisfies(image -> assertThat(
                            image.path("verdict").asText())
                    .isEqualTo("internal"));
            Properties handedOver = start.project.getProperties();
            assertThat(handedOver.getProperty("cdk.apiUrl")).isEqualTo(server);
            assertThat(handedOver.getProperty("cdk.startedByThisBuild")).isEqualTo("false");
            assertThat(Path.of(handedOver.getProperty("cdk.kubeconfig")))
                    .content()
                    .contains(server, "\"namespace\" : \"myproject\"");
            int changes = cluster.state().changes().size();

            move.execute();
            assertThat(report("imagestreams").path("summary").path("unchanged").asInt())
                    .isEqualTo(7);
            preflight.additionalImages = List.of();
            for (AbstractCdkMojo again : List.of(preflight, images)) {
                assertThat(logOf(again))
                        .as("what names the registry by now is not counted")
                        .doesNotContain("0 of 0");
            }
            verify.execute();
            assertThat(checks("verify")).contains("verify.streams ok");
            assertThat(logOf(status)).contains(server, "OpenShift " + version);
            stop.execute();
            assertThat(report("stop").path("outcome").asText()).isEqualTo("ok");
            assertThat(folder.resolve("target/cdk/stop/report.html")).content().contains("Nothing to stop");
            assertThatThrownBy(delete::execute).hasMessageContaining("is not deleted");

            assertThat(cluster.state().changes()).hasSize(changes).allSatisfy(change -> assertThat(change.path())
                    .contains("/imagestream"));
        }
    }

    @Test
    @DisplayName("is moved by somebody who may edit one namespace, and what he may not do is told by namespace")
    void editor(
            @InjectMojo(goal = "imagestreams") ImageStreamsMojo move,
            @InjectMojo(goal = "preflight") PreflightMojo preflight,
            @InjectMojo(goal = "verify") VerifyMojo verify)
            throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .openshift("4.19.0")
                .imageStreams("team", Json.read(Files.readAllBytes(SET)))
                .imageStreams(SET)
                .editor("jane", "team")
                .pacing(false)
                .importController(false)
                .start()) {
            File kubeconfig = kubeconfig(cluster.kubeconfigYaml("jane"), "team");
            for (AbstractRegistryMojo mojo : List.of(move, verify)) {
                mojo.registry = registry.host();
                mojo.registryInsecure = true;
            }
            preflight.registry = registry.host();
            preflight.registryInsecure = true;
            for (AbstractCdkMojo mojo : List.of(move, preflight, verify)) {
                Wiring.byHand(mojo, name(mojo), folder);
                mojo.kubeconfig = kubeconfig;
            }

            preflight.namespaces = List.of("openshift", "team");
            assertThatThrownBy(preflight::execute).hasMessageContaining("cluster.rights namespace openshift");
            assertThat(report("preflight").path("checks"))
                    .filteredOn(check -> check.path("id").asText().equals("cluster.rights"))
                    .singleElement()
                    .satisfies(check -> assertThat(check.path("fix").asText())
                            .contains("oc adm policy add-role-to-user edit jane -n openshift"));
            move.namespaces = List.of("openshift", "team");
            assertThatThrownBy(move::execute)
                    .hasMessageContainingAll(
                            "jane", "missing in namespace openshift: update imagestreams.image.openshift.io")
                    .hasMessageNotContaining("in namespace team");
            assertThat(cluster.state().changes()).isEmpty();

            kubeconfig(cluster.kubeconfigYaml("jane"), "default"); // as after a login without a project
            move.namespaces = List.of("team");
            move.execute();
            assertThat(report("imagestreams-default")
                            .path("summary")
                            .path("imported")
                            .asInt())
                    .isEqualTo(7);
            assertThat(report("imagestreams-default").path("cdk").path("user").asText())
                    .isEqualTo("jane");
            verify.namespaces = List.of("team");
            verify.execute();
            assertThat(checks("verify")).contains("verify.streams ok");
        }
    }

    @Test
    @DisplayName("is changed by nobody who may not see what the proof at the end takes")
    void proofFirst(@InjectMojo(goal = "start") StartMojo start) throws Exception {
        try (SimulatedCluster cluster = teams().editor("jane", "team").start()) {
            wire(start, kubeconfig(cluster.kubeconfigYaml("jane"), "team"));
            start.namespaces = List.of("team", "others");
            start.skipPreflight = true;

            assertThatThrownBy(start::execute)
                    .hasMessageContainingAll("jane", "missing in namespace others: ", "list pods")
                    .hasMessageNotContaining("in namespace team");
            assertThat(cluster.state().changes()).isEmpty();
        }
    }

    @Test
    @DisplayName("is told by preflight to be closed to the proof, unless that is left out")
    void proofInPreflight(
            @InjectMojo(goal = "preflight") PreflightMojo preflight, @InjectMojo(goal = "start") StartMojo start)
            throws Exception {
        try (SimulatedCluster cluster = teams().viewer("jane", "team").start()) {
            File kubeconfig = kubeconfig(cluster.kubeconfigYaml("jane"), "team");
            wire(start, kubeconfig);
            preflight.registry = registry.host();
            preflight.registryInsecure = true;
            preflight.namespaces = List.of("team");
            Wiring.byHand(preflight, "preflight", folder);
            preflight.session.getRequest().setStartTime(new Date(0)); // a build of its own, whose report start removes
            preflight.kubeconfig = kubeconfig;
            for (AbstractStartMojo mojo : List.of(preflight, start)) {
                mojo.skipImageStreams = true;

                assertThatThrownBy(mojo::execute)
                        .hasMessageContainingAll("Preflight", "cluster.rights namespace team", "list pods");
            }

            preflight.skipVerify = true;
            preflight.execute();
            assertThat(checks("preflight")).noneMatch(line -> line.startsWith("cluster.rights"));
        }
    }

    @Test
    @DisplayName("is handed to somebody who may change nothing, where the move is left out")
    void viewer(@InjectMojo(goal = "start") StartMojo start) throws Exception {
        try (SimulatedCluster cluster = teams().viewer("jane", "team").start()) {
            wire(start, kubeconfig(cluster.kubeconfigYaml("jane"), "team"));
            start.skipVerify = true;
            start.skipImageStreams = true;

            start.execute();

            assertThat(checks("start")).noneMatch(line -> line.startsWith("cluster.rights"));
            assertThat(start.project.getProperties().getProperty("cdk.apiUrl"))
                    .isEqualTo(cluster.url().toString());
            assertThat(cluster.state().changes()).isEmpty();
        }
    }

    @Test
    @DisplayName("is the one of the goal's own kubeconfig and context beside a start's, read anew by each goal")
    void ofTheGoal(@InjectMojo(goal = "start") StartMojo start, @InjectMojo(goal = "status") StatusMojo status)
            throws Exception {
        try (SimulatedCluster cluster = teams().editor("jane", "team").start();
                SimulatedCluster other = teams().start()) {
            ObjectNode config = Json.parse(cluster.kubeconfigJson());
            ObjectNode context = config.path("contexts").path(0).deepCopy();
            context.put("name", "of-jane").withObject("/context").put("user", "jane");
            config.withArray("contexts").add(context);
            ObjectNode jane =
                    config.withArray("users").addObject().put("name", "jane").putObject("user");
            jane.put("token", cluster.token("jane"));
            File kubeconfig = kubeconfig(config.toString(), "team");
            wire(start, kubeconfig);
            start.skipVerify = true;
            start.skipImageStreams = true;
            start.execute();
            Wiring.byHand(status, "status", folder);
            status.session = start.session;
            status.project = start.project;

            assertThat(logOf(status)).contains(cluster.url().toString(), "as system:admin");
            status.context = "of-jane";
            assertThat(logOf(status)).contains(cluster.url().toString(), "as jane");
            status.kubeconfig = kubeconfig;
            assertThat(logOf(status)).contains(cluster.url().toString(), "as jane");

            jane.put("token", "sha256~over");
            Files.writeString(kubeconfig.toPath(), config.toString());
            assertThatThrownBy(status::execute).hasMessageContaining("is not valid");

            status.context = null;
            status.kubeconfig = Files.writeString(folder.resolve("other.kubeconfig"), other.kubeconfigYaml())
                    .toFile();
            assertThat(logOf(status)).contains(other.url().toString());
        }
    }

    private static SimulatedCluster.Builder teams() throws Exception {
        return SimulatedCluster.builder()
                .openshift("4.19.0")
                .imageStreams("team", Json.read(Files.readAllBytes(SET)))
                .pacing(false)
                .importController(false);
    }

    private void wire(StartMojo start, File kubeconfig) {
        start.registry = registry.host();
        start.registryInsecure = true;
        start.namespaces = List.of("team");
        Wiring.byHand(start, "start", folder);
        start.kubeconfig = kubeconfig;
    }

    private static String logOf(AbstractCdkMojo mojo) {
        return Log.of(() -> assertThatNoException().isThrownBy(mojo::execute));
    }

    private SimulatedCluster cluster(String version) {
        return SimulatedCluster.builder()
                .openshift(version)
                .imageStreams(SET)
                .pacing(false)
                .importController(false)
                .start();
    }

    private File kubeconfig(String yaml, String namespace) throws Exception {
        return Files.writeString(
                        folder.resolve("shared.kubeconfig"),
                        yaml.replaceAll("namespace: \\S+", "namespace: " + namespace))
                .toFile();
    }

    private static String name(AbstractCdkMojo mojo) {
        return mojo.getClass().getSimpleName().replace("Mojo", "").toLowerCase(java.util.Locale.ROOT);
    }

    private JsonNode report(String goal) {
        return ReportSchema.valid(folder.resolve("target/cdk").resolve(goal).resolve("report.json"));
    }

    private List<String> checks(String goal) {
        List<String> lines = new ArrayList<>();
        report(goal)
                .path("checks")
                .forEach(check -> lines.add(
                        check.path("id").asText() + " " + check.path("outcome").asText()));
        return lines;
    }

    private static JsonNode pod(String namespace, String image) {
        return Json.parse("""
                {"kind": "Pod", "apiVersion": "v1", "metadata": {"namespace": "%s", "name": "app-1-x"},
                 "spec": {"containers": [{"name": "app", "image": "%s"}]}}
                """.formatted(namespace, image));
    }
}
