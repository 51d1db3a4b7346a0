package io.github.cdkmaven.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.lifecycle.HandedFiles;
import io.github.cdkmaven.report.ReportFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.codehaus.plexus.util.SelectorUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of the page for CI servers: what they run is there, and what they keep is where the plugin writes it, but no login. */
@DisplayName("The examples for CI servers")
class CiExamplesTest {

    private static final Path REPORTS = Path.of("/builds/shop/web/target/cdk");
    private static final Path JUNIT = REPORTS.resolve("start").resolve(ReportFiles.JUNIT);
    private static final Path HTML = REPORTS.resolve("start").resolve(ReportFiles.HTML);
    private static final Path TESTS = Path.of("/builds/shop/web/target/failsafe-reports/TEST-shop.WebIT.xml");

    private static String block(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Page.named("ci").text())
                .results()
                .map(match -> match.group(1))
                .reduce((one, other) -> {
                    throw new AssertionError("two blocks of " + language);
                })
                .orElseThrow();
    }

    private static List<Path> logins() {
        HandedFiles files = new HandedFiles(REPORTS);
        return List.of(files.kubeconfig(), files.pushLogin(), REPORTS.resolve(MachineEngine.KUBECONFIG));
    }

    /** As Ant, Jenkins and GitLab read a pattern: two stars are any number of folders. */
    private static boolean matches(List<String> patterns, Path file) {
        String path = Path.of("/builds/shop").relativize(file).toString().replace('\\', '/');
        return patterns.stream().anyMatch(pattern -> SelectorUtils.matchPath(pattern, path, "/", true));
    }

    private static void keep(List<String> junit, List<String> kept, List<String> left) {
        assertThat(matches(junit, JUNIT)).isTrue();
        assertThat(matches(junit, TESTS)).isTrue();
        assertThat(matches(kept, HTML)).isTrue();
        assertThat(matches(left, HTML)).isFalse();
        assertThat(logins()).allMatch(login -> matches(kept, login) && matches(left, login));
    }

    @Test
    @DisplayName("run Maven with phases and goals that are there")
    void runWhatIsThere() {
        List<String> words = Pattern.compile("\\bmvn (?:--?[\\w.=-]+ )*([a-z:]+)")
                .matcher(Page.named("ci").text())
                .results()
                .map(command -> command.group(1))
                .toList();

        assertThat(words)
                .contains("verify", "cdk:preflight")
                .allMatch(word -> word.equals("verify")
                        || Descriptor.goals().stream().anyMatch(goal -> word.equals("cdk:" + goal.name())));
    }

    @Test
    @DisplayName("for Jenkins are whole, and keep tests, reports and no login")
    void jenkins() {
        String file = block("groovy");
        for (String pair : List.of("{}", "()", "[]")) {
            assertThat(file.chars().filter(c -> c == pair.charAt(0)).count())
                    .isEqualTo(file.chars().filter(c -> c == pair.charAt(1)).count());
        }

        assertThat(file)
                .containsSubsequence("pipeline {", "stages {", "steps {", "sh '", "post {", "always {", "junit ");
        keep(quoted(file, "testResults"), quoted(file, "artifacts"), quoted(file, "excludes"));
    }

    private static List<String> quoted(String file, String name) {
        return Pattern.compile("\\b" + name + ": '([^']*)'")
                .matcher(file)
                .results()
                .flatMap(match -> Arrays.stream(match.group(1).split(", ")))
                .toList();
    }

    @Test
    @DisplayName("for GitLab are YAML, and keep tests, reports and no login")
    void gitlab() {
        Map<?, ?> job = map(new Load(LoadSettings.builder().build()).loadFromString(block("yaml")), "verify");
        assertThat(job.get("script")).isInstanceOf(List.class).asString().contains("mvn ");

        Map<?, ?> artifacts = map(job, "artifacts");
        assertThat(artifacts.get("when")).isEqualTo("always");
        keep(
                strings(map(artifacts, "reports").get("junit")),
                strings(artifacts.get("paths")),
                strings(artifacts.get("exclude")));
    }

    private static Map<?, ?> map(Object parent, String name) {
        return (Map<?, ?>) ((Map<?, ?>) parent).get(name);
    }

    private static List<String> strings(Object list) {
        List<String> all = new ArrayList<>();
        ((List<?>) list).forEach(one -> all.add((String) one));
        return all;
    }

    @Test
    @DisplayName("tell the same patterns as the table below them")
    void table() {
        assertThat(Page.named("ci").quotes())
                .contains("**/target/cdk/*/TEST-cdk.xml", "**/target/cdk/**", "**/target/cdk/*kubeconfig");
    }
}
