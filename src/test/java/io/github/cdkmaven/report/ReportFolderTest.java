package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The folder of a goal's reports")
class ReportFolderTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-11-23T20:00:00Z");

    @TempDir
    Path reports;

    private Path run(Instant build, String goal, String execution, RunReport report) {
        ReportFolder folder = new ReportFolder(reports, goal, execution, build);
        folder.write(report.unfinished());
        folder.write(report);
        return folder.page();
    }

    private Path run(Instant build, String goal) {
        return run(
                build, goal, "default", SampleReports.builder(goal).succeeded().build());
    }

    private List<String> files() {
        try (Stream<Path> all = Files.walk(reports)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> reports.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> indexed() throws IOException {
        return Pattern.compile("href=\"\\./([^\"]*)/report\\.html\"")
                .matcher(Files.readString(reports.resolve("report.html")))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    @Test
    @DisplayName("is the goal's own, and the index lists what the build ran, newest first")
    void isTheGoalsOwn() throws IOException {
        Clock later = Clock.fixed(SampleReports.START.plusSeconds(300), ZoneOffset.UTC);
        RunReport stop =
                new ReportBuilder("stop", later, System::nanoTime).succeeded().build();
        run(EVENING, "start", "default", SampleReports.failed());
        run(EVENING, "stop", "default", stop);

        assertThat(files())
                .containsExactly(
                        "report.html",
                        "start/TEST-cdk.xml",
                        "start/report.html",
                        "start/report.json",
                        "stop/TEST-cdk.xml",
                        "stop/report.html",
                        "stop/report.json");
        assertThat(indexed()).containsExactly("stop", "start");
        assertThat(reports.resolve("report.html"))
                .content()
                .contains("3 tags could not be imported", "2 goals, 1 failed");
        assertThat(reports.resolve("stop/report.html")).content().contains("href=\"../report.html\"");
    }

    @Test
    @DisplayName(
            "has the execution's id in its name from the second execution on, so that no report overwrites another")
    void secondExecution() throws IOException {
        assertThat(run(EVENING, "verify")).isEqualTo(reports.resolve("verify/report.html"));
        assertThat(run(EVENING, "verify", "nightly", SampleReports.ok()))
                .isEqualTo(reports.resolve("verify-nightly/report.html"));
        assertThat(run(EVENING, "verify", "nightly", SampleReports.ok()))
                .isEqualTo(reports.resolve("verify-nightly-2/report.html"));
        assertThat(run(EVENING, "verify", "../../etc/a b", SampleReports.ok()))
                .isEqualTo(reports.resolve("verify-.._.._etc_a_b/report.html"));
        assertThat(run(EVENING, "verify", "NIGHTLY", SampleReports.ok()))
                .as("folders that a file system may take for the same")
                .isEqualTo(reports.resolve("verify-NIGHTLY-3/report.html"));
        assertThat(indexed()).hasSize(5);
    }

    @Test
    @DisplayName("of an earlier build is gone, and nothing else is")
    void earlierBuild() throws IOException {
        run(MORNING, "start");
        run(MORNING, "images");
        run(MORNING, "stop");
        Files.writeString(reports.resolve("images/images.txt"), "list");
        Files.createDirectories(reports.resolve("delete"));
        Files.writeString(reports.resolve("delete/report.json"), "somebody's");
        Files.writeString(reports.resolve("kubeconfig"), "token");

        run(EVENING, "stop");

        assertThat(files())
                .containsExactly(
                        "delete/report.json",
                        "images/images.txt",
                        "kubeconfig",
                        "report.html",
                        "stop/TEST-cdk.xml",
                        "stop/report.html",
                        "stop/report.json");
        assertThat(reports.resolve("start")).doesNotExist();
        assertThat(indexed()).containsExactly("stop");
    }

    @Test
    @DisplayName("of another build that still runs stays")
    void runningBuild() throws IOException {
        run(MORNING, "start");
        ProcessHandle running = ProcessHandle.current().parent().orElseThrow();
        record(run -> run.put("process", running.pid())
                .put(
                        "born",
                        running.info().startInstant().map(Instant::toString).orElse("")));

        assertThat(run(EVENING, "start")).isEqualTo(reports.resolve("start-default/report.html"));
        assertThat(indexed()).containsExactlyInAnyOrder("start", "start-default");

        record(run -> run.put("born", "1999-01-01T00:00:00Z"));
        run(EVENING.plusSeconds(1), "start");
        assertThat(indexed()).as("a process id that has come back").containsExactly("start");
    }

    private void record(Consumer<ObjectNode> change) throws IOException {
        Path file = reports.resolve(".reports.json");
        ArrayNode record = (ArrayNode) new ObjectMapper().readTree(file.toFile());
        record.forEach(run -> change.accept((ObjectNode) run));
        Files.writeString(file, record.toString());
    }

    @Test
    @DisplayName("does not follow a record out of the report directory")
    void recordOfAnother() throws IOException {
        Path outside = Files.createDirectories(reports.resolve("outside/start"));
        Path inside = Files.createDirectories(reports.resolve("outside/inside"));
        Files.writeString(outside.resolve("report.json"), "mine");
        Files.writeString(inside.resolve(".reports.json"), "[{\"folder\": \"../start\", \"build\": \"x\"}, 1, {}]");

        new ReportFolder(inside, "stop", "default", EVENING).write(SampleReports.ok());

        assertThat(outside.resolve("report.json")).hasContent("mine");
        assertThat(inside.resolve("stop/report.json")).exists();

        Files.writeString(inside.resolve(".reports.json"), "no record");
        new ReportFolder(inside, "stop", "default", MORNING).write(SampleReports.ok());
        assertThat(inside.resolve("stop/report.json")).exists();
    }

    @Test
    @DisplayName("is told of by the problem where it cannot be written, and the other files are written")
    void unwritable() throws IOException {
        Files.createDirectories(reports.resolve("report.html/occupied"));

        assertThatThrownBy(() -> run(EVENING, "start"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(reports.resolve("start").toString());

        assertThat(reports.resolve("start/report.json")).isNotEmptyFile();
    }

    @Test
    @DisplayName("is another one for each of several modules that build at the same time")
    void atTheSameTime() throws IOException {
        List<Path> pages = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> run(EVENING, "start"))
                .toList();

        assertThat(pages).doesNotHaveDuplicates().allMatch(Files::isRegularFile);
        assertThat(indexed()).hasSize(8);
    }
}
