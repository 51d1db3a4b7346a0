package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.SamplesConfig;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import io.github.cdkmaven.sim.cluster.SampleStreams;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The streams of the samples operator and those of the payload, moved under each state of the operator, and looked at again after a resync, a restart and
 * an upgrade. The sources of 4.19 are taken where they are at hand, else a small set.
 */
@DisplayName("The streams of the samples operator")
class SamplesStreamsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REAL =
            Path.of("../shared/imagestreams/openshift-4/samples-operator-4.19-imagestreams.json");
    private static final String CONFIG = "/apis/samples.operator.openshift.io/v1/configs/cluster";
    private static final String IMAGE_CONFIG = "/apis/config.openshift.io/v1/images/cluster";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration RESYNC = Duration.ofMinutes(10);
    private static final String LASTING = "imagestreams.samples";

    private final SimulatedRegistry registry = SimulatedRegistry.start();
    private final SimulatedRegistry second = SimulatedRegistry.start();
    private final Set<String> missing = new TreeSet<>();
    private JsonNode set = SampleStreams.small();
    private ReportBuilder report = new ReportBuilder("imagestreams");
    private SimulatedCluster cluster;
    private OpenShiftApi admin;

    /** How the operator is found. */
    private enum Found {
        MANAGED,
        UNMANAGED,
        REMOVED,
        FROM_HERE,
        FROM_ELSEWHERE
    }

    @AfterEach
    void stop() {
        cluster.close();
        registry.close();
        second.close();
    }

    private void wholeRelease() throws IOException {
        set = Files.isRegularFile(REAL) ? JSON.readTree(REAL.toFile()) : set;
    }

    /** A name without a tag means latest. */
    private static String image(ImageReference reference) {
        return reference.name() + ":" + reference.tagOrDigest();
    }

    /** The public name of each tag's image. */
    private List<String> images() {
        List<String> images = new ArrayList<>();
        set.findValues("from").forEach(from -> {
            if (from.path("kind").asText().equals("DockerImage")) {
                images.add(from.path("name").asText());
            }
        });
        return images;
    }

    private void start(Found found) throws Exception {
        SimulatedCluster.Builder builder = SimulatedCluster.builder()
                .openshift("4.19.0")
                .pacing(false)
                .editor("jane", "openshift")
                .payload();
        cluster = (found == Found.REMOVED ? builder.samplesAtFirstStart(set) : builder.samples(set)).start();
        admin = ApiOf.user(cluster, "kube:admin").api();
        cluster.samplesOperator().statusDelay(Duration.ZERO);
        insecure(registry.host(), second.host());
        switch (found) {
            case MANAGED -> {}
            case UNMANAGED -> tell("{\"managementState\": \"Unmanaged\"}");
            case REMOVED -> cluster.samplesOperator().advance(Duration.ofMinutes(5));
            case FROM_HERE -> tell("{\"samplesRegistry\": \"" + registry.host() + "\"}");
            case FROM_ELSEWHERE -> tell("{\"samplesRegistry\": \"" + second.host() + "/old\"}");
        }
        cluster.samplesOperator().settle();
        assertThat(outside()).isEmpty();
    }

    private void insecure(String... hosts) throws Exception {
        patch(
                IMAGE_CONFIG,
                "{\"spec\": {\"registrySources\": {\"insecureRegistries\": [\"" + String.join("\", \"", hosts)
                        + "\"]}}}");
    }

    private void tell(String spec) throws Exception {
        patch(CONFIG, "{\"spec\": " + spec + "}");
        cluster.samplesOperator().settle();
    }

    private void patch(String path, String body) throws Exception {
        assertThat(admin.mergePatch(path, JSON.readTree(body), LIMIT).status()).isEqualTo(200);
    }

    /** Gives the registry what the streams want; every other image is missing where half of them are. */
    private void mirror(Relocation relocation, boolean half) {
        boolean present = true;
        Set<String> seen = new TreeSet<>();
        for (String name : images()) {
            ImageReference target = relocation.move(ImageReference.parse(name)).orElseThrow();
            if (seen.add(image(target))) {
                SimulatedRegistry at = target.registry().orElseThrow().equals(second.host()) ? second : registry;
                if (present) {
                    at.put(target.path() + ":" + target.tagOrDigest(), TinyImage.named(name));
                } else {
                    missing.add(image(target));
                }
                present = !half || !present;
            }
        }
    }

    private Registries registries() {
        return Registries.of(Registry.to(registry.host()).withInsecure(true));
    }

    /** Both of Red Hat's registries have a place of their own. */
    private Registries two() {
        return Registries.of(
                Registry.to(registry.host()).withInsecure(true),
                new Relocation(List.of(
                        new Mapping("registry.redhat.io", registry.host()),
                        new Mapping("registry.access.redhat.com", second.host() + "/access"))));
    }

    private Optional<Problem> move(Registries registries, ClusterConfiguration configuration, String user) {
        report = new ReportBuilder("imagestreams");
        ProblemException failure = catchThrowableOfType(
                ProblemException.class, () -> new StreamMoving(registries, Streams.of(List.of("openshift")))
                        .run(ApiOf.user(cluster, user).api(), configuration, report));
        return Optional.ofNullable(failure).map(ProblemException::problem);
    }

    private List<String> outside() {
        return cluster.state().outsideContacts();
    }

    private List<TagResult> failed() {
        return report.build().imageStreams().stream()
                .map(StreamResult::tags)
                .flatMap(List::stream)
                .filter(tag -> tag.outcome() == TagOutcome.FAILED)
                .toList();
    }

    private Optional<Check> lasting() {
        return report.build().checks(CheckOutcome.WARN).stream()
                .filter(check -> check.id().equals(LASTING))
                .findFirst();
    }

    /** What tags stand for, of the operator's streams, but for what the registries do not hold. */
    private List<String> elsewhere() {
        List<String> elsewhere = new ArrayList<>();
        for (JsonNode stream : cluster.state().imageStreams("openshift")) {
            if (stream.at("/metadata/ownerReferences/0/kind").asText().equals("ClusterVersion")) {
                continue;
            }
            for (JsonNode tag : stream.at("/status/tags")) {
                String image = tag.at("/items/0/dockerImageReference").asText();
                boolean lacking = image.isEmpty()
                        || missing.stream()
                                .anyMatch(lost -> lost.contains(
                                        "/" + ImageReference.parse(image).path() + ":"));
                if (!image.startsWith(registry.host()) && !image.startsWith(second.host()) && !lacking) {
                    elsewhere.add(image);
                }
            }
        }
        return elsewhere;
    }

    /** The operator looks at everything again, and starts anew. */
    private void later() throws InterruptedException {
        cluster.clusterVersionOperator().advance(RESYNC);
        cluster.samplesOperator().settle();
        cluster.samplesOperator().restart();
        cluster.samplesOperator().settle();
    }

    private void upgrade() throws InterruptedException {
        cluster.samplesOperator().upgrade("4.19.1");
        cluster.samplesOperator().settle();
    }

    @ParameterizedTest(name = "{0}, half of the images missing: {2}, on one''s own VM: {1}")
    @DisplayName("come to the registry without a contact outside, and stay there, or it is told that they will not")
    @CsvSource({
        "MANAGED, true, false, false",
        "MANAGED, true, true, false",
        "MANAGED, false, false, true",
        "MANAGED, false, true, true",
        "UNMANAGED, true, false, true",
        "UNMANAGED, false, true, true",
        "REMOVED, true, false, false",
        "REMOVED, true, true, false",
        "FROM_HERE, false, false, false",
        "FROM_HERE, false, true, false",
        "FROM_ELSEWHERE, true, false, false"
    })
    void stay(Found found, boolean ours, boolean half, boolean told) throws Exception {
        wholeRelease();
        mirror(registries().relocation(), half);
        start(found);

        Optional<Problem> problem =
                move(registries(), ours ? ClusterConfiguration.OURS : ClusterConfiguration.OTHERS, "kube:admin");

        cluster.samplesOperator().settle();
        assertThat(problem.isPresent()).as("%s", problem).isEqualTo(half);
        assertThat(failed()).hasSameSizeAs(missingTags()).allSatisfy(tag -> {
            assertThat(tag.reason()).contains(Reason.NOT_FOUND);
            assertThat(missing).contains(image(ImageReference.parse(tag.to().orElseThrow())));
        });
        assertThat(lasting().isPresent()).isEqualTo(told);
        assertThat(outside()).isEmpty();
        assertThat(elsewhere()).isEmpty();

        later();
        assertThat(outside()).isEmpty();
        assertThat(elsewhere()).isEmpty();

        upgrade();
        if (told) {
            assertThat(lasting().orElseThrow().fix().orElseThrow()).contains("samplesRegistry", registry.host());
        } else {
            assertThat(outside()).isEmpty();
            assertThat(elsewhere()).isEmpty();
        }
    }

    /** One for each tag whose image is missing. */
    private List<String> missingTags() {
        return images().stream()
                .map(name -> registries()
                        .relocation()
                        .move(ImageReference.parse(name))
                        .orElseThrow())
                .map(SamplesStreamsTest::image)
                .filter(missing::contains)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    @DisplayName("are skipped for good, and moved, where they go to more than one place")
    void skipped(boolean half) throws Exception {
        mirror(two().relocation(), half);
        start(Found.MANAGED);

        Optional<Problem> problem = move(two(), ClusterConfiguration.OURS, "kube:admin");

        assertThat(problem.isPresent()).isEqualTo(half);
        assertThat(lasting()).isEmpty();
        assertThat(admin.get(CONFIG, LIMIT).body().at("/status/skippedImagestreams"))
                .isNotEmpty();
        later();
        upgrade();
        assertThat(outside()).isEmpty();
        assertThat(elsewhere()).isEmpty();
    }

    @Test
    @DisplayName("cannot be moved where there are none: what to set is told, and nothing is changed")
    void removed() throws Exception {
        start(Found.REMOVED);
        int changes = cluster.state().changes().size();

        Problem problem =
                move(registries(), ClusterConfiguration.OTHERS, "kube:admin").orElseThrow();

        assertThat(problem.what()).contains("samples operator", "Removed");
        assertThat(problem.fix()).contains("Managed", "samplesRegistry", registry.host());
        assertThat(cluster.state().changes()).hasSize(changes);
    }

    @Test
    @DisplayName("are moved by somebody who may edit their namespace alone, who is told what he cannot see")
    void editor() throws Exception {
        mirror(registries().relocation(), false);
        start(Found.MANAGED);
        int changes = cluster.state().changes().size();

        assertThat(move(registries(), ClusterConfiguration.OTHERS, "jane")).isEmpty();

        cluster.samplesOperator().settle();
        assertThat(lasting().orElseThrow().message()).contains("may not see");
        assertThat(elsewhere()).isEmpty();
        assertThat(outside()).isEmpty();
        assertThat(cluster.state().changes().stream().skip(changes))
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.path()).contains("/namespaces/openshift/imagestream"));
    }

    @Test
    @DisplayName("are left to the operator's old names where none of the images is at the registry")
    void nothingThere() throws Exception {
        start(Found.MANAGED);
        int changes = cluster.state().changes().size();

        assertThat(move(registries(), ClusterConfiguration.OURS, "kube:admin")).isPresent();

        cluster.samplesOperator().settle();
        assertThat(cluster.state().changes()).hasSize(changes);
        assertThat(outside()).isEmpty();
        assertThat(failed()).isNotEmpty();
    }

    @Test
    @DisplayName("are not given to an operator that would drop the mark of an insecure registry")
    void insecureMark() throws Exception {
        mirror(registries().relocation(), false);
        start(Found.MANAGED);
        insecure(second.host());

        assertThat(move(registries(), ClusterConfiguration.OURS, "kube:admin")).isEmpty();

        assertThat(admin.get(CONFIG, LIMIT).body().at("/spec").has("samplesRegistry"))
                .isFalse();
        assertThat(report.build().checks(CheckOutcome.WARN))
                .extracting(Check::id)
                .contains("cluster.insecureRegistries");
        upgrade();
        assertThat(outside()).isEmpty();
    }

    @Test
    @DisplayName("are not given to an operator whose configuration would refuse the registry")
    void notAllowed() throws Exception {
        Registries below =
                Registries.of(Registry.to(registry.host()).withPrefix("redhat").withInsecure(true));
        start(Found.MANAGED);
        patch(IMAGE_CONFIG, """
                {"spec": {"allowedRegistriesForImport": [{"domainName": "%s", "insecure": true}, {"domainName": "registry.redhat.io"}]}}
                """.formatted(registry.host()));
        mirror(below.relocation(), false);

        assertThat(move(below, ClusterConfiguration.OURS, "kube:admin")).isEmpty();

        assertThat(admin.get(CONFIG, LIMIT).body().at("/spec").has("samplesRegistry"))
                .isFalse();
        later();
        upgrade();
        assertThat(elsewhere()).isEmpty();
        assertThat(outside()).isEmpty();
    }

    @Test
    @DisplayName("are not given to an operator that still works on its last change: the second would be lost")
    void notTwiceInARow() throws Exception {
        mirror(registries().relocation(), false);
        start(Found.MANAGED);
        cluster.samplesOperator().holdStatus(true);
        patch(CONFIG, "{\"spec\": {\"samplesRegistry\": \"" + second.host() + "/old\"}}");

        CompletableFuture<Optional<Problem>> moving =
                CompletableFuture.supplyAsync(() -> move(registries(), ClusterConfiguration.OURS, "kube:admin"));
        while (questions("GET") < 4 && !moving.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(questions("PATCH")).isEqualTo(1);
        cluster.samplesOperator().holdStatus(false);

        assertThat(moving.get()).isEmpty();
        assertThat(questions("PATCH")).isEqualTo(2);
        cluster.samplesOperator().settle();
        assertThat(admin.get(CONFIG, LIMIT).body().at("/status/samplesRegistry").asText())
                .isEqualTo(registry.host());
        assertThat(elsewhere()).isEmpty();
        assertThat(outside()).isEmpty();
    }

    private long questions(String method) {
        return cluster.state().requests().stream()
                .filter(request ->
                        request.method().equals(method) && request.path().equals(CONFIG))
                .count();
    }

    @Test
    @DisplayName("stay as they are where the operator calls its configuration invalid, told by its reason")
    void refusedConfiguration() throws Exception {
        start(Found.MANAGED);
        patch(IMAGE_CONFIG, "{\"spec\": {\"allowedRegistriesForImport\": [{\"domainName\": \"registry.redhat.io\"}]}}");
        SamplesConfig before = SamplesConfig.of(admin);

        ProblemException refusal = catchThrowableOfType(
                ProblemException.class, () -> new SamplesPatch(admin, Deadline.in(LIMIT), Pause.real())
                        .apply(
                                JSON.createObjectNode().put("samplesRegistry", registry.host()),
                                before,
                                new SamplesPatch.Done(stream -> true)));

        assertThat(refusal.problem().what()).contains("GlobalImageStreamConfigRegistryMismatch");
        assertThat(refusal.problem().evidence().toString()).contains(registry.host());
        assertThat(elsewhere()).isNotEmpty();
    }

    @Test
    @DisplayName("are only talked about by a dry run")
    void dryRun() throws Exception {
        mirror(registries().relocation(), false);
        start(Found.MANAGED);
        int changes = cluster.state().changes().size();

        new StreamMoving(registries(), Streams.of(List.of("openshift")).planned())
                .run(admin, ClusterConfiguration.OURS, report);

        assertThat(report.build().notes().toString()).contains("A real run would set samplesRegistry", registry.host());
        assertThat(cluster.state().changes()).hasSize(changes);
        assertThat(failed()).isEmpty();
        assertThat(outside()).isEmpty();
    }

    @Test
    @DisplayName("are told to be put back by the operator that owns them, with its setting")
    void putBack() throws Exception {
        mirror(registries().relocation(), false);
        start(Found.MANAGED);
        OpenShiftApi api = admin;
        Streams streams = Streams.of(List.of("openshift"));
        ImageStreamMove move = new ImageStreamMove(api, registries(), streams, (stream, done, all, took) -> {
            if (done == all) {
                upgradeNow();
            }
        });

        List<StreamResult> results = move.run();

        Problem problem = FailedTags.problem(results, streams, registries(), ImporterSettings.of(api))
                .orElseThrow();
        assertThat(problem.evidence().toString()).contains("the samples operator has reverted");
        assertThat(problem.fix()).contains("samplesRegistry");
    }

    private void upgradeNow() {
        try {
            upgrade();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
