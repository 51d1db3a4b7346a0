package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagResult;
import io.github.cdkmaven.streams.TinyCluster.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The move of the ImageStreams")
@Timeout(60)
class ImageStreamMoveTest {

    private static final Registries REGISTRIES =
            Registries.of(Registry.to("registry.corp:5000").withInsecure(true));

    private static final String IMPORT = "POST imagestreamimports";
    private static final String PHP = """
            {"tags": [
              {"name": "7.0", "from": {"kind": "DockerImage", "name": "registry.redhat.io/rhscl/php-70-rhel7:latest"}, "generation": 2},
              {"name": "latest", "from": {"kind": "ImageStreamTag", "name": "7.0"}, "generation": 1}]}""";
    private static final String REFERENCE = """
            {"tags": [{"name": "1", "reference": true, "annotations": {"a": "b"},
              "from": {"kind": "DockerImage", "name": "registry.redhat.io/a/b:1"}}]}""";
    private static final String REPOSITORY = """
            {"dockerImageRepository": "registry.redhat.io/fis/java", "tags": [
              {"name": "1.0", "annotations": {"a": "b"}}]}""";

    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
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
    @DisplayName("imports what is elsewhere, leaves aliases, and says so stream by stream")
    void importsWhatIsElsewhere() throws IOException {
        cluster.with("php", PHP).with("empty", "{}");

        assertThat(lines(run()))
                .containsExactly("php:7.0 IMPORTED registry.corp:5000/rhscl/php-70-rhel7:latest", "php:latest SKIPPED");
        assertThat(cluster.stream("php").at("/spec/tags/0/from/name").asText())
                .isEqualTo("registry.corp:5000/rhscl/php-70-rhel7:latest");
        assertThat(progress).containsExactly("openshift/php 1/1");
    }

    @Test
    @DisplayName("a second time costs one request and changes nothing")
    void isIdempotent() throws IOException {
        cluster.with("php", PHP).with("ref", REFERENCE).with("fis", REPOSITORY);
        run();
        int before = cluster.requests().size();

        assertThat(lines(run()))
                .containsExactly(
                        "php:7.0 UNCHANGED registry.corp:5000/rhscl/php-70-rhel7:latest",
                        "php:latest SKIPPED",
                        "ref:1 UNCHANGED registry.corp:5000/a/b:1",
                        "fis:1.0 UNCHANGED registry.corp:5000/fis/java:1.0");
        assertThat(cluster.requests().subList(before, cluster.requests().size()))
                .containsExactly("GET imagestreams");
    }

    @Test
    @DisplayName("rewrites references and repositories, and nothing else of the stream")
    void rewrites() throws IOException {
        cluster.with("ref", REFERENCE).with("fis", REPOSITORY);

        assertThat(lines(run()))
                .containsExactly(
                        "ref:1 IMPORTED registry.corp:5000/a/b:1", "fis:1.0 IMPORTED registry.corp:5000/fis/java:1.0");
        assertThat(cluster.stream("ref").at("/spec/tags/0/from/name").asText()).isEqualTo("registry.corp:5000/a/b:1");
        assertThat(cluster.stream("ref").at("/spec/tags/0/annotations/a").asText())
                .isEqualTo("b");
        assertThat(cluster.stream("ref").at("/metadata/resourceVersion").asText())
                .isEqualTo("7");
        assertThat(cluster.stream("fis").at("/spec/dockerImageRepository").asText())
                .isEqualTo("registry.corp:5000/fis/java");
    }

    @Test
    @DisplayName("rewrites again after a conflict, from the stream as it is then")
    void rewritesAgain() throws IOException {
        cluster.with("ref", REFERENCE).dictate("PUT ref", Reply.conflict(), Reply.HANG_UP);

        assertThat(lines(run())).containsExactly("ref:1 IMPORTED registry.corp:5000/a/b:1");
        assertThat(cluster.requests()).filteredOn("GET ref"::equals).hasSize(3);
    }

