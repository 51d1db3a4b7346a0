package io.github.cdkmaven.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** What a project that was built by one Maven after the other has to show, for its script. */
public final class MavenMatrix {

    /** The Mavens that the plugin promises to work with; the first is the floor, which {@code prerequisites} in the POM names. */
    public static final List<String> MAVENS = List.of("3.6.3", "3.8.8", "3.9.16", "3.10.0", "4.0.0-rc-6");

    private final InvokedBuild build;

    private MavenMatrix(InvokedBuild build) {
        this.build = build;
    }

    public static MavenMatrix of(InvokedBuild build) {
        return new MavenMatrix(build);
    }

    /**
     * Each Maven ran, on this Java, moved the ImageStreams, said nothing against the plugin, and started and stopped one VM.
     *
     * @param java the version of Java that Maven has to have run on, such as {@code 17}
     */
    public void assertRan(String java) {
        List<String> logs = build.logs();
        assertThat(logs).as("one log for each Maven").hasSameSizeAs(MAVENS);
        for (int i = 0; i < MAVENS.size(); i++) {
            assertThat(logs.get(i))
                    .contains("Apache Maven " + MAVENS.get(i))
                    .containsPattern("Java version: " + java + "\\b")
                    .contains("BUILD SUCCESS");
            assertThat(warnings(logs.get(i)))
                    .as("warnings of Maven " + MAVENS.get(i))
                    .isEmpty();
            assertReport("target/cdk-" + MAVENS.get(i));
        }
        assertThat(build.cdk().journal().minishiftCalls().stream()
                        .flatMap(MavenMatrix::lifecycle)
                        .toList())
                .as("one start and one stop for each Maven")
                .isEqualTo(MAVENS.stream()
                        .flatMap(maven -> Stream.of("start", "stop"))
                        .toList());
        assertThat(build.cdk().status()).contains("Minishift:  Stopped");
    }

    private void assertReport(String folder) {
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
        return log.lines().filter(line -> line.startsWith("[WARNING]")).toList();
    }

    private static Stream<String> lifecycle(String call) {
        String verb = call.replaceFirst("^--profile \\S+ ", "").replaceFirst(" .*", "");
        return Stream.of(verb).filter(List.of("start", "stop")::contains);
    }
}
