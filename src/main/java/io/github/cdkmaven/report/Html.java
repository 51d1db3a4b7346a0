package io.github.cdkmaven.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A page in the making, as HTML that is well-formed XML too.
 *
 * <p>It has no way to write a text as markup: text and attribute values are escaped, names are checked, and only an
 * {@link Asset} of the plugin itself goes in as it is. Nor can it write a reference that leaves the file, an event
 * handler or an inline style, so that the page's content security policy never has anything to stop.
 */
final class Html {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
    private static final Set<String> REFERENCES =
            Set.of("href", "src", "action", "formaction", "data", "poster", "srcset");
    private static final Set<String> EMPTY = Set.of("meta", "link", "input", "br", "hr", "rect", "col");
    private static final Set<String> INLINE = Set.of("a", "b", "bdi", "code", "span", "time", "rect", "label", "input");

    /** A style that lays a table out as blocks or a grid takes its meaning from a screen reader; a role gives it back. */
    private static final Map<String, String> ROLES = Map.of(
            "table", "table", "thead", "rowgroup", "tbody", "rowgroup", "tfoot", "rowgroup", "tr", "row", "td", "cell");

    private final StringBuilder out = new StringBuilder("<!DOCTYPE html>");
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element. Attributes come as name, value, name, value. */
    Html open(String name, String... attributes) {
        startTag(name, attributes);
        out.append('>');
        open.push(name);
        return this;
    }

    /** An element without content, such as {@code meta}. */
    Html empty(String name, String... attributes) {
        if (!EMPTY.contains(name)) {
            throw new IllegalArgumentException("Not an empty element: " + name);
        }
        startTag(name, attributes);
        out.append("/>");
        return this;
    }

    /** An element with only text in it. */
    Html element(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close();
    }

    /** Text, with invisible characters spelled out. */
    Html text(String text) {
        escape(Text.block(text));
        return this;
    }

    /** A style sheet or script of the plugin. */
    Html asset(String name, Asset asset) {
        open(name);
        out.append(asset.content());
        return close();
    }

    /** Closes the element that was opened last. */
    Html close() {
        String name = open.pop();
        out.append("</").append(name).append('>');
        return this;
    }

    /** The page, once every element is closed. */
    String page() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("Still open: " + open);
        }
        return out.append('\n').toString();
    }

    private void startTag(String name, String... attributes) {
        requireName(name);
        if (!INLINE.contains(name)) {
            out.append('\n');
        }
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            attribute(attributes[i], attributes[i + 1]);
            if (name.equals("th") && attributes[i].equals("scope")) {
                attribute("role", attributes[i + 1].equals("col") ? "columnheader" : "rowheader");
            }
        }
        if (ROLES.containsKey(name)) {
            attribute("role", ROLES.get(name));
        }
    }

    private void attribute(String name, String value) {
        requireName(name);
        if (name.equals("style") || name.startsWith("on")) {
            throw new IllegalArgumentException("The page allows no attribute " + name);
        }
        if (REFERENCES.contains(name) && !value.startsWith("#") && !value.startsWith("data:")) {
            throw new IllegalArgumentException("The page may not refer to anything outside: " + value);
        }
        out.append(' ').append(name).append("=\"");
        escape(Text.line(value));
        out.append('"');
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a name: " + name);
        }
    }
}
