package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.streams.TagPlan.Action;
import io.github.cdkmaven.streams.TinyCluster.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The import of one stream")
@Timeout(60)
class StreamImportTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IMPORT = "POST imagestreamimports";

    private final List<Duration> pauses = new ArrayList<>();
    private final ConcurrencyLimit lanes = new ConcurrencyLimit(4);
    private TinyCluster cluster;

    @BeforeEach
    void open() throws IOException {
        cluster = new TinyCluster();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    @DisplayName("asks for three images at a time, in order, with the policies of their tags")
    void asksForThreeAtATime() throws IOException {
        Map<TagPlan, ImportVerdict> verdicts = run(tags("php:1", "php:2", "php:3", "php:4"));

        assertThat(verdicts.values()).allMatch(ImportVerdict::isSuccess).hasSize(4);
        assertThat(cluster.imports()).hasSize(2);
        assertThat(cluster.imports().get(0)).isEqualTo(JSON.readTree("""
                {"kind": "ImageStreamImport", "apiVersion": "image.openshift.io/v1",
                 "metadata": {"name": "php", "namespace": "openshift"},
                 "spec": {"import": true, "images": [
                   {"from": {"kind": "DockerImage", "name": "registry.corp/php:1"}, "to": {"name": "t0"},
                    "importPolicy": {"insecure": true}, "referencePolicy": {"type": "Local"}},
                   {"from": {"kind": "DockerImage", "name": "registry.corp/php:2"}, "to": {"name": "t1"},
                    "importPolicy": {"insecure": true}, "referencePolicy": {"type": "Local"}},
                   {"from": {"kind": "DockerImage", "name": "registry.corp/php:3"}, "to": {"name": "t2"},
                    "importPolicy": {"insecure": true}, "referencePolicy": {"type": "Local"}}]},
                 "status": {}}"""));
        assertThat(pauses).isEmpty();
    }

    @Test
    @DisplayName("only asks, when it is a dry run")
    void onlyAsks() throws IOException {
        importer(Deadline.in(Duration.ofMinutes(1)), true).run(stream(tags("php:1")), tags("php:1"));

        assertThat(cluster.imports().get(0).at("/spec/import").isBoolean()).isTrue();
        assertThat(cluster.imports().get(0).at("/spec/import").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("tells what became of each tag, though the answer is 201")
    void tellsOfEachTag() throws IOException {
        assertThat(reasons(run(tags("php:1", "nosuch:2", "php:3")))).containsExactly("ok", "NOT_FOUND", "ok");
        assertThat(pauses).isEmpty();
    }

    @Test
    @DisplayName("is tried again after a conflict, on all lanes")
    void isTriedAgainAfterAConflict() throws IOException {
        cluster.dictate(IMPORT, Reply.conflict(), Reply.conflict());

        assertThat(reasons(run(tags("php:1", "php:2")))).containsExactly("ok", "ok");
        assertThat(pauses).hasSize(2);
        assertThat(lanes.open()).isEqualTo(4);
    }

    @Test
    @DisplayName("is given up when there is no end of conflicts")
    void isGivenUpAfterConflicts() throws IOException {
        cluster.dictate(IMPORT, Collections.nCopies(20, Reply.conflict()).toArray(Reply[]::new));

        assertThat(reasons(run(tags("php:1")))).containsExactly("CONFLICT");
        assertThat(cluster.imports()).hasSize(11);
    }

    @Test
    @DisplayName("is split when the server refuses it as a whole for one bad image")
    void isSplit() throws IOException {
        assertThat(reasons(run(tags("php:1", "UPPER:2", "php:3")))).containsExactly("ok", "INVALID", "ok");
        assertThat(cluster.imports()).hasSize(4);
    }

    @Test
    @DisplayName("waits as long as a busy server wants, and leaves it one lane less")
    void waitsForABusyServer() throws IOException {
        cluster.dictate(
                IMPORT, Reply.of(429, "TooManyRequests", "too many requests").with("Retry-After", "7"));

        assertThat(reasons(run(tags("php:1")))).containsExactly("ok");
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
        assertThat(lanes.open()).isEqualTo(3);
    }

    @Test
    @DisplayName("never waits beyond its time, whatever the server wants")
    void neverWaitsBeyondItsTime() throws IOException {
        cluster.dictate(IMPORT, Reply.of(503, "ServiceUnavailable", "soon").with("Retry-After", "60"));

        importer(Deadline.in(Duration.ofSeconds(20)), false).run(stream(tags("php:1")), tags("php:1"));

        assertThat(pauses).singleElement().satisfies(pause -> assertThat(pause)
                .isBetween(Duration.ZERO, Duration.ofSeconds(20)));
    }

    @Test
    @DisplayName("is tried again when the connection breaks")
    void isTriedAgainWhenTheConnectionBreaks() throws IOException {
        cluster.dictate(IMPORT, Reply.HANG_UP, Reply.HANG_UP);

        assertThat(reasons(run(tags("php:1")))).containsExactly("ok");
    }

    @Test
    @DisplayName("is given up when the connection keeps breaking")
    void isGivenUpWhenTheConnectionKeepsBreaking() throws IOException {
        cluster.dictate(IMPORT, Collections.nCopies(20, Reply.HANG_UP).toArray(Reply[]::new));

        Map<TagPlan, ImportVerdict> verdicts = run(tags("php:1"));

        assertThat(reasons(verdicts)).containsExactly("UNREACHABLE");
        assertThat(verdicts.values()).singleElement().satisfies(verdict -> assertThat(verdict.message())
                .startsWith("the cluster: "));
        assertThat(cluster.imports()).hasSize(7);
        assertThat(lanes.open()).isEqualTo(1);
    }

    @Test
    @DisplayName("asks again only for the image that failed in passing")
    void asksAgainOnlyForWhatFailed() throws IOException {
        cluster.dictate(IMPORT, new Reply(201, """
                {"kind": "ImageStreamImport",
                 "spec": {"images": [
                  {"from": {"name": "registry.corp/php:1"}, "to": {"name": "t0"}},
                  {"from": {"name": "registry.corp/php:2"}, "to": {"name": "t1"}}]},
                 "status": {"images": [
                  {"status": {"status": "Success"}, "image": {"metadata": {"name": "%s"}}},
                  {"status": {"status": "Failure", "reason": "InternalError", "code": 500,
                    "message": "Internal error occurred: received unexpected HTTP status: 503 Service Unavailable"}}]}}""".formatted(TinyCluster.DIGEST), Map.of()));

        assertThat(reasons(run(tags("php:1", "php:2")))).containsExactly("ok", "ok");
        assertThat(cluster.imports().get(1).at("/spec/images")).hasSize(1);
        assertThat(cluster.imports().get(1).at("/spec/images/0/to/name").asText())
                .isEqualTo("t1");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("does not take an answer that says nothing for a success")
    @ValueSource(strings = {"<html>proxy</html>", "{}", "{\"status\": {\"images\": []}}", "[]", "null", "{\"status\""})
    void doesNotTrustGarbage(String body) throws IOException {
        Reply[] always = new Reply[7];
        Arrays.fill(always, new Reply(200, body, Map.of()));
        cluster.dictate(IMPORT, always);

        assertThat(reasons(run(tags("php:1")))).containsExactly("OTHER");
    }

    @ParameterizedTest
    @DisplayName("tells why the server refused it")
    @CsvSource({
        "403, Forbidden, FORBIDDEN",
        "401, Unauthorized, UNAUTHORIZED",
        "404, NotFound, NOT_FOUND",
        "422, Invalid, INVALID"
    })
    void tellsWhyItWasRefused(int status, String reason, String verdict) throws IOException {
        cluster.dictate(IMPORT, Reply.of(status, reason, "no"));

        Map<TagPlan, ImportVerdict> verdicts = run(tags("php:1"));

        assertThat(reasons(verdicts)).containsExactly(verdict);
        assertThat(cluster.imports()).hasSize(1);
    }

    @Test
    @DisplayName("is not begun when the time is over")
    void isNotBegun() throws IOException {
        List<TagPlan> tags = tags("php:1", "php:2", "php:3", "php:4");

        Map<TagPlan, ImportVerdict> verdicts =
                importer(Deadline.in(Duration.ZERO), false).run(stream(tags), tags);

        assertThat(reasons(verdicts)).containsExactly("TIMEOUT", "TIMEOUT", "TIMEOUT", "TIMEOUT");
        assertThat(cluster.requests()).isEmpty();
    }

    static List<Reply> neverEnding() {
        return List.of(Reply.SILENCE, Reply.HALF);
    }

    @ParameterizedTest(name = "status {0}")
    @MethodSource("neverEnding")
    @DisplayName("is over in time when no answer comes, or none that ends")
    void isOverInTime(Reply never) throws IOException {
        cluster.dictate(IMPORT, never);
        List<TagPlan> tags = tags("php:1");

        Map<TagPlan, ImportVerdict> verdicts =
                importer(Deadline.in(Duration.ofSeconds(1)), false).run(stream(tags), tags);

        assertThat(reasons(verdicts)).containsExactly("TIMEOUT");
        assertThat(verdicts.get(tags.get(0)).message())
                .matches("no answer came within 0\\.[0-9]+ s, of 1 s for all imports");
    }

    @Test
    @DisplayName("whose time passes while it waits for its turn is a timeout and no failure of the program")
    void survivesAPassingDeadline() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> cluster.api().post("/x", JSON.createObjectNode(), Duration.ZERO)))
                .isInstanceOf(IOException.class);
    }

    private Map<TagPlan, ImportVerdict> run(List<TagPlan> tags) throws IOException {
        return importer(Deadline.in(Duration.ofMinutes(1)), false).run(stream(tags), tags);
    }

    private StreamImport importer(Deadline deadline, boolean dryRun) {
        return new StreamImport(cluster.api(), lanes, new Refusals(!dryRun), deadline, pauses::add, dryRun);
    }

    private static StreamPlan stream(List<TagPlan> tags) {
        return new StreamPlan("openshift", "php", false, tags, Optional.empty());
    }

    private static List<TagPlan> tags(String... images) {
        JsonNode insecure = JSON.createObjectNode().put("insecure", true);
        JsonNode local = JSON.createObjectNode().put("type", "Local");
        List<TagPlan> tags = new ArrayList<>();
        Arrays.stream(images)
                .forEach(image -> tags.add(new TagPlan(
                        "t" + tags.size(),
                        Action.IMPORT,
                        "quay.io/" + image,
                        "registry.corp/" + image,
                        Optional.empty(),
                        insecure,
                        local,
                        "",
                        Optional.empty())));
        return tags;
    }

    private static List<String> reasons(Map<TagPlan, ImportVerdict> verdicts) {
        return verdicts.values().stream()
                .map(verdict -> verdict.reason().map(Reason::name).orElse("ok"))
                .toList();
    }
}
