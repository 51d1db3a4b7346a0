package io.github.cdkmaven.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every jar has to be approved and mirrored by each air-gapped site. */
@DisplayName("What the plugin needs at run time")
class DependencyBudgetTest {

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<groupId>(\\S+)</groupId>\\s*<artifactId>(\\S+)</artifactId>\\s*<type>jar</type>\\s*<version>(\\S+)</version>");

    @Test
    @DisplayName("is at most 8 jars of 4 MB in all, and nothing that Maven brings itself")
    void staysWithinTheBudget() throws IOException {
        List<String> dependencies = dependencies();
        long bytes = 0;
        for (String dependency : dependencies) {
            bytes += Files.size(jar(dependency));
        }

        assertThat(dependencies).hasSizeBetween(1, 8);
        assertThat(dependencies).noneMatch(name -> name.startsWith("maven-") || name.startsWith("slf4j-"));
        assertThat(bytes).isBetween(100_000L, 4_000_000L);
    }

    /** What Maven loads for the plugin, direct and transitive, as its descriptor says. */
    private static List<String> dependencies() throws IOException {
        String descriptor = Files.readString(Path.of("target/classes/META-INF/maven/plugin.xml"));
        return DEPENDENCY
                .matcher(descriptor.substring(descriptor.lastIndexOf("<dependencies>")))
                .results()
                .map(match -> match.group(2) + "-" + match.group(3))
                .toList();
    }

    private static Path jar(String name) {
        return Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().equals(name + ".jar"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not on the class path"));
    }
}