    @Test
    @DisplayName("tells when a repository could not be rewritten, since its stream would still follow the old one")
    void tellsOfARepositoryLeftBehind() throws IOException {
        cluster.with("fis", REPOSITORY)
                .dictate(
                        "PUT fis",
                        Reply.of(422, "Invalid", "registry \"registry.corp:5000\" not allowed by whitelist"));

        List<StreamResult> results = run();

        assertThat(lines(results))
                .containsExactly(
                        "fis:1.0 IMPORTED registry.corp:5000/fis/java:1.0",
                        "fis:* FAILED registry.corp:5000/fis/java FORBIDDEN");
        assertThat(results.get(0).tags().get(1).message().orElseThrow())
                .contains("spec.dockerImageRepository", "whitelist");
    }

    @Test
    @DisplayName("survives a stream that comes back as garbage")
    void survivesGarbage() throws IOException {
        cluster.with("ref", REFERENCE).with("php", PHP).dictate("GET ref", new Reply(200, "<html>", Map.of()));

        assertThat(lines(run()))
                .contains("php:7.0 IMPORTED registry.corp:5000/rhscl/php-70-rhel7:latest")
                .anyMatch(line -> line.startsWith("ref:1 FAILED registry.corp:5000/a/b:1 OTHER"));
    }

    @Test
    @DisplayName("believes no success that cannot be read back")
    void believesNoLies() throws IOException {
        cluster.with("php", PHP).dictate(IMPORT, new Reply(201, """
                {"kind": "ImageStreamImport",
                 "spec": {"images": [{"from": {"name": "registry.corp:5000/rhscl/php-70-rhel7:latest"}, "to": {"name": "7.0"}}]},
                 "status": {"images": [{"status": {"status": "Success"}, "image": {"metadata": {"name": "%s"}}}]}}""".formatted(TinyCluster.DIGEST), Map.of()));

        List<StreamResult> results = run();

        assertThat(lines(results)).contains("php:7.0 FAILED registry.corp:5000/rhscl/php-70-rhel7:latest OTHER");
        assertThat(results.get(0).tags().get(0).message().orElseThrow()).contains("still names its old source");
    }

    @Test
    @DisplayName("tells when a stream is deleted in the meantime")
    void tellsOfDeletedStreams() throws IOException {
        cluster.with("php", PHP);
        ImageStreamMove move = new ImageStreamMove(
                cluster.api(),
                REGISTRIES,
                streams(false),
                (result, done, all, took) -> cluster.delete("php"),
                time -> {});

        assertThat(move.run().get(0).tags().get(0).message().orElseThrow()).contains("was deleted by somebody else");
    }

    @Test
    @DisplayName("tells who wrote another registry into a tag in the meantime")
    void tellsOfOtherBuilds() throws IOException {
        cluster.with("php", PHP);
        ImageStreamMove move = new ImageStreamMove(
                cluster.api(),
                REGISTRIES,
                streams(false),
                (result, done, all, took) -> otherBuild((ObjectNode) cluster.stream("php")),
                time -> {});

        assertThat(move.run().get(0).tags().get(0).message().orElseThrow())
                .contains("other.corp:5000/rhscl/php-70-rhel7", "cdk-maven-plugin", "<mappings>");
    }

    private static void otherBuild(ObjectNode php) {
        ((ObjectNode) php.at("/spec/tags/0/from")).put("name", "other.corp:5000/rhscl/php-70-rhel7:latest");
        ObjectNode writer =
                ((ObjectNode) php.path("metadata")).putArray("managedFields").addObject();
        writer.put("manager", "cdk-maven-plugin").put("time", "2026-11-28T14:36:22Z");
    }

