package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/**
 * As much YAML as kubeconfigs and master configurations are written in by Go programs: block maps, block lists, plain and
 * quoted scalars, {@code {}}, {@code []}, {@code null}. JSON is read too.
 */
public final class Yaml {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private record Line(int indent, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private int next;

    private Yaml(String yaml) {
        yaml.lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#") && !line.equals("---"))
                .forEach(line ->
                        lines.add(new Line(line.length() - line.stripLeading().length(), line.strip())));
    }

    /** An empty object for an empty text. */
    public static ObjectNode read(String yaml) {
        if (yaml.isBlank()) {
            return NODES.objectNode();
        }
        if (yaml.stripLeading().startsWith("{")) {
            return (ObjectNode) json(yaml);
        }
        Yaml reader = new Yaml(yaml);
        return (ObjectNode) reader.block(reader.lines.get(0).indent());
    }

    private static JsonNode json(String text) {
        try {
            return JsonFile.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not readable: " + text, e);
        }
    }

    private JsonNode block(int indent) {
        return isItem(lines.get(next).text()) ? list(indent) : map(indent);
    }

    private static boolean isItem(String text) {
        return text.startsWith("- ") || text.equals("-");
    }

    private boolean hasMore(int indent, boolean items) {
        return next < lines.size()
                && lines.get(next).indent() == indent
                && isItem(lines.get(next).text()) == items;
    }

    private ArrayNode list(int indent) {
        ArrayNode list = NODES.arrayNode();
        while (hasMore(indent, true)) {
            String rest = lines.get(next).text().substring(1).stripLeading();
            if (rest.isEmpty()) {
                next++;
                list.add(block(lines.get(next).indent()));
            } else if (separator(rest) >= 0) {
                int inner = indent + lines.get(next).text().length() - rest.length();
                lines.set(next, new Line(inner, rest));
                list.add(map(inner));
            } else {
                next++;
                list.add(scalar(rest));
            }
        }
        return list;
    }

    private ObjectNode map(int indent) {
        ObjectNode map = NODES.objectNode();
        while (hasMore(indent, false)) {
            String text = lines.get(next).text();
            int colon = separator(text);
            String key = scalar(text.substring(0, colon)).asText();
            String rest = text.substring(colon + 1).strip();
            next++;
            if (!rest.isEmpty()) {
                map.set(key, scalar(rest));
            } else if (next < lines.size() && opens(lines.get(next), indent)) {
                map.set(key, block(lines.get(next).indent()));
            } else {
                map.putNull(key);
            }
        }
        return map;
    }

    private static boolean opens(Line line, int indent) {
        return line.indent() > indent || line.indent() == indent && isItem(line.text());
    }

    /** Where the key ends; -1 when the text is no key. */
    private static int separator(String text) {
        if (text.startsWith("'") || text.startsWith("\"") || text.startsWith("{") || text.startsWith("[")) {
            return -1;
        }
        if (text.endsWith(":") && text.indexOf(": ") < 0) {
            return text.length() - 1;
        }
        return text.indexOf(": ");
    }

    private static JsonNode scalar(String text) {
        if (text.startsWith("'") && text.endsWith("'") && text.length() > 1) {
            return TextNode.valueOf(text.substring(1, text.length() - 1).replace("''", "'"));
        }
        if (text.startsWith("\"") || text.startsWith("{") || text.startsWith("[")) {
            return json(text);
        }
        return switch (text) {
            case "null", "~" -> NODES.nullNode();
            case "true" -> NODES.booleanNode(true);
            case "false" -> NODES.booleanNode(false);
            default -> text.matches("-?[0-9]{1,18}") ? NODES.numberNode(Long.parseLong(text)) : TextNode.valueOf(text);
        };
    }

    public static String write(JsonNode node) {
        StringBuilder out = new StringBuilder();
        append(node, "", out);
        return out.toString();
    }

    private static void append(JsonNode node, String indent, StringBuilder out) {
        if (node.isObject()) {
            node.properties().forEach(entry -> {
                out.append(indent).append(entry.getKey()).append(':');
                appendValue(entry.getValue(), indent, out);
            });
        } else {
            node.forEach(item -> appendItem(item, indent, out));
        }
    }

    private static void appendItem(JsonNode item, String indent, StringBuilder out) {
        if (isBlock(item)) {
            StringBuilder inner = new StringBuilder();
            append(item, indent + "  ", inner);
            out.append(indent).append("- ").append(inner.substring(indent.length() + 2));
        } else {
            out.append(indent).append("- ").append(plain(item)).append('\n');
        }
    }

    private static void appendValue(JsonNode value, String indent, StringBuilder out) {
        if (!isBlock(value)) {
            out.append(' ').append(plain(value)).append('\n');
        } else {
            out.append('\n');
            append(value, value.isArray() ? indent : indent + "  ", out);
        }
    }

    private static boolean isBlock(JsonNode node) {
        return node.isContainerNode() && !node.isEmpty();
    }

    private static String plain(JsonNode node) {
        if (!node.isTextual()) {
            return node.toString();
        }
        String text = node.asText();
        boolean safe = text.matches("[A-Za-z0-9_./+=(-][A-Za-z0-9_./:+=@${}|(),\\\\-]*")
                && !text.matches("null|true|false|-?[0-9.]+|.*:|-.*|=.*");
        boolean slashes = text.matches("//[^ ]*[^: ]");
        if (safe || slashes) {
            return text;
        }
        return text.isEmpty() ? "\"\"" : "'" + text.replace("'", "''") + "'";
    }
}
