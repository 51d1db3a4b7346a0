package io.github.cdkmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.cluster.ClusterEngine;
import io.github.cdkmaven.cluster.ClusterLogin;
import io.github.cdkmaven.cluster.ClusterSettings;
import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.openshift.MirrorSets;
import io.github.cdkmaven.openshift.OwnRegistry;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ImageFinding;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.Verdict;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import io.github.cdkmaven.streams.ApiOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CRI-O has pulled from a mirror keeps the public name that was asked for. */
@DisplayName("An image that a node of OpenShift 4 may have pulled from a mirror")
class MirroredPullTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TinyImage HELD = TinyImage.named("held");
    private static final String OTHER = "sha256:" + "e".repeat(64);
    private static final String PUBLIC = "registry.redhat.io/ubi9/app";

    @TempDir
    Path folder;

    private SimulatedRegistry registry;
    private Registries registries;

    @BeforeEach
    void mirror() {
        registry = SimulatedRegistry.start();
        registry.put("ubi9/app:1", HELD);
        registries = Registries.of(Registry.to(registry.host()).withInsecure(true));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private MirrorSets sets(boolean known, boolean sourceToo) {
        return new MirrorSets(
                known,
                List.of(new MirrorSets.Mirror("registry.redhat.io", List.of(registry.host()), false, sourceToo)));
    }

    private OriginVerdict judge(MirrorSets sets, Contents machine, String image, String digest) {
        OriginRule names = new OriginRule(
                Set.of(registry.host()),
                new AllowedImages(List.of()),
                List.of(),
                new OwnRegistry(Set.of()),
                new PullThrough(List.of(), List.of()));
        try (RegistryClients clients = new RegistryClients(registries)) {
            return new MirrorRule(names, machine, sets, List.of(), registries, new RegistryProof(clients))
                    .judge(new ImageOrigin(image, true, List.of(ImageReference.parse(image + "@" + digest)), false));
        }
    }

    private static Contents node(List<String> blocked, String... bundled) {
        return new Contents(
                List.of(),
                List.of(),
                Optional.of(new RegistryPolicy(List.of(), List.of(), blocked)),
                List.of(),
                Set.of(bundled));
    }

    @ParameterizedTest(name = "held: {0}, source asked too: {1}, sets seen: {2}")
    @CsvSource({
        "true, true, true, UNPROVEN",
        "true, false, true, ALLOWED",
        "true, true, false, UNPROVEN",
        "false, true, true, EXTERNAL",
        "false, false, true, EXTERNAL",
        "false, true, false, EXTERNAL"
    })
    @DisplayName("is never internal, and is external where the registry lacks its digest")
    void publicName(boolean held, boolean sourceToo, boolean known, Verdict verdict) {
        OriginVerdict found = judge(sets(known, sourceToo), Contents.NONE, PUBLIC, held ? HELD.digest() : OTHER);

        assertThat(found.verdict()).as("%s", found).isEqualTo(verdict);
    }

    @Test
    @DisplayName("is external where no mirror set is for it, whatever the registry holds")
    void noMirror() {
        assertThat(judge(new MirrorSets(true, List.of()), Contents.NONE, PUBLIC, HELD.digest())
                        .verdict())
                .isEqualTo(Verdict.EXTERNAL);
    }

    @Test
    @DisplayName("counts as proven by what the node's own file blocks, and not by what the cluster asks for")
    void nodesFile() {
        MirrorSets never = sets(true, false);

        assertThat(judge(never, node(List.of()), PUBLIC, HELD.digest()).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(judge(never, node(List.of("registry.redhat.io")), PUBLIC, HELD.digest())
                        .verdict())
                .isEqualTo(Verdict.ALLOWED);
    }

    @Test
    @DisplayName("is bundled where it came with the VM's image")
    void bundled() {
        assertThat(judge(sets(true, true), node(List.of(), OTHER), PUBLIC, OTHER)
                        .verdict())
                .isEqualTo(Verdict.BUNDLED);
    }

    @Test
    @DisplayName("is unproven under the registry's own name where that is sent elsewhere")
    void sentElsewhere() {
        MirrorSets away = new MirrorSets(
                true, List.of(new MirrorSets.Mirror(registry.host(), List.of("quay.io/them"), false, true)));

        assertThat(judge(away, Contents.NONE, registry.host() + "/ubi9/app", HELD.digest())
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(judge(sets(true, true), Contents.NONE, registry.host() + "/ubi9/app", HELD.digest())
                        .verdict())
                .isEqualTo(Verdict.INTERNAL);
    }

    @Test
    @DisplayName("is unproven where the registry does not answer")
    void noAnswer() {
        registry.close();
        assertThat(judge(sets(true, false), Contents.NONE, PUBLIC, HELD.digest())
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    @DisplayName("is a warning of cdk:verify on a cluster, and the one that bypassed its mirror fails it")
    void onACluster() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .openshift("4.19.0")
                .pacing(false)
                .importController(false)
                .start()) {
            assertThat(ApiOf.user(cluster, "kube:admin")
                            .post("/apis/config.openshift.io/v1/imagedigestmirrorsets", JSON.readTree("""
                                            {"kind": "ImageDigestMirrorSet", "apiVersion": "config.openshift.io/v1",
                                             "metadata": {"name": "mirror"}, "spec": {"imageDigestMirrors": [
                                               {"source": "registry.redhat.io", "mirrors": ["%s"]}]}}
                                            """.formatted(
                                            registry.host()))))
                    .isEqualTo(201);
            cluster.state()
                    .pods(List.of(
                            pod("own", registry.host() + "/ubi9/app", HELD.digest()),
                            pod("mirrored", PUBLIC, HELD.digest())));
            Engine engine = engine(cluster);

            ReportBuilder report = new ReportBuilder("verify");
            verify(engine, report);

            assertThat(report.build().images())
                    .extracting(ImageFinding::verdict)
                    .containsExactlyInAnyOrder(Verdict.INTERNAL, Verdict.UNPROVEN);
            assertThat(report.build().checks()).extracting(Check::id).contains("verify.unproven");

            cluster.state().pods(List.of(pod("bypassed", PUBLIC, OTHER)));
            assertThat(catchThrowableOfType(ProblemException.class, () -> verify(engine, new ReportBuilder("verify")))
                            .problem()
                            .evidence()
                            .toString())
                    .contains("bypassed the mirror");
        }
    }

    private Engine engine(SimulatedCluster cluster) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfigYaml());
        return new ClusterEngine(ClusterSettings.of(
                new ClusterLogin(kubeconfig, Optional.empty(), new CommandRunner(Secrets.NONE)),
                Optional.empty(),
                folder));
    }

    private void verify(Engine engine, ReportBuilder report) {
        new Verification(
                        registries,
                        List.of("team"),
                        new VerifyPolicy(false, List.of(), false, Duration.ofMillis(1)),
                        engine,
                        engine.login(List.of(), Deadline.in(Duration.ofSeconds(30))))
                .run(report);
    }

    private static JsonNode pod(String name, String image, String digest) throws IOException {
        return JSON.readTree("""
                {"kind": "Pod", "apiVersion": "v1", "metadata": {"namespace": "team", "name": "%s"},
                 "spec": {"containers": [{"name": "app", "image": "%s:1"}]},
                 "status": {"containerStatuses": [{"name": "app", "image": "%s:1", "imageID": "%s@%s"}]}}
                """.formatted(name, image, image, image, digest));
    }
}
