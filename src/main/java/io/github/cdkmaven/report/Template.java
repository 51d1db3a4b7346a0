package io.github.cdkmaven.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with gaps, which a tree of values fills.
 *
 * <ul>
 *   <li><code>{{name}}</code> is the text of a value, <code>{{.}}</code> that of the value in hand. It is always escaped:
 *       there is no way to write a value as markup.
 *   <li><code>{{#name}}…{{/name}}</code> stands once for each element of an array, once for any other value, and not at
 *       all for one that is absent or false. Within it, names are those of that element or value.
 *   <li><code>{{>file}}</code> is another file of the plugin, as it is.
 * </ul>
 */
final class Template {

    private static final Pattern TAG = Pattern.compile("\\{\\{([#/>]?)([\\w.-]+)}}");

    private final Section whole;

    private Template(Section whole) {
        this.whole = whole;
    }

    /** Reads a template from beside this class. */
    static Template load(String file) {
        return new Template(parse(file, resource(file)));
    }

    static Template of(String source) {
        return new Template(parse("template", source));
    }

    /** The text of a file of the plugin. */
    static String resource(String file) {
        try (InputStream in = Template.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("Missing from the plugin's jar: " + file);
            }
            // A browser turns CRLF into LF before it hashes a script.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Values by their names: name, value, name, value. */
    static ObjectNode values(String... namesAndValues) {
        ObjectNode values = JsonTree.object();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }

    /** The page with these values. */
    String render(JsonNode values) {
        StringBuilder out = new StringBuilder();
        whole.parts().forEach(part -> part.write(values, out));
        return out.toString();
    }

    private static Section parse(String name, String source) {
        Deque<Section> open = new ArrayDeque<>();
        open.push(new Section(name, new ArrayList<>()));
        Matcher tag = TAG.matcher(source);
        int done = 0;
        while (tag.find()) {
            open.element().parts().add(new Literal(source.substring(done, tag.start())));
            done = tag.end();
            String word = tag.group(2);
            switch (tag.group(1)) {
                case "#" -> {
                    Section section = new Section(word, new ArrayList<>());
                    open.element().parts().add(section);
                    open.push(section);
                }
                case "/" -> {
                    if (open.size() == 1 || !open.pop().name().equals(word)) {
                        throw new IllegalArgumentException("Not open: " + word);
                    }
                }
                case ">" -> open.element().parts().addAll(load(word).whole.parts());
                default -> open.element().parts().add(new Gap(word));
            }
        }
        open.element().parts().add(new Literal(source.substring(done)));
        if (open.size() > 1) {
            throw new IllegalArgumentException("Not closed: " + open.element().name());
        }
        return open.element();
    }

    private interface Part {
        void write(JsonNode values, StringBuilder out);
    }

    private record Literal(String text) implements Part {
        @Override
        public void write(JsonNode values, StringBuilder out) {
            out.append(text);
        }
    }

    private record Gap(String name) implements Part {
        @Override
        public void write(JsonNode values, StringBuilder out) {
            JsonNode value = name.equals(".") ? values : values.path(name);
            if (!value.isValueNode()) {
                throw new IllegalArgumentException("No value for " + name);
            }
            escape(value.asText(), out);
        }
    }

    private record Section(String name, List<Part> parts) implements Part {
        @Override
        public void write(JsonNode values, StringBuilder out) {
            JsonNode value = values.path(name);
            if (value.isArray()) {
                value.forEach(element -> parts.forEach(part -> part.write(element, out)));
            } else if (!value.isMissingNode() && !(value.isBoolean() && !value.booleanValue())) {
                parts.forEach(part -> part.write(value, out));
            }
        }
    }

    /** Writes text for any place between tags or within quotes; what cannot be seen is spelled out. */
    private static void escape(String text, StringBuilder out) {
        String visible = Text.block(text);
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }
}
