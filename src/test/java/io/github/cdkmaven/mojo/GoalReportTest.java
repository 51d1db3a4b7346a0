package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.registry.Parallel;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.report.ReportSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The report on disk")
class GoalReportTest {

    @TempDir
    Path folder;

    /** A goal that does what a test wants. */
    private static final class Goal extends AbstractCdkMojo {

        private final Consumer<ReportBuilder> work;

        Goal(Consumer<ReportBuilder> work) {
            super(mock(SettingsDecrypter.class));
            this.work = work;
        }

        @Override
        Runnable step(ReportBuilder report) {
            return () -> work.accept(report);
        }
    }

    private Throwable execute(Consumer<ReportBuilder> work) {
        return catchThrowable(
                () -> Wiring.byHand(new Goal(work), "verify", folder).execute());
    }

    private JsonNode report() {
        return ReportSchema.valid(folder.resolve("target/cdk/verify/report.json"));
    }

    private String ending(JsonNode report) {
        JsonNode checks = report.path("checks");
        return report.path("outcome").asText() + " "
                + checks.path(checks.size() - 1).path("message").asText();
    }

    @Test
    @DisplayName("never says that a goal passed which still runs or was killed, whatever an earlier run found")
    void whileItRuns() throws Exception {
        assertThat(execute(report -> {})).isNull();
        assertThat(report().path("outcome").asText()).isEqualTo("ok");
        List<String> meanwhile = new ArrayList<>();

        execute(report -> {
            meanwhile.add(ending(report()));
            try {
                meanwhile.add(Files.readString(folder.resolve("target/cdk/verify/report.html")));
                meanwhile.add(Files.readString(folder.resolve("target/cdk/verify/TEST-cdk.xml")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(meanwhile.get(0))
                .isEqualTo("failed cdk:verify has not finished: it is still running, or it was killed.");
        assertThat(meanwhile.get(1)).contains("has not finished", "mvn cdk:status");
        assertThat(meanwhile.get(2)).contains("errors=\"1\"");
        assertThat(ending(report())).startsWith("ok");
    }

    @Test
    @DisplayName("tells of a defect as of any other failure, with what was found until then")
    void defect() {
        Throwable failure = execute(report -> {
            report.registry("registry.corp.example:5000");
            throw new IllegalStateException("no such state");
        });

        assertThat(failure).hasMessageContaining("no such state");
        assertThat(ending(report())).startsWith("failed cdk:verify failed unexpectedly");
        assertThat(report().path("registry").asText()).isEqualTo("registry.corp.example:5000");
    }

    @Test
    @DisplayName(
            "does not pass on the text of somebody else's exception, which may quote a secret, but its stack trace")
    void foreignText() throws IOException {
        Throwable failure = execute(
                report -> HttpRequest.newBuilder().header("Authorization", "Bearer CANARY\n")); // refused, and quoted

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .contains("IllegalArgumentException", "HttpRequestBuilderImpl")
                .doesNotContain("CANARY");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("CANARY"));
        }
    }

    @Test
    @DisplayName("says of a build that is ended that it was interrupted, and asks for no report of a defect")
    void cancelled() {
        Throwable failure = execute(report -> {
            Thread.currentThread().interrupt();
            try {
                Parallel.map(List.of(1, 2), 2, item -> {
                    LockSupport.park();
                    return item;
                });
            } finally {
                Thread.interrupted();
            }
        });

        assertThat(failure).hasMessageContaining("was interrupted").hasMessageNotContaining("unexpectedly");
        assertThat(ending(report())).startsWith("failed cdk:verify was interrupted");
    }

    @Test
    @DisplayName("does not pass when the virtual machine of Java gave up on the goal")
    void error() {
        assertThat(execute(report -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(MojoExecutionException.class);

        assertThat(ending(report())).startsWith("failed ").contains("StackOverflowError");
    }

    /** As Maven does it: DefaultExceptionHandler adds to a message the text of each cause that it does not contain. */
    private static String printed(Throwable failure) {
        String text = failure.getMessage();
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text = text.contains(cause.getMessage()) ? text : text + ": " + cause.getMessage();
        }
        return text;
    }

    @Test
    @DisplayName(
            "is named by the last line of what Maven prints of a failure, after what failed, the evidence, the fix and the log")
    void oneBlock() {
        Path log = folder.resolve("start.log");

        Throwable failure = execute(report -> {
            throw Problem.of("The VM does not answer.", "start it again")
                    .with("no answer within 20 s")
                    .loggedIn(log)
                    .toException(new IOException("connection reset"));
        });
        Throwable defect = execute(report -> {
            throw new IllegalStateException("no such state", new IOException("connection reset"));
        });

        assertThat(printed(failure).lines())
                .containsExactly(
                        "The VM does not answer.",
                        "  no answer within 20 s",
                        "Fix: start it again",
                        "Log: " + log,
                        "Report: " + folder.resolve("target/cdk/verify/report.html"));
        assertThat(printed(defect).lines().toList())
                .anyMatch(line -> line.contains("no such state"))
                .anyMatch(line -> line.contains("connection reset"))
                .last()
                .asString()
                .startsWith("Report: ");
    }

    @Test
    @DisplayName("does not pass when the goal was interrupted")
    void interrupted() {
        execute(report -> {
            Thread.currentThread().interrupt();
            throw Problem.of("The wait was interrupted.", "run it again").toException(new InterruptedException());
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ending(report())).isEqualTo("failed The wait was interrupted.");
    }

    @Test
    @DisplayName("shows on the terminal what names hold, and lets none of it act there")
    void hostileNames() {
        String name = "<b>&\"'% \u001b[31mred\u001b[0m \r\n[INFO] BUILD SUCCESS " + "x".repeat(10_000);

        Throwable failure = execute(report -> {
            throw Problem.of("Image " + name + " is not from the registry.", "look at " + name)
                    .with(name)
                    .toException();
        });

        List<String> lines = failure.getMessage().lines().toList();
        assertThat(lines).hasSize(4).last().asString().startsWith("Report: ");
        assertThat(lines.subList(0, 3)).allSatisfy(line -> assertThat(line)
                .contains("<b>&\"'% \\u001B[31mred\\u001B[0m \\n[INFO] BUILD SUCCESS xxx")
                .hasSizeLessThanOrEqualTo(1000));
        assertThat(failure.getMessage()).doesNotContain("\u001b");
        assertThat(report().path("checks").path(0).path("message").asText()).contains(name);
    }

    @Test
    @DisplayName("is not what an earlier run found where it cannot be written, and the goal does its work all the same")
    void unwritable() throws Exception {
        execute(report -> {});
        Path page = folder.resolve("target/cdk/verify/report.html");
        Files.delete(page);
        Files.createDirectories(page.resolve("occupied"));
        List<String> done = new ArrayList<>();

        assertThat(execute(report -> done.add("work"))).isNull();

        assertThat(done).containsExactly("work");
        assertThat(report().path("outcome").asText()).isEqualTo("ok");
    }

    @Test
    @DisplayName("of each goal of a build is complete beside the others, and one index leads to them")
    void oneBuild() throws Exception {
        Goal start = Wiring.bound(new Goal(report -> report.note("this is of start")), "start", folder);
        start.execute();
        for (String goal : List.of("imagestreams", "verify", "verify")) {
            Goal next = Wiring.bound(new Goal(report -> report.note("this is of " + goal)), goal, folder);
            next.session = start.session;
            next.execute();
        }

        Path reports = folder.resolve("target/cdk");
        for (String name : List.of("start", "imagestreams", "verify", "verify-default")) {
            String goal = name.replace("-default", "");
            JsonNode report = ReportSchema.valid(reports.resolve(name).resolve("report.json"));
            assertThat(report.path("outcome").asText()).isEqualTo("ok");
            assertThat(report.path("goal").asText()).isEqualTo(goal);
            assertThat(reports.resolve(name).resolve("report.html")).content().contains("this is of " + goal);
            assertThat(reports.resolve(name).resolve("TEST-cdk.xml")).content().contains("cdk:" + goal);
            assertThat(reports.resolve("report.html")).content().contains("./" + name + "/report.html");
        }
    }

    @Test
    @DisplayName("has a place before anything is done, or the setting, its value and the fix are told")
    void fileInTheWay() throws Exception {
        Files.createDirectories(folder.resolve("target"));
        Files.writeString(folder.resolve("target/cdk"), "a file");
        List<String> done = new ArrayList<>();

        Throwable failure = execute(report -> done.add("work"));

        assertThat(failure)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContainingAll(
                        "<reportDirectory>",
                        "-Dcdk.reportDirectory",
                        folder.resolve("target/cdk").toString());
        assertThat(done).isEmpty();
    }

    @Test
    @DisplayName("calls a disk that is full by its name, and no unexpected error")
    void fullDisk() {
        Throwable failure = execute(report -> {
            throw new UncheckedIOException(new FileSystemException("/var/cache/x", null, "No space left on device"));
        });

        assertThat(failure)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContainingAll("/var/cache/x", "No space left on device", "<home>");
        assertThat(ending(report())).startsWith("failed ");
    }

    @Nested
    @MojoTest
    @DisplayName("of each goal that fails")
    class OfEachGoal {

        private void fails(AbstractCdkMojo mojo, String goal) {
            mojo.profile = "no such profile";
            Throwable failure =
                    catchThrowable(() -> Wiring.byHand(mojo, goal, folder).execute());

            JsonNode report = ReportSchema.valid(
                    folder.resolve("target/cdk").resolve(goal).resolve("report.json"));
            assertThat(failure).as(goal).hasMessageContaining("no such profile");
            assertThat(report.path("goal").asText()).isEqualTo(goal);
            assertThat(report.path("outcome").asText()).isEqualTo("failed");
            assertThat(folder.resolve("target/cdk").resolve(goal)).isDirectoryContaining("glob:**/{report.html}");
            assertThat(folder.resolve("target/cdk").resolve(goal)).isDirectoryContaining("glob:**/{TEST-cdk.xml}");
        }

        @Test
        @DisplayName("is as its schema has it")
        void each(
                @InjectMojo(goal = "preflight") PreflightMojo preflight,
                @InjectMojo(goal = "start") StartMojo start,
                @InjectMojo(goal = "imagestreams") ImageStreamsMojo imagestreams,
                @InjectMojo(goal = "verify") VerifyMojo verify,
                @InjectMojo(goal = "status") StatusMojo status,
                @InjectMojo(goal = "images") ImagesMojo images,
                @InjectMojo(goal = "stop") StopMojo stop,
                @InjectMojo(goal = "delete") DeleteMojo delete) {
            fails(start, "start");
            fails(imagestreams, "imagestreams");
            fails(verify, "verify");
            fails(status, "status");
            fails(images, "images");
            fails(stop, "stop");
            fails(delete, "delete");
            fails(preflight, "preflight");
        }
    }
}
