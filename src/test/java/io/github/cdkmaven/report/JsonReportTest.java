package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("report.json")
class JsonReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    @DisplayName("tells everything in the fixed order")
    void tellsEverythingInTheFixedOrder() throws IOException {
        JsonNode report = written(SampleReports.failed());

        assertThat(fields(report))
                .containsExactly(
                        "schema", "goal", "outcome", "registry", "cdk", "checks", "imageStreams", "images", "summary");
        assertThat(fields(report.get("cdk")))
                .containsExactly("engine", "version", "minishift", "openshift", "profile", "ip");
        assertThat(fields(report.at("/checks/2"))).containsExactly("id", "subject", "outcome", "message", "fix");
        assertThat(fields(report.at("/imageStreams/0"))).containsExactly("namespace", "name", "tags");
        assertThat(fields(report.at("/images/0"))).containsExactly("location", "image", "verdict");
        assertThat(fields(report.get("summary")))
                .containsExactly(
                        "streams",
                        "tags",
                        "imported",
                        "unchanged",
                        "skipped",
                        "outside",
                        "failed",
                        "external",
                        "seconds");
        assertThat(report.at("/imageStreams/1/tags/1")).isEqualTo(JSON.readTree("""
                                {"tag": "2.4", "from": "registry.access.redhat.com/rhscl/ruby-24-rhel7:latest",
                                 "to": "registry.corp.example:5000/rhscl/ruby-24-rhel7:latest",
                                 "outcome": "failed", "reason": "NotFound", "message":
                                 "dockerimage.image.openshift.io \\"registry.corp.example:5000/rhscl/ruby-24-rhel7:latest\\" not found"}"""));
    }

    @Test
    @DisplayName("leaves out what does not apply")
    void leavesOutWhatDoesNotApply() throws IOException {
        JsonNode report = written(SampleReports.builder("stop").succeeded().build());

        assertThat(fields(report)).containsExactly("schema", "goal", "outcome", "summary");
    }

    @Test
    @DisplayName("leaves out the facts about the CDK that are not known")
    void leavesOutUnknownFacts() throws IOException {
        JsonNode report = written(SampleReports.builder("status")
                .cdk(CdkFacts.none().withVersion(" ").withProfile("minishift"))
                .build());

        assertThat(report.get("cdk")).isEqualTo(JSON.readTree("{\"profile\": \"minishift\"}"));
    }

    @Test
    @DisplayName("tells engine and cluster, and what is outside, bundled or unproven")
    void tellsOtherEngines() throws IOException {
        JsonNode report = written(SampleReports.outside());

        assertThat(report.get("schema").asInt()).isEqualTo(2);
        assertThat(report.get("cdk")).isEqualTo(JSON.readTree("""
                                {"engine": "crc", "apiUrl": "https://api.crc.testing:6443", "context": "crc-admin",
                                 "user": "kubeadmin"}"""));
        assertThat(report.at("/imageStreams/0/tags/1")).isEqualTo(JSON.readTree("""
                                {"tag": "2", "from": "quay.io/team/tools:2", "outcome": "outside"}"""));
        assertThat(report.findValuesAsText("verdict")).containsExactly("bundled", "unproven");
        assertThat(report.at("/summary/outside").asInt()).isEqualTo(3);
        assertThat(report.at("/summary/imported").asInt()).isEqualTo(1);
        assertThat(report.at("/summary/unchanged").asInt()).isZero();
    }

    @Test
    @DisplayName("has a schema that the site offers word for word")
    void offersTheSchema() throws IOException {
        assertThat(Path.of("src/site/resources/report.schema.json"))
                .hasSameTextualContentAs(Path.of("src/main/resources/io/github/cdkmaven/report/report.schema.json"));
    }

    @Test
    @DisplayName("lists what ended the goal as the last check, for there is no other place")
    void listsTheProblemAsACheck() throws IOException {
        JsonNode checks = written(SampleReports.failed()).get("checks");

        assertThat(checks.get(checks.size() - 1)).isEqualTo(JSON.readTree("""
                                {"id": "goal", "subject": "cdk:start", "outcome": "fail",
                                 "message": "3 tags could not be imported from registry.corp.example:5000.",
                                 "fix": "Mirror the images, or set <failOn>none</failOn> (-Dcdk.failOn=none)."}"""));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "preflight",
                "start",
                "imagestreams",
                "verify",
                "status",
                "env",
                "console",
                "images",
                "stop",
                "delete"
            })
    @DisplayName("is valid for each goal")
    void isValidForEachGoal(String goal) throws IOException {
        assertThat(faults(written(SampleReports.builder(goal).build()))).isEmpty();
        assertThat(faults(written(SampleReports.builder(goal).succeeded().build())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("is valid when the goal passed, failed, died half-way, or met hostile names")
    void isValid(RunReport report) throws IOException {
        assertThat(faults(written(report))).isEmpty();
    }

    static Stream<RunReport> samples() {
        return Stream.of(
                SampleReports.ok(),
                SampleReports.failed(),
                SampleReports.nothingMirrored(),
                SampleReports.outside(),
                SampleReports.halfDone(),
                SampleReports.hostile("<&\"'%\u001B[31m\0\uD800"),
                everyWord());
    }

    @Test
    @DisplayName("uses only words that the schema knows, and all of them")
    void schemaKnowsEveryWord() {
        JsonNode schema = ReportSchema.tree();

        assertThat(words(schema.at("/properties/outcome/enum")))
                .isEqualTo(Arrays.stream(Outcome.values()).map(Outcome::word).toList());
        assertThat(words(schema.at("/$defs/check/properties/outcome/enum")))
                .isEqualTo(Arrays.stream(CheckOutcome.values())
                        .map(CheckOutcome::word)
                        .toList());
        assertThat(words(schema.at("/$defs/tag/properties/outcome/enum")))
                .isEqualTo(
                        Arrays.stream(TagOutcome.values()).map(TagOutcome::word).toList());
        assertThat(words(schema.at("/$defs/tag/properties/reason/enum")))
                .isEqualTo(Arrays.stream(Reason.values()).map(Reason::word).toList());
        assertThat(words(schema.at("/$defs/image/properties/verdict/enum")))
                .isEqualTo(Arrays.stream(Verdict.values()).map(Verdict::word).toList());
    }

    @Test
    @DisplayName("is refused by its schema once a word, a field or a number is wrong")
    void schemaRefusesWhatIsWrong() {
        assertThat(faultsAfter(report -> report.put("outcome", "passed"))).isNotEmpty();
        assertThat(faultsAfter(report -> report.put("goal", "begin"))).isNotEmpty();
        assertThat(faultsAfter(report -> report.put("schema", 1))).isNotEmpty();
        assertThat(faultsAfter(report -> report.put("problem", "x"))).isNotEmpty();
        assertThat(faultsAfter(report -> report.remove("summary"))).isNotEmpty();
        assertThat(faultsAfter(report -> ((ObjectNode) report.at("/summary")).put("failed", -1)))
                .isNotEmpty();
        assertThat(faultsAfter(report -> ((ObjectNode) report.at("/imageStreams/0/tags/0")).put("reason", "Gone")))
                .isNotEmpty();
        assertThat(faultsAfter(report -> ((ObjectNode) report.at("/images/0")).put("detail", "x")))
                .isNotEmpty();
        assertThat(faultsAfter(report -> {})).isEmpty();
    }

    @Test
    @DisplayName("keeps every character that JSON can hold, and replaces lone surrogates")
    void keepsEveryCharacter() throws IOException {
        String long10k = "\u001B[31m<&\"'%\0\n" + "é😀".repeat(5_000);
        assertThat(written(SampleReports.hostile(long10k)).get("registry").asText())
                .isEqualTo(long10k);
        assertThat(written(SampleReports.hostile("a\uD800b\uDC00"))
                        .get("registry")
                        .asText())
                .isEqualTo("a?b?");
    }

    @Test
    @DisplayName("is the same text on every platform")
    void isTheSameTextOnEveryPlatform() throws IOException {
        JsonReport.write(SampleReports.failed(), directory.resolve("report.json"));

        assertThat(Files.readString(directory.resolve("report.json")))
                .doesNotContain("\r")
                .startsWith("{\n  \"schema\" : 2,\n  \"goal\" : \"start\",")
                .endsWith("}\n");
    }

    private JsonNode written(RunReport report) throws IOException {
        Path file = directory.resolve("report.json");
        JsonReport.write(report, file);
        return JSON.readTree(file.toFile());
    }

    private static Set<String> faultsAfter(Consumer<ObjectNode> change) {
        ObjectNode report = JsonReport.toTree(SampleReports.failed());
        change.accept(report);
        return faults(report);
    }

    private static Set<String> faults(JsonNode report) {
        return ReportSchema.faults(report);
    }

    private static RunReport everyWord() {
        ReportBuilder builder = SampleReports.builder("start");
        for (TagOutcome outcome : TagOutcome.values()) {
            for (Reason reason : Reason.values()) {
                TagResult failed = TagResult.failed(outcome + "-" + reason, "a", "b", reason, "c");
                builder.tag(
                        "openshift",
                        "all",
                        new TagResult(
                                failed.tag(),
                                failed.from(),
                                failed.to(),
                                outcome,
                                failed.digest(),
                                failed.reason(),
                                failed.message()));
            }
        }
        Arrays.stream(Verdict.values()).forEach(verdict -> builder.image(ImageFinding.of("vm", "a", verdict)));
        return builder.build();
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }
}