    @Test
    @DisplayName("as a dry run changes nothing")
    void dryRun() throws IOException {
        cluster.with("php", PHP).with("ref", REFERENCE).with("fis", REPOSITORY);
        String before = cluster.stream("php") + "" + cluster.stream("ref") + cluster.stream("fis");

        assertThat(lines(run(true)))
                .containsExactly(
                        "php:7.0 PLANNED registry.corp:5000/rhscl/php-70-rhel7:latest",
                        "php:latest SKIPPED",
                        "ref:1 PLANNED registry.corp:5000/a/b:1",
                        "fis:1.0 PLANNED registry.corp:5000/fis/java:1.0",
                        "fis:* PLANNED registry.corp:5000/fis/java");
        assertThat(cluster.stream("php") + "" + cluster.stream("ref") + cluster.stream("fis"))
                .isEqualTo(before);
        assertThat(cluster.requests()).noneMatch(request -> request.startsWith("PUT"));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("does not take a list that is none for a cluster without streams")
    @ValueSource(strings = {"<html>Please log in to the proxy</html>", "", "{}", "[]", "{\"kind\": \"Status\"}"})
    void doesNotTakeGarbageForAnEmptyCluster(String body) {
        cluster.dictate("GET imagestreams", new Reply(200, body, Map.of()));

        assertThat(catchThrowableOfType(ProblemException.class, this::run))
                .hasMessageStartingWith(
                        "The ImageStreams of namespace 'openshift' could not be read: http://127.0.0.1:");
    }

    @Test
    @DisplayName("reads the streams again when the master is not ready")
    void masterNotReady() throws IOException {
        cluster.with("php", PHP)
                .dictate("GET imagestreams", Reply.of(503, "ServiceUnavailable", "not yet ready"), Reply.HANG_UP);

        assertThat(lines(run())).contains("php:7.0 IMPORTED registry.corp:5000/rhscl/php-70-rhel7:latest");
    }

    @Test
    @DisplayName("that is interrupted ends at once, says so, and leaves its tags as they were")
    void isInterrupted() throws Exception {
        cluster.with("php", PHP).dictate(IMPORT, Reply.SILENCE);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread move = new Thread(() -> end.set(catchThrowable(this::run)));
        move.start();
        while (cluster.imports().isEmpty()) {
            Thread.sleep(5);
        }

        move.interrupt();
        move.join();

        assertThat(end.get()).hasMessage("The imports were interrupted.");
        assertThat(cluster.stream("php").at("/spec/tags/0/from/name").asText()).startsWith("registry.redhat.io/");
    }

    @Test
    @DisplayName("says to log in again when the login is over")
    void loginIsOver() {
        cluster.dictate("GET imagestreams", Reply.of(401, "Unauthorized", "Unauthorized"));

        assertThat(catchThrowableOfType(ProblemException.class, this::run)
                        .problem()
                        .fix())
                .contains("oc login");
    }

    @Test
    @DisplayName("ends with a problem when the streams may not be read")
    void mayNotRead() {
        cluster.dictate("GET imagestreams", Reply.of(403, "Forbidden", "User \"developer\" cannot list imagestreams"));

        ProblemException problem = catchThrowableOfType(ProblemException.class, this::run);

        assertThat(problem)
                .hasMessageStartingWith(
                        "The ImageStreams of namespace 'openshift' could not be read from http://127.0.0.1:");
        assertThat(problem.problem().evidence()).containsExactly("User \"developer\" cannot list imagestreams");
        assertThat(problem.problem().fix()).contains("<namespaces>").contains("-Dcdk.namespaces");
    }

    private List<StreamResult> run() {
        return run(false);
    }

    private List<StreamResult> run(boolean dryRun) {
        return new ImageStreamMove(
                        cluster.api(),
                        REGISTRIES,
                        streams(dryRun),
                        (result, done, all, took) -> progress.add(result.fullName() + " " + done + "/" + all),
                        time -> {})
                .run();
    }

    private static Streams streams(boolean dryRun) {
        return new Streams(
                false,
                List.of("openshift"),
                new Globs(List.of()),
                new Globs(List.of()),
                true,
                new Globs(List.of()),
                8,
                Duration.ofSeconds(50),
                dryRun);
    }

    private static List<String> lines(List<StreamResult> results) {
        return results.stream()
                .flatMap(stream -> stream.tags().stream().map(tag -> stream.name() + ":" + line(tag)))
                .toList();
    }

    private static String line(TagResult tag) {
        return tag.tag() + " " + tag.outcome()
                + tag.to().map(to -> " " + to).orElse("")
                + tag.reason().map(reason -> " " + reason).orElse("");
    }
}
