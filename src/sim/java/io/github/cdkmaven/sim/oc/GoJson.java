package io.github.cdkmaven.sim.oc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints JSON as {@code oc} does: four blanks a level. */
final class GoJson {

    private GoJson() {}

    static String print(JsonNode node) {
        return print(node, "");
    }

    private static String print(JsonNode node, String indent) {
        if (!node.isContainerNode()) {
            return node.toString();
        }
        if (node.isEmpty()) {
            return node.isArray() ? "[]" : "{}";
        }
        String inner = indent + "    ";
        List<String> lines = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(item -> lines.add(inner + print(item, inner)));
        } else {
            node.properties()
                    .forEach(entry ->
                            lines.add(inner + "\"" + entry.getKey() + "\": " + print(entry.getValue(), inner)));
        }
        String body = lines.stream().collect(Collectors.joining(",\n"));
        return (node.isArray() ? "[" : "{") + "\n" + body + "\n" + indent + (node.isArray() ? "]" : "}");
    }
}
