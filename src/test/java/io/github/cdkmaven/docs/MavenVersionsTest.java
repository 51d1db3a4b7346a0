package io.github.cdkmaven.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.world.MavenMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The Mavens that are promised")
class MavenVersionsTest {

    private static final String FLOOR = MavenMatrix.MAVENS.get(0);

    @Test
    @DisplayName("begin with the least that Maven lets run the plugin")
    void beginWithTheLeast() {
        assertThat(Path.of("target/classes/META-INF/maven/plugin.xml"))
                .content()
                .contains("<requiredMavenVersion>" + FLOOR + "</requiredMavenVersion>");
    }

    static Stream<Arguments> projects() {
        return Stream.of(
                Arguments.of("maven-matrix", MavenMatrix.MAVENS), Arguments.of("maven-matrix-jdk25", MavenMatrix.ENDS));
    }

    @ParameterizedTest
    @MethodSource("projects")
    @DisplayName("build the demo's POM, one after the other; on JDK 25 the oldest and the newest do")
    void buildTheDemo(String project, List<String> mavens) throws IOException {
        Path folder = Path.of("it", project);

        assertThat(all(
                        Files.readString(folder.resolve("invoker.properties")),
                        "mavenExecutable\\.\\d+ = \\S+/apache-maven-(.*?)/bin/mvn"))
                .isEqualTo(mavens);
        assertThat(folder.resolve("pom.xml"))
                .content()
                .isEqualTo(Files.readString(Path.of("it/demo/pom.xml"))
                        .replace("<artifactId>demo<", "<artifactId>" + project + "<")
                        // Which the command line cannot change, as each Maven has to tell.
                        .replace("</registry>", "</registry><startTimeout>15m</startTimeout>"));
    }

    @Test
    @DisplayName("are told to readers")
    void areTold() {
        assertThat(Page.readme().text())
                .contains("Maven " + FLOOR + " or newer")
                .contains("tested up to " + MavenMatrix.MAVENS.get(MavenMatrix.MAVENS.size() - 1));
        assertThat(Page.named("index").text()).contains(MavenMatrix.MAVENS);
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
