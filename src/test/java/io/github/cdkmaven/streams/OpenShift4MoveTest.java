package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.RunReport;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TestCertificates;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an OpenShift 4 does otherwise than 3.x: one stream in a namespace of its own. */
@DisplayName("Moving ImageStreams of an OpenShift 4")
class OpenShift4MoveTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADMIN = "kube:admin";
    private static final String PUBLIC = "registry.redhat.io/lab/app";
    private static final String IMAGE_CONFIG = "/apis/config.openshift.io/v1/images/cluster";

    private static int namespaces;
    private static SimulatedCluster cluster;
    private static SimulatedRegistry registry;

    private String namespace = "";
    private ReportBuilder report = new ReportBuilder("imagestreams");

    @BeforeAll
    static void start() {
        registry = SimulatedRegistry.start();
        cluster = SimulatedCluster.builder()
                .openshift("4.19.0")
                .pacing(false)
                .importController(false)
                .editor("jane", "jane-1", "jane-2")
                .payload()
                .start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        registry.close();
    }

    @BeforeEach
    void reset() throws IOException {
        namespace = "lab-" + ++namespaces;
        imageConfig("{}");
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("an OCI manifest", TinyImage.oci("oci"), "Legacy", -1),
                Arguments.of("an OCI index", TinyImage.ociIndex("index", "arm64", "amd64"), "Legacy", 1),
                Arguments.of(
                        "a whole OCI index", TinyImage.ociIndex("whole", "arm64", "amd64"), "PreserveOriginal", -1),
                Arguments.of("a list", TinyImage.list("list", "arm64", "amd64"), "Legacy", 1),
                Arguments.of("a whole list", TinyImage.list("all", "arm64", "amd64"), "PreserveOriginal", -1));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("forms")
    @DisplayName(
            "imports every form of image, by tag and by digest, keeps the import mode, and finds it in place afterwards")
    void everyForm(String form, TinyImage image, String mode, int part) throws IOException {
        String digest = part < 0 ? image.digest() : image.parts().get(part).digest();
        registry.put("lab/app:1", image);
        ObjectNode stream = stream();
        tag(stream, "by-tag", PUBLIC + ":1").put("importMode", mode);
        tag(stream, "by-digest", PUBLIC + "@" + image.digest()).put("importMode", mode);
        create(stream);

        move(ADMIN);

        assertThat(tags()).allSatisfy(tag -> {
            assertThat(tag.outcome()).as("%s", tag).isEqualTo(TagOutcome.IMPORTED);
            assertThat(tag.digest()).contains(digest);
        });
        assertThat(stored().at("/spec/tags").findValuesAsText("importMode")).containsExactly(mode, mode);

        int changes = cluster.state().changes().size();
        move(ADMIN);
        assertThat(tags()).allSatisfy(tag -> {
            assertThat(tag.outcome()).isEqualTo(TagOutcome.UNCHANGED);
            assertThat(tag.digest()).contains(digest);
        });
        assertThat(cluster.state().changes()).hasSize(changes);
    }

    @Test
    @DisplayName("moves a tag that is imported by digest on a schedule")
    void scheduledByDigest() throws IOException {
        TinyImage image = TinyImage.named("scheduled");
        registry.put("lab/app:2", image);
        ObjectNode stream = stream();
        tag(stream, "2", PUBLIC + "@" + image.digest()).put("scheduled", true);
        create(stream);

        move(ADMIN);

        assertThat(tag().outcome()).isEqualTo(TagOutcome.IMPORTED);
        assertThat(stored().at("/spec/tags/0/importPolicy/scheduled").asBoolean())
                .isTrue();
    }

    @Test
    @DisplayName("names the image that the registry's list lacks where the whole list is wanted")
    void missingChild() throws IOException {
        TinyImage index = TinyImage.ociIndex("sparse", "amd64", "arm64");
        String arm = index.parts().get(1).digest();
        registry.put("lab/app:3", index);
        registry.remove("lab/app@" + arm);
        ObjectNode stream = stream();
        tag(stream, "3", PUBLIC + ":3").put("importMode", "PreserveOriginal");
        create(stream);

        Problem problem = failure(ADMIN, registry, false, false);

        assertThat(tag().reason()).contains(Reason.NOT_FOUND);
        assertThat(problem.evidence().toString()).contains(arm, "PreserveOriginal");
        assertThat(problem.fix()).contains("skopeo copy --all", "importMode").doesNotContain("v2s2");
    }

    @Test
    @DisplayName("calls what is not there not found, and asks no registry whether it is there in OCI's form")
    void missing() throws IOException {
        tag("nosuch", PUBLIC + ":nosuch");

        Problem problem = failure(ADMIN, registry, false, false);

        assertThat(tag().reason()).contains(Reason.NOT_FOUND);
        assertThat(problem.fix()).isEqualTo(Reason.NOT_FOUND.fix());
    }

    @Test
    @DisplayName("leaves the streams of the release alone, and says whose they are")
    void payload() throws IOException {
        int before = cluster.state().changes().size();
        namespace = "openshift";

        move(ADMIN);

        RunReport built = report.build();
        assertThat(built.imageStreams()).hasSizeGreaterThan(5);
        assertThat(built.summary().skipped()).isEqualTo(built.summary().tags());
        assertThat(built.summary().outside()).isZero();
        assertThat(built.notes().toString()).contains("openshift/cli", "cluster-version operator");
        assertThat(cluster.state().changes()).hasSize(before);
    }

    @Test
    @DisplayName("says what an administrator has to allow where the whitelist lacks the registry, in a dry run too")
    void whitelist() throws IOException {
        registry.put("lab/app:4", TinyImage.named("four"));
        tag("4", PUBLIC + ":4");
        imageConfig("{\"allowedRegistriesForImport\": [{\"domainName\": \"quay.io\"}]}");
        String entry = "/spec/allowedRegistriesForImport/-\",\"value\":{\"domainName\":\"" + registry.host()
                + "\",\"insecure\":true}";

        Problem dry = failure(ADMIN, registry, true, false);
        assertThat(dry.what()).contains("nothing was changed");
        assertThat(tag().reason()).contains(Reason.FORBIDDEN);
        assertThat(dry.fix()).contains("image.config.openshift.io/cluster", entry);

        Problem real = failure(ADMIN, registry, false, false);
        assertThat(tag().reason()).contains(Reason.FORBIDDEN);
        assertThat(real.fix())
                .contains("image.config.openshift.io/cluster", entry)
                .doesNotContain("master-config");
    }

    @Test
    @DisplayName("says in a dry run what a user cannot foresee who may not read what is allowed")
    void unforeseen() throws IOException {
        registry.put("lab/app:8", TinyImage.named("eight"));
        namespace = "jane-2";
        tag("8", PUBLIC + ":8");

        run("jane", Registry.to(registry.host()).withInsecure(true), true);

        assertThat(tag().outcome()).isEqualTo(TagOutcome.PLANNED);
        assertThat(report.build().notes().toString()).contains("allowedRegistriesForImport");
    }

    @Test
    @DisplayName("says that a registry is blocked")
    void blocked() throws IOException {
        registry.put("lab/app:5", TinyImage.named("five"));
        tag("5", PUBLIC + ":5");
        imageConfig("{\"registrySources\": {\"blockedRegistries\": [\"" + registry.host() + "\"]}}");

        Problem problem = failure(ADMIN, registry, false, false);

        assertThat(tag().reason()).contains(Reason.FORBIDDEN);
        assertThat(problem.fix()).contains(registry.host(), "blockedRegistries", "oc edit");
        assertThat(check("cluster.blockedRegistries")).isPresent();
    }

    @Test
    @DisplayName("tells that nodes take more than a tag that is marked insecure, as far as this user may see")
    void insecureForNodes() throws IOException {
        registry.put("lab/app:6", TinyImage.named("six"));
        tag("6", PUBLIC + ":6");
        move(ADMIN);
        Check lacking = check("cluster.insecureRegistries").orElseThrow();
        assertThat(lacking.message()).contains("lacks it", "node");
        assertThat(lacking.fix().orElseThrow())
                .contains("{\"insecureRegistries\":[\"" + registry.host() + "\"]}", "drained");

        imageConfig("{\"registrySources\": {\"insecureRegistries\": [\"other.corp\"],"
                + " \"allowedRegistries\": [\"quay.io\"]}}");
        move(ADMIN);
        assertThat(check("cluster.insecureRegistries").orElseThrow().fix().orElseThrow())
                .contains("/spec/registrySources/insecureRegistries/-");
        assertThat(check("cluster.allowedRegistries").orElseThrow().message()).contains("no node pulls");

        imageConfig("{\"registrySources\": {\"insecureRegistries\": [\"" + registry.host() + "\"]}}");
        move(ADMIN);
        assertThat(check("cluster.insecureRegistries")).isEmpty();

        namespace = "jane-1";
        tag("6", PUBLIC + ":6");
        move("jane");
        assertThat(tag().outcome()).isEqualTo(TagOutcome.IMPORTED);
        assertThat(check("cluster.insecureRegistries").orElseThrow().message()).contains("this user may not see");
    }

    @Test
    @DisplayName("says how an administrator makes the cluster trust the registry's authority")
    void authority() throws IOException {
        try (SimulatedRegistry secure = SimulatedRegistry.builder()
                .tls(TestCertificates.Kind.PRIVATE_CA)
                .start()) {
            secure.put("lab/app:7", TinyImage.named("seven"));
            tag("7", PUBLIC + ":7");

            Problem problem = catchThrowableOfType(
                            ProblemException.class, () -> run(ADMIN, Registry.to(secure.host()), false))
                    .problem();

            assertThat(tag().reason()).contains(Reason.TLS);
            assertThat(problem.fix())
                    .contains(
                            "--from-file=" + secure.host().replace(":", "..") + "=ca.pem",
                            "{\"spec\":{\"additionalTrustedCA\":{\"name\":\"registry-cas\"}}}",
                            "<registryInsecure>")
                    .doesNotContain("OpenShift up to 3.10");
        }
    }

    private static void imageConfig(String spec) throws IOException {
        ApiOf admin = ApiOf.user(cluster, ADMIN);
        ObjectNode config = (ObjectNode) admin.get(IMAGE_CONFIG);
        config.set("spec", JSON.readTree(spec));
        assertThat(admin.put(IMAGE_CONFIG, config)).isEqualTo(200);
    }

    private ObjectNode stream() {
        ObjectNode stream =
                JSON.createObjectNode().put("kind", "ImageStream").put("apiVersion", "image.openshift.io/v1");
        stream.putObject("metadata").put("name", "app").put("namespace", namespace);
        stream.putObject("spec").putArray("tags");
        return stream;
    }

    private static ObjectNode tag(ObjectNode stream, String name, String from) {
        ObjectNode tag = stream.withArray("/spec/tags").addObject().put("name", name);
        tag.putObject("from").put("kind", "DockerImage").put("name", from);
        return tag.putObject("importPolicy");
    }

    private void tag(String name, String from) throws IOException {
        ObjectNode stream = stream();
        tag(stream, name, from);
        create(stream);
    }

    private void create(ObjectNode stream) throws IOException {
        assertThat(ApiOf.user(cluster, ADMIN)
                        .post("/apis/image.openshift.io/v1/namespaces/" + namespace + "/imagestreams", stream))
                .isEqualTo(201);
    }

    private JsonNode stored() {
        return cluster.state().imageStream(namespace, "app");
    }

    private void move(String user) {
        run(user, Registry.to(registry.host()).withInsecure(true), false);
    }

    private Problem failure(String user, SimulatedRegistry from, boolean dryRun, boolean verified) {
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> run(user, Registry.to(from.host()).withInsecure(!verified), dryRun))
                .problem();
    }

    private void run(String user, Registry from, boolean dryRun) {
        report = new ReportBuilder("imagestreams");
        Globs none = new Globs(List.of());
        Streams streams =
                new Streams(false, List.of(namespace), none, none, true, none, 8, Duration.ofSeconds(30), dryRun);
        new StreamMoving(Registries.of(from), streams)
                .run(ApiOf.user(cluster, user).api(), ClusterConfiguration.OTHERS, report);
    }

    private List<TagResult> tags() {
        List<StreamResult> streams = report.build().imageStreams();
        assertThat(streams).hasSize(1);
        return streams.get(0).tags();
    }

    private TagResult tag() {
        return tags().get(0);
    }

    private Optional<Check> check(String id) {
        return report.build().checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst();
    }
}
