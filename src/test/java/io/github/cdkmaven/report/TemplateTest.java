package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A template")
class TemplateTest {

    private static final String VALUES = "{'name': 'a', 'yes': true, 'no': false, 'object': {'name': 'b'}, 'text': 'c',"
            + " 'list': [{'name': '1'}, {'name': '2'}], 'texts': ['x', 'y'], 'empty': [], 'number': 0}";

    private static String rendered(String source) {
        try {
            JsonNode values = new ObjectMapper().readTree(VALUES.replace('\'', '"'));
            return Template.of(source).render(values);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("escapes each value, in text and within quotes, and spells out what cannot be seen")
    void escapes() {
        ObjectNode values = Template.values("evil", "<b>&\"'\n\u001B\u202E\uD800");

        assertThat(Template.of("<p title=\"{{evil}}\">{{evil}}</p>").render(values))
                .isEqualTo("<p title=\"&lt;b&gt;&amp;&quot;&#39;\n\\u001B\\u202E\\uD800\">"
                        + "&lt;b&gt;&amp;&quot;&#39;\n\\u001B\\u202E\\uD800</p>");
    }

    @Test
    @DisplayName("takes what a value holds for text, be it a gap")
    void doesNotFillTwice() {
        ObjectNode values = Template.values("a", "{{b}}{{#b}}", "b", "secret");

        assertThat(Template.of("{{a}}").render(values)).isEqualTo("{{b}}{{#b}}");
    }

    @Test
    @DisplayName("repeats a part for each element, and leaves out what is absent or false")
    void repeats() {
        assertThat(rendered("{{#list}}({{name}}){{/list}}")).isEqualTo("(1)(2)");
        assertThat(rendered("{{#texts}}{{.}};{{/texts}}")).isEqualTo("x;y;");
        assertThat(rendered("{{#object}}{{name}}{{/object}}{{name}}")).isEqualTo("ba");
        assertThat(rendered("{{#text}}{{.}}{{/text}}{{#number}}{{.}}{{/number}}"))
                .isEqualTo("c0");
        assertThat(rendered("[{{#yes}}yes{{/yes}}{{#no}}no{{/no}}{{#empty}}e{{/empty}}{{#absent}}n{{/absent}}]"))
                .isEqualTo("[yes]");
    }

    @Test
    @DisplayName("looks for a name only in the value in hand, so that no fact strays into another")
    void doesNotLookOutside() {
        assertThatThrownBy(() -> rendered("{{#object}}{{text}}{{/object}}")).hasMessage("No value for text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{absent}}", "{{object}}", "{{list}}", "{{#list}}", "{{/list}}", "{{#a}}{{#b}}{{/a}}{{/b}}"})
    @DisplayName("with a mistake is refused")
    void refusesMistakes(String source) {
        assertThatThrownBy(() -> rendered(source)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("that is missing is a defect")
    void missing() {
        assertThatThrownBy(() -> Template.load("missing.html")).hasMessageContaining("missing.html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.html", "index.html", "head.html", "items.html", "fix.html", "TEST-cdk.xml"})
    @DisplayName("of the plugin has gaps only where an escaped text is safe: between tags and within quotes")
    void hasSafeGaps(String file) {
        String source = Template.resource(file);
        String markup = source.replaceAll("\\{\\{#\\w+}} [a-z-]+=\"\\{\\{\\.}}\"\\{\\{/\\w+}}", "");

        assertThat(Pattern.compile("\"[^\"]*\"|<!--.*?-->").matcher(markup).replaceAll("\"\""))
                .as("gaps within tags, beside quotes")
                .doesNotContainPattern("<[^>]*\\{\\{");
        assertThat(source)
                .doesNotContain("<!--")
                .doesNotContainPattern("\\son\\w+=")
                .doesNotContainPattern("\\sstyle=");
        for (String script : List.of("style", "script")) {
            assertThat(Pattern.compile("<" + script + ">(.*?)</" + script + ">", Pattern.DOTALL)
                            .matcher(source)
                            .results()
                            .map(found -> found.group(1)))
                    .allMatch(content -> content.matches("\\{\\{>report\\.(css|js)}}"));
        }
        assertThat(Pattern.compile("\\s(?:href|src|action|data|poster|srcset)=\"([^\"]*)\"")
                        .matcher(source)
                        .results()
                        .map(link -> link.group(1)))
                .allMatch(link -> link.startsWith("#")
                        || link.startsWith("./")
                        || link.startsWith("../")
                        || link.startsWith("data:image/svg+xml,"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.css", "report.js"})
    @DisplayName("takes only style sheets and scripts that every parser reads the same")
    void takesCleanAssets(String file) {
        assertThat(Template.resource(file)).doesNotContain("<", "&", "{{");
    }
}
