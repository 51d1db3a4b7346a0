package io.github.cdkmaven.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@DisplayName("The plugin's descriptor, from which help and site are made,")
class DescriptorTest {

    private static final Path DESCRIPTOR = Path.of("target/classes/META-INF/maven/plugin.xml");

    record Parameter(String goal, String name, String description, String since, boolean editable) {
        @Override
        public String toString() {
            return goal + ": " + name;
        }
    }

    static List<Parameter> parameters() throws Exception {
        return goals().stream()
                .filter(goal -> !text(goal, "goal").equals("help")) // generated
                .flatMap(goal -> children(goal, "parameter").map(parameter -> parameter(goal, parameter)))
                .filter(Parameter::editable)
                .toList();
    }

    private static Parameter parameter(Element goal, Element parameter) {
        String name = text(parameter, "name");
        return new Parameter(
                text(goal, "goal"),
                name,
                text(parameter, "description"),
                text(parameter, "since"),
                text(parameter, "editable").equals("true"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parameters")
    @DisplayName("gives for each parameter a description, an example, and since when it is there")
    void isComplete(Parameter parameter) {
        assertThat(parameter.description()).contains("Example: ");
        assertThat(parameter.description().indexOf("Example: "))
                .as("a sentence before the example")
                .isGreaterThan(20);
        assertThat(parameter.since()).isNotEmpty();
    }

    @Test
    @DisplayName("describes each goal, all of them safe in parallel builds and usable without a project")
    void goalsAreDescribed() throws Exception {
        assertThat(goals()).hasSize(11).allSatisfy(goal -> {
            assertThat(text(goal, "description")).isNotEmpty();
            assertThat(text(goal, "threadSafe")).isEqualTo("true");
            assertThat(text(goal, "requiresProject")).isEqualTo("false");
        });
    }

    @Test
    @DisplayName("wants no component that Maven deprecates")
    void hasNoRequirements() throws Exception {
        assertThat(elements(document().getDocumentElement(), "requirement")).isEmpty();
    }

    private static List<Element> goals() throws Exception {
        return elements(document().getDocumentElement(), "mojo").toList();
    }

    private static Document document() throws Exception {
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(DESCRIPTOR.toFile());
    }

    private static Stream<Element> children(Element parent, String name) {
        return elements(parent, name);
    }

    private static Stream<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
