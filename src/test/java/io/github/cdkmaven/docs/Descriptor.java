package io.github.cdkmaven.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The plugin's descriptor, as Maven reads it. */
final class Descriptor {

    private static final Path FILE = Path.of("target/classes/META-INF/maven/plugin.xml");

    private Descriptor() {}

    /** A goal without its prefix. */
    record Goal(String name, String description, boolean threadSafe, boolean requiresProject) {}

    /** A parameter of a goal; without a default value, that is empty. */
    record Parameter(String goal, String name, String description, String since, String defaultValue) {
        @Override
        public String toString() {
            return goal + ": " + name;
        }
    }

    static List<Goal> goals() {
        return mojos().map(mojo -> new Goal(
                        text(mojo, "goal"),
                        text(mojo, "description"),
                        Boolean.parseBoolean(text(mojo, "threadSafe")),
                        Boolean.parseBoolean(text(mojo, "requiresProject"))))
                .toList();
    }

    /** How many components the goals want of Maven by the way that it deprecates. */
    static long requirements() {
        return elements(document().getDocumentElement(), "requirement").count();
    }

    /** What a user may set, of all goals but the generated one. */
    static List<Parameter> parameters() {
        return mojos().filter(mojo -> !text(mojo, "goal").equals("help"))
                .flatMap(mojo -> elements(mojo, "parameter")
                        .filter(parameter -> text(parameter, "editable").equals("true"))
                        .map(parameter -> parameter(mojo, parameter)))
                .toList();
    }

    private static Parameter parameter(Element mojo, Element parameter) {
        String name = text(parameter, "name");
        String value = elements(mojo, "configuration")
                .flatMap(configuration -> elements(configuration, name))
                .map(element -> element.getAttribute("default-value"))
                .findFirst()
                .orElse("");
        return new Parameter(text(mojo, "goal"), name, text(parameter, "description"), text(parameter, "since"), value);
    }

    private static Stream<Element> mojos() {
        return elements(document().getDocumentElement(), "mojo");
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(FILE.toFile());
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("No descriptor: " + FILE, e);
        }
    }

    private static Stream<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }

    private static String text(Element parent, String name) {
        return elements(parent, name).findFirst().map(Element::getTextContent).orElse("");
    }
}
