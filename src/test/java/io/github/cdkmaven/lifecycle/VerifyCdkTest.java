package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.verify.VerifyPolicy;
import io.github.cdkmaven.world.Mirror;
import io.github.cdkmaven.world.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("cdk:verify over a simulated CDK that cdk:start has started")
class VerifyCdkTest {

    private static final String DIGEST = "@sha256:" + "a".repeat(64);
    private static final String SEEDED = "registry.access.redhat.com/openshift3/ose-control-plane:v3.11.141";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static SimulatedRegistry registry;
    private static SimulatedCdk cdk;
    private static JsonNode afterStart;

    private Site site;

    @BeforeAll
    static void start() {
        registry = SimulatedRegistry.start();
        new Mirror(registry).platform("openshift3/ose", "v3.11.141").defaultImageStreams();
        cdk = SimulatedCdk.in(folder).version("cdk-3.10").pacing(false).create();
        Site starter = new Site(cdk, registry, folder.resolve("reports"));
        starter.start();
        afterStart = starter.report();
    }

    @AfterAll
    static void stop() {
        cdk.close();
        registry.close();
    }

    @BeforeEach
    void quietSite() {
        site = new Site(cdk, registry, folder.resolve("verify")).verify(policy());
        cdk.pods();
    }

    private static VerifyPolicy policy(String... allowed) {
        return new VerifyPolicy(false, List.of(allowed), false, Duration.ofMillis(1));
    }

    private static ObjectNode pod(String container, String image, String imageId) {
        return pod("containers", container, image, imageId);
    }

    private static ObjectNode pod(String kind, String container, String image, String imageId) {
        ObjectNode pod = JSON.createObjectNode();
        pod.putObject("metadata").put("namespace", "shop").put("name", "web-1-abcde");
        ObjectNode spec = pod.putObject("spec");
        spec.putArray("containers")
                .addObject()
                .put("name", "app")
                .put("image", registry.host() + "/openshift3/ose-pod:v3.11.141");
        spec.putArray(kind).addObject().put("name", container).put("image", image);
        pod.putObject("status")
                .putArray(kind.equals("containers") ? "containerStatuses" : "initContainerStatuses")
                .addObject()
                .put("name", container)
                .put("imageID", imageId);
        return pod;
    }

    private static ObjectNode waiting(ObjectNode pod, String reason, String message) {
        ObjectNode status =
                (ObjectNode) pod.path("status").path("containerStatuses").path(0);
        status.put("imageID", "");
        status.putObject("state").putObject("waiting").put("reason", reason).put("message", message);
        return pod;
    }

    private String failure() {
        ProblemException problem = catchThrowableOfType(ProblemException.class, site::prove);
        assertThat(problem).as("the goal fails").isNotNull();
        Problem told = problem.problem();
        assertThat(site.report().path("outcome").asText()).isEqualTo("failed");
        return String.join("\n", told.toLines());
    }

    private String verdict(String location) {
        return StreamSupport.stream(site.report().path("images").spliterator(), false)
                .filter(image -> image.path("location").asText().equals(location))
                .map(image -> image.path("verdict").asText())
                .reduce("", (first, second) -> first.isEmpty() ? second : first + " " + second);
    }

    private JsonNode check(String id) {
        return StreamSupport.stream(site.report().path("checks").spliterator(), false)
                .filter(check -> check.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(site.report().toPrettyString()));
    }

    private static void ssh(String command) {
        assertThat(cdk.run(Map.of(), "ssh", "--", command).exit()).isZero();
    }

    @Test
    @DisplayName("a start ends with the proof: every pod from the registry, and the seeded image allowed by its digest")
    void start_proves() {
        List<JsonNode> images = StreamSupport.stream(afterStart.path("images").spliterator(), false)
                .toList();

        assertThat(afterStart.path("outcome").asText()).isEqualTo("ok");
        assertThat(images)
                .anyMatch(image -> image.path("location").asText().startsWith("pod default/docker-registry")
                        && image.path("verdict").asText().equals("internal"))
                .anyMatch(image -> image.path("image").asText().equals(SEEDED)
                        && image.path("verdict").asText().equals("allowed"))
                .noneMatch(image -> image.path("verdict").asText().equals("external"));
        assertThat(afterStart.path("summary").path("external").asInt()).isZero();
        assertThat(afterStart.path("checks").toString())
                .contains("verify.daemon", "block", "verify.streams")
                .doesNotContain("\"fail\"");
    }

