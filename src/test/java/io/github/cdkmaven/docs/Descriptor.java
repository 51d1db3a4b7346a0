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

    /** A parameter of a goal. */
    record Parameter(String goal, String name, String defaultValue) {}

    /** The goals without their prefix. */
    static List<String> goals() {
        return mojos().map(mojo -> text(mojo, "goal")).toList();
    }

    /** What a user may set, of all goals but the generated one. */
    static List<Parameter> parameters() {
        return mojos().filter(mojo -> !text(mojo, "goal").equals("help"))
                .flatMap(mojo -> elements(mojo, "parameter")
                        .filter(parameter -> text(parameter, "editable").equals("true"))
                        .map(parameter -> parameter(mojo, text(parameter, "name"))))
                .toList();
    }

    private static Parameter parameter(Element mojo, String name) {
        String value = elements(mojo, "configuration")
                .flatMap(configuration -> elements(configuration, name))
                .map(element -> element.getAttribute("default-value"))
                .findFirst()
                .orElse("");
        return new Parameter(text(mojo, "goal"), name, value);
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
