package io.github.cdkmaven.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** What a project that was built by one Maven after the other has to show, for its script. */
public final class MavenMatrix {

    /** The Mavens that the plugin promises to work with; the first is the floor, which {@code prerequisites} in the POM names. */
    public static final List<String> MAVENS = List.of("3.6.3", "3.8.8", "3.9.16", "3.10.0", "4.0.0-rc-6");

    /** The oldest and the newest of them, which are enough to show that another Java makes no difference. */
    public static final List<String> ENDS = List.of(MAVENS.get(0), MAVENS.get(MAVENS.size() - 1));

    private final InvokedBuild build;
    private final List<String> mavens;

    private MavenMatrix(InvokedBuild build, List<String> mavens) {
        this.build = build;
        this.mavens = mavens;
    }

    /** The build that all Mavens ran. */
    public static MavenMatrix of(InvokedBuild build) {
        return new MavenMatrix(build, MAVENS);
    }

    /** The build that only the oldest and the newest ran. */
    public static MavenMatrix ofEnds(InvokedBuild build) {
        return new MavenMatrix(build, ENDS);
    }

    /**
     * Each Maven ran, on this Java, moved the ImageStreams, said nothing against the plugin, and started and stopped one VM.
     *
     * @param java the version of Java that Maven has to have run on, such as {@code 17}
     */
    public void assertRan(String java) {
        List<String> logs = build.logs();
        assertThat(logs).as("one log for each Maven").hasSameSizeAs(mavens);
        for (int i = 0; i < mavens.size(); i++) {
            assertThat(logs.get(i))
                    .contains("Apache Maven " + mavens.get(i))
                    .containsPattern("Java version: " + java + "\\b")
                    .contains("BUILD SUCCESS");
            assertThat(warnings(logs.get(i)))
                    .as("warnings of Maven " + mavens.get(i))
                    .isEmpty();
            assertReport("target/cdk-" + mavens.get(i));
        }
        assertThat(build.cdk().journal().minishiftCalls().stream()
                        .flatMap(MavenMatrix::lifecycle)
                        .toList())
                .as("one start and one stop for each Maven")
                .isEqualTo(mavens.stream()
                        .flatMap(maven -> Stream.of("start", "stop"))
                        .toList());
        assertThat(build.cdk().status()).contains("Minishift:  Stopped");
    }

    /** With what Maven tells of the build: what it runs, and which properties the POM leaves without effect. */
    private void assertReport(String folder) {
        List<JsonNode> checks =
                build.json(folder + "/start/report.json").path("checks").findParents("id");
        assertThat(checks)
                .as(folder)
                .anyMatch(check -> check.path("id").asText().equals("build.tests"))
                .filteredOn(check -> check.path("id").asText().equals("settings.ignored"))
                .extracting(check -> check.path("subject").asText())
                .containsExactly("-Dcdk.startTimeout");
        assertThat(build.json(folder + "/start/report.json").path("outcome").asText())
                .as(folder)
                .isEqualTo("ok");
        assertThat(build.json(folder + "/start/report.json")
                        .path("summary")
                        .path("tags")
                        .asInt())
                .as(folder)
                .isPositive();
        assertThat(build.json(folder + "/stop/report.json").path("outcome").asText())
                .as(folder)
                .isEqualTo("ok");
    }

    private static List<String> warnings(String log) {
        return log.lines()
                .filter(line -> line.startsWith("[WARNING]"))
                .filter(line ->
                        !line.matches("\\[WARNING] (?:[a-z]+\\.\\w+ .*| {2}Fix: .*)")) // the plugin's own checks
                .toList();
    }

    private static Stream<String> lifecycle(String call) {
        String verb = call.replaceFirst("^--profile \\S+ ", "").replaceFirst(" .*", "");
        return Stream.of(verb).filter(List.of("start", "stop")::contains);
    }
}
