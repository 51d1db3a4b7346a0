package io.github.cdkmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.Sha256;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.ImageFinding;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.Verdict;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The proof of origin")
class VerificationTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String BLOCKED = "registry.access.redhat.com";
    private static final String SEEDED = BLOCKED + "/openshift3/ose:v3.9.31";
    private static final byte[] AUTHORITY = "a certificate".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private SimulatedRegistry registry;
    private RunningCdk cdk;
    private final ReportBuilder report = new ReportBuilder("verify");

    @BeforeEach
    void running() throws IOException {
        registry = SimulatedRegistry.start();
        cdk = new RunningCdk(folder)
                .info("Insecure Registries:\n " + registry.host() + "\nRegistries: " + registry.host()
                        + " (insecure), docker.io (secure)\n")
                .unit("dockerd --insecure-registry " + registry.host() + " --add-registry=" + registry.host()
                        + " --block-registry=" + BLOCKED + " --block-registry=docker.io");
    }

    @AfterEach
    void close() {
        cdk.close();
        registry.close();
    }

    /** How the proof is made: of whose machine, with pulls tried or not, and what is allowed. */
    private record Order(boolean external, boolean probe, List<String> blocked, List<String> allowed) {}

    private static Order order(boolean external, boolean probe, String... allowed) {
        return new Order(external, probe, List.of(BLOCKED, "docker.io"), List.of(allowed));
    }

    private void prove(String... allowed) {
        prove(order(false, false, allowed));
    }

    private void prove(Order order) {
        verification(order, new VerifyPolicy(false, order.allowed(), order.probe(), Duration.ofMillis(1)))
                .run(report);
    }

    private Verification verification(Order order, VerifyPolicy policy) {
        RegistryPolicy wanted = new RegistryPolicy(List.of(registry.host()), List.of(registry.host()), order.blocked());
        return new Verification(
                Registries.of(Registry.to(registry.host()).withInsecure(true)),
                List.of("openshift"),
                policy,
                cdk.engine(
                        wanted,
                        order.external(),
                        Sha256.of(AUTHORITY).substring("sha256:".length()),
                        "All endpoints blocked."),
                cdk.api());
    }

    private String failure() {
        return failure(order(false, false));
    }

    private String failure(Order order) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> prove(order));
        assertThat(problem).as("it fails").isNotNull();
        return String.join("\n", problem.problem().toLines());
    }

    private List<Verdict> verdicts() {
        return report.build().images().stream().map(ImageFinding::verdict).toList();
    }

    private Check check(String id) {
        return report.build().checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("is made when everything came from the registry")
    void allInside() {
        cdk.pod(
                "containers",
                "app",
                registry.host() + "/team/web:1",
                "docker-pullable://" + registry.host() + "/team/web@" + DIGEST);
        cdk
                .container("origin", registry.host() + "/openshift3/ose:v3.9.31")
                .stored(registry.host() + "/openshift3/ose|v3.9.31|" + DIGEST + "|sha256:" + "1".repeat(64))
                .stream("jenkins", DIGEST, registry.host() + "/openshift3/jenkins@" + DIGEST);

        prove();

        assertThat(report.build().images())
                .extracting(ImageFinding::location)
                .containsExactly("pod shop/web-1-abcde/app", "vm container origin", "vm");
        assertThat(verdicts()).containsOnly(Verdict.INTERNAL);
        assertThat(report.build().checks())
                .extracting(Check::id, Check::outcome)
                .containsExactly(tuple("verify.daemon", CheckOutcome.OK), tuple("verify.streams", CheckOutcome.OK));
        assertThat(check("verify.streams").message()).isEqualTo("All 1 current items of tags are in the registry.");
    }

    @Test
    @DisplayName("fails for a pod's image from outside, and for each place where it is")
    void outside() {
        cdk.pod("containers", "app", "quay.io/team/web:1", "docker-pullable://quay.io/team/web@" + DIGEST);
        cdk.pod("initContainers", "migrate", "quay.io/team/db:1", "docker-pullable://quay.io/team/db@" + DIGEST);
        cdk.container("k8s_app_web-1-abcde_shop_uid_0", "quay.io/team/web:1")
                .container("database", "quay.io/team/database:1")
                .container("replica", "quay.io/team/database:1")
                .stored("quay.io/team/web|1|" + DIGEST + "|sha256:" + "1".repeat(64));

        assertThat(failure().lines())
                .startsWith("4 images are not from the registry " + registry.host() + ".")
                .anySatisfy(
                        line -> assertThat(line)
                                .contains(
                                        "pod shop/web-1-abcde/app: quay.io/team/web:1: pulled from quay.io; <blockedRegistries>"))
                .anySatisfy(line ->
                        assertThat(line).contains("pod shop/web-1-abcde/migrate (init): quay.io/team/db:1: pulled"))
                .anySatisfy(line ->
                        assertThat(line).contains("vm container database: quay.io/team/database:1: named by quay.io"))
                .anySatisfy(line -> assertThat(line).contains("vm: quay.io/team/web:1: pulled from quay.io"))
                .anySatisfy(
                        line -> assertThat(line)
                                .startsWith(
                                        "Fix: Apply the fix shown beside each image; list images that you accept in <allowedImages>"));
        assertThat(verdicts()).hasSize(4).containsOnly(Verdict.EXTERNAL);
    }

    @Test
    @DisplayName("takes what the user allows, by name, wherever it is")
    void allowed() {
        cdk.pod("containers", "app", "quay.io/team/web:1", "docker-pullable://quay.io/team/web@" + DIGEST);
        cdk.stored("quay.io/team/web|1|" + DIGEST + "|sha256:" + "1".repeat(64));

        prove("quay.io/team/*");

        assertThat(verdicts()).hasSize(2).containsOnly(Verdict.ALLOWED);
    }

    @Test
    @DisplayName("compares what the cache put under a public name with the registry, by its digest")
    void seeded() {
        TinyImage image = TinyImage.named("ose");
        registry.put("openshift3/ose:v3.9.31", image);
        cdk.container("origin", SEEDED).stored(BLOCKED + "/openshift3/ose|v3.9.31|<none>|" + image.configDigest());

        prove();

        assertThat(verdicts()).hasSize(2).containsOnly(Verdict.ALLOWED);
    }

    @Test
    @DisplayName("fails for one that runs and is another than the registry's, and only tells of one that lies there")
    void loaded() {
        registry.put("openshift3/ose:v3.9.31", TinyImage.named("ose"));
        cdk.stored(BLOCKED + "/openshift3/ose|v3.9.31|<none>|sha256:" + "1".repeat(64));

        prove();

        assertThat(check("verify.stored").message())
                .isEqualTo(
                        "1 image in the VM, which the cluster does not run, did not come from the registry: " + SEEDED);
        assertThat(verdicts()).isEmpty();

        cdk.container("origin", SEEDED);
        assertThat(failure())
                .doesNotContain("does not run")
                .contains("vm container origin: " + SEEDED + ": loaded or built in the VM, but different from the")
                .contains("the registry's name for it is " + registry.host() + "/openshift3/ose:v3.9.31");
    }

    @Test
    @DisplayName(
            "only counts on somebody's own machine what the cluster runs, and what a registry outside is known to have given")
    void ownMachine() {
        registry.put("openshift3/ose:v3.9.31", TinyImage.named("ose"));
        cdk.container("database", "quay.io/team/database:1")
                .container("origin", SEEDED)
                .stored(BLOCKED + "/openshift3/ose|v3.9.31|<none>|sha256:" + "1".repeat(64))
                .stored("quay.io/team/database|1|" + DIGEST + "|sha256:" + "2".repeat(64));

        prove(order(true, false));

        assertThat(verdicts()).isEmpty();
        assertThat(check("verify.running").message())
                .as("what runs is told as running")
                .contains(SEEDED, "origin");
        assertThat(check("verify.stored").message())
                .startsWith("1 image in the VM, which")
                .contains("quay.io/team/database:1")
                .doesNotContain(SEEDED);

        cdk.container("k8s_app_web_shop_uid_0", "quay.io/team/database:1");
        assertThat(failure(order(true, false)))
                .startsWith("1 image is not")
                .contains("vm container k8s_app_web_shop_uid_0: quay.io/team/database:1: pulled from quay.io");
    }

    @Test
    @DisplayName("finds what the cluster's own registry passes on from outside, and the ImageStream that lets it")
    void passedOn() {
        cdk.stream("jenkins", DIGEST, "quay.io/openshift3/jenkins@" + DIGEST);
        String image = "172.30.1.1:5000/openshift/jenkins@" + DIGEST;
        cdk.pod("containers", "jenkins", image, "docker-pullable://" + image);

        assertThat(failure())
                .contains("pod shop/web-1-abcde/jenkins: " + image + ": pulled from 172.30.1.1:5000, which has it from"
                        + " quay.io (ImageStream openshift/jenkins:2); cdk:imagestreams moves that ImageStream");
        assertThat(check("verify.streams").message())
                .isEqualTo("1 of 1 current items of tags are outside: openshift/jenkins:2 (quay.io/openshift3/jenkins@"
                        + DIGEST + ")");
    }

    @Test
    @DisplayName("fails for a pod that cannot get its image, and warns of the proxy authority of minishift")
    void pullFails() {
        cdk.pod("containers", "app", registry.host() + "/team/web:1", "")
                .putObject("state")
                .putObject("waiting")
                .put("reason", "ErrImagePull")
                .put("message", "manifest unknown");
        cdk.authorities("-----BEGIN CERTIFICATE-----\n" + Base64.getEncoder().encodeToString(AUTHORITY)
                + "\n-----END CERTIFICATE-----\n");

        assertThat(failure())
                .startsWith("1 check of the running OpenShift failed.")
                .contains(
                        "pod shop/web-1-abcde/app: ErrImagePull: " + registry.host() + "/team/web:1: manifest unknown")
                .contains("Fix: mirror the image into the registry");
        assertThat(check("verify.authority").outcome()).isEqualTo(CheckOutcome.WARN);
    }

    @Test
    @DisplayName("tells of a pod that waits for the next try what the last one came to")
    void pullFailed() {
        String image = registry.host() + "/team/web:1";
        cdk.pod("containers", "app", image, "")
                .putObject("state")
                .putObject("waiting")
                .put("reason", "ImagePullBackOff")
                .put("message", "Back-off pulling image \"" + image + "\"");
        cdk.event("2026-11-23T10:00:01Z", "Failed to pull image \"" + image + "\": rpc error: no route to host")
                .event("2026-11-23T10:00:09Z", "Failed to pull image \"" + image + "\": rpc error: manifest unknown")
                .event("2026-11-23T10:00:10Z", "Error: ImagePullBackOff");

        assertThat(failure())
                .contains("pod shop/web-1-abcde/app: ImagePullBackOff: " + image + ": rpc error: manifest unknown\n");
    }

    @Test
    @DisplayName("tries pulls only when told to")
    void probe() {
        cdk.container("origin", registry.host() + "/openshift3/ose:v3.9.31");
        prove();
        assertThat(cdk.pulled()).isEmpty();

        prove(new Order(false, true, List.of("docker.io"), List.of()));

        assertThat(cdk.pulled()).containsExactly("docker.io/library/hello-world:latest");
        assertThat(check("verify.blocked").message()).isEqualTo("cannot be pulled: All endpoints blocked.");
    }

    @Test
    @DisplayName("pulls an image that an ImageStream was moved to, if asked to, and fails when that fails")
    void pullThatMustWork() {
        String image = registry.host() + "/openshift3/jenkins@" + DIGEST;
        cdk.container("origin", registry.host() + "/openshift3/ose:v3.9.31").stream("jenkins", DIGEST, image);

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> verification(
                        order(false, false), new VerifyPolicy(false, List.of(), false, true, Duration.ofMillis(1)))
                .run(report));

        assertThat(cdk.pulled()).containsExactly(image);
        assertThat(check("verify.pull").outcome()).isEqualTo(CheckOutcome.FAIL);
        assertThat(check("verify.pull").subject()).isEqualTo("openshift/jenkins:2");
        assertThat(String.join("\n", problem.problem().toLines())).contains(image, "All endpoints blocked.");
    }

    @Test
    @DisplayName("promises nothing when neither the cluster nor docker tells of anything")
    void nothing() {
        assertThat(failure()).contains("docker in the VM").contains("nothing is proven");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>please log in</html>",
                "{\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"x\"",
                "{}",
                "{\"kind\":\"PodList\"}",
                "{\"kind\":\"Status\",\"items\":[]}",
            })
    @DisplayName("is not made of an answer that is no list of pods")
    void noPods(String answer) {
        cdk.podsAnswer(answer);

        assertThat(failure()).contains("/api/v1/pods").doesNotContain("passed");
    }
}