    @Test
    @DisplayName(
            "an external image in a pod fails, with pod, container, image and the setting that would have kept it away")
    void inAPod() {
        cdk.pods(pod("app", "quay.io/team/shop:1", "docker-pullable://quay.io/team/shop" + DIGEST));

        assertThat(failure())
                .contains("1 image is not from the registry " + registry.host())
                .contains("pod shop/web-1-abcde/app: quay.io/team/shop:1: pulled from quay.io")
                .contains("<mappings>")
                .contains("Fix: ")
                .contains("<allowedImages>");
        assertThat(verdict("pod shop/web-1-abcde/app")).isEqualTo("external");
        assertThat(site.report().path("summary").path("external").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("an external image in an init container fails just so")
    void inAnInitContainer() {
        cdk.pods(pod("initContainers", "migrate", "gcr.example/a/b:1", "docker-pullable://gcr.example/a/b" + DIGEST));

        assertThat(failure())
                .contains("pod shop/web-1-abcde/migrate (init): gcr.example/a/b:1: pulled from gcr.example")
                .contains("<blockedRegistries> with gcr.example");
        assertThat(verdict("pod shop/web-1-abcde/migrate (init)")).isEqualTo("external");
    }

    @Test
    @DisplayName("an external image on the VM only fails; one that nobody pulled only warns")
    void onTheVmOnly() {
        ssh("docker tag " + SEEDED + " quay.io/pulled/by-hand:1");
        try {
            assertThat(failure()).contains("vm: quay.io/pulled/by-hand:1: pulled from quay.io");
            assertThat(verdict("vm")).contains("external");

            site.verify(policy("quay.io/pulled/*")).prove();
            assertThat(verdict("vm")).doesNotContain("external").contains("allowed");
        } finally {
            cdk.forgetImage("quay.io/pulled/by-hand:1");
        }
    }

    @Test
    @DisplayName("an image by digest only is judged by the repository that it was pulled from")
    void byDigestOnly() {
        cdk.pods(pod("app", "quay.io/team/shop" + DIGEST, "docker-pullable://quay.io/team/shop" + DIGEST));
        assertThat(failure()).contains("quay.io/team/shop" + DIGEST + ": pulled from quay.io");

        cdk.pods(pod(
                "app",
                registry.host() + "/team/shop" + DIGEST,
                "docker-pullable://" + registry.host() + "/team/shop" + DIGEST));
        site.prove();
        assertThat(verdict("pod shop/web-1-abcde/app")).isEqualTo("internal");
    }

    @Test
    @DisplayName("what the cluster's own registry passes on is as internal as the item of its ImageStream")
    void passedOn() {
        JsonNode jenkins = StreamSupport.stream(afterStart.path("imageStreams").spliterator(), false)
                .filter(stream -> stream.path("name").asText().equals("jenkins"))
                .findFirst()
                .orElseThrow();
        String image = "172.30.1.1:5000/openshift/jenkins@"
                + jenkins.path("tags").path(0).path("digest").asText();
        cdk.pods(pod("jenkins", image, "docker-pullable://" + image));

        site.prove();

        assertThat(verdict("pod shop/web-1-abcde/jenkins")).isEqualTo("internal");
    }

    @Test
    @DisplayName("an unqualified name that was resolved outside fails, and one that was resolved inside is internal")
    void unqualified() {
        String signer = "openshift/origin-service-serving-cert-signer:v3.11";
        cdk.pods(pod(
                "operator",
                signer,
                "docker-pullable://docker.io/openshift/origin-service-serving-cert-signer" + DIGEST));
        assertThat(failure())
                .contains("pod shop/web-1-abcde/operator: " + signer + ": pulled from docker.io")
                .contains("docker.io is blocked now")
                .contains("the registry's name for it is " + registry.host() + "/" + signer);

        cdk.pods(pod(
                "operator",
                signer,
                "docker-pullable://" + registry.host() + "/openshift/origin-service-serving-cert-signer" + DIGEST));
        site.prove();
        assertThat(verdict("pod shop/web-1-abcde/operator")).isEqualTo("internal");
    }

    @Test
    @DisplayName(
            "an image under a public name from the seeded cache is allowed, and external once the registry serves another")
    void seeded() {
        JsonNode held = JSON.createArrayNode()
                .add(pod(
                        "node",
                        SEEDED,
                        "docker://"
                                + registry.image("openshift3/ose-control-plane:v3.11.141")
                                        .configDigest()));
        cdk.pods(held.path(0));
        site.prove();
        assertThat(verdict("pod shop/web-1-abcde/node")).isEqualTo("allowed");

        registry.put(
                "openshift3/ose-control-plane:v3.11.141", io.github.cdkmaven.sim.registry.TinyImage.named("another"));
        try {
            assertThat(failure())
                    .contains("pod shop/web-1-abcde/node: " + SEEDED
                            + ": loaded or built in the VM, but different from the registry's");
            assertThat(site.report().path("checks"))
                    .as("what a pod runs is not told as lying there unused")
                    .noneMatch(check -> check.path("id").asText().equals("verify.stored"));
        } finally {
            registry.image("openshift3/ose-control-plane:v3.11.141");
        }
    }

    @Test
    @DisplayName("a pod in ImagePullBackOff is a finding of its own, with the node's reason")
    void pullBackOff() {
        String image = registry.host() + "/team/missing:1";
        cdk.pods(waiting(pod("app", image, ""), "ImagePullBackOff", "Back-off pulling image \"" + image + "\""));

        assertThat(failure())
                .contains("1 check of the running OpenShift failed.")
                .contains("pod shop/web-1-abcde/app: ImagePullBackOff: " + image + ": Back-off pulling image")
                .contains("cdk:images");
        assertThat(folder.resolve("verify/debug/pods.txt")).content().contains("web-1-abcde");
        assertThat(folder.resolve("verify/debug"))
                .isDirectoryContaining("glob:**/events.txt")
                .isDirectoryContaining("glob:**/logs.txt");
        assertThat(check("verify.pull").path("outcome").asText()).isEqualTo("fail");
        assertThat(verdict("pod shop/web-1-abcde/app")).isEqualTo("internal");

        site.verify(policy("*/team/missing")).prove();
        assertThat(check("verify.pull").path("outcome").asText()).isEqualTo("warn");
    }

    @Test
    @DisplayName("a pod that still has no image when the time is over is a warning")
    void stillPulling() {
        String image = registry.host() + "/team/slow:1";
        cdk.pods(waiting(pod("app", image, ""), "ContainerCreating", ""));

        site.prove();

        assertThat(check("verify.pull").path("outcome").asText()).isEqualTo("warn");
        assertThat(check("verify.pull").path("message").asText())
                .isEqualTo("still not running: ContainerCreating: " + image);
        assertThat(check("verify.pull").path("fix").asText()).contains("-Dcdk.verifyTimeout");
    }

    @Test
    @DisplayName("a VM that trusts nobody whom minishift brought gets no warning")
    void proxyAuthority() {
        ssh("echo nothing | sudo tee /etc/pki/tls/certs/ca-bundle.crt > /dev/null");
        site.prove();
        assertThat(site.report().path("checks").toString()).doesNotContain("verify.authority");
    }

    @Test
    @DisplayName("a pull from a blocked registry is tried on demand, and must fail")
    void blocked() {
        site.verify(new VerifyPolicy(false, List.of(), true, Duration.ofMillis(1)))
                .prove();

        assertThat(check("verify.blocked").path("outcome").asText()).isEqualTo("ok");
        assertThat(check("verify.blocked").path("message").asText()).contains("All endpoints blocked.");
    }
}
