package io.github.cdkmaven.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.docs.Descriptor.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page of the parameters")
class ParametersPageTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| \\[`(\\w+)`]\\((\\w+)-mojo\\.html#(\\w+)\\) \\| ([^|]*) \\| ([^|]*) \\|$");

    record Row(String name, String goal, String anchor, String value, String words) {}

    private static List<Row> rows() {
        return ROW.matcher(Page.named("parameters").text())
                .results()
                .map(row -> new Row(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)))
                .toList();
    }

    @Test
    @DisplayName("has each parameter of each goal once, the one that is required first")
    void hasEach() {
        assertThat(rows().get(0).name()).isEqualTo("registry");
        assertThat(rows()).filteredOn(row -> row.value().contains("required")).hasSize(1);
        assertThat(rows())
                .extracting(Row::name)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Descriptor.parameters().stream()
                        .map(Parameter::name)
                        .distinct()
                        .toList());
    }

    @Test
    @DisplayName("has the groups into which the script of the site puts the parameters of a goal")
    void hasTheGroupsOfTheScript() throws IOException {
        String script = Files.readString(Path.of("src/site/resources/js/groups.js"));
        Map<String, List<String>> groups = new LinkedHashMap<>();
        Pattern.compile("(?m)^    '([^']+)': ((?:'[^']*'\\s*\\+?\\s*)+)")
                .matcher(script)
                .results()
                .forEach(group -> groups.put(
                        group.group(1),
                        List.of(group.group(2).replaceAll("[^\\w ]", "").strip().split(" +"))));

        Map<String, List<String>> page = new LinkedHashMap<>();
        for (String section : Page.named("parameters").text().split("(?m)^## ")) {
            List<String> names =
                    ROW.matcher(section).results().map(row -> row.group(1)).toList();
            if (!names.isEmpty()) {
                page.put(section.lines().findFirst().orElseThrow(), names);
            }
        }
        assertThat(groups).containsExactlyEntriesOf(page);
    }

    @Test
    @DisplayName("leads to a goal that takes it, and tells the default that it has there")
    void tellsTheDefault() {
        for (Row row : rows()) {
            assertThat(row.anchor()).isEqualTo(row.name());
            assertThat(row.words()).as(row.name()).isNotBlank();
            Parameter parameter = Descriptor.parameters().stream()
                    .filter(one -> one.goal().equals(row.goal()) && one.name().equals(row.name()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(row + " is no parameter of that goal"));
            // The list of public registries is told in words.
            if (!parameter.defaultValue().isEmpty() && !parameter.defaultValue().contains(",")) {
                assertThat(row.value()).as(row.name()).contains("`" + parameter.defaultValue() + "`");
            }
        }
    }
}
