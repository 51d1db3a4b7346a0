package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Texts as Go's libraries write them. */
final class GoText {

    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");

    private GoText() {}

    /** {@code json.MarshalIndent} with two blanks. */
    static String json(JsonNode node) {
        return json(node, "");
    }

    private static String json(JsonNode node, String indent) {
        if (!node.isObject()) {
            return node.toString().replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
        }
        String inner = indent + "  ";
        List<String> lines = new ArrayList<>();
        node.properties()
                .forEach(entry -> lines.add(inner + "\"" + entry.getKey() + "\": " + json(entry.getValue(), inner)));
        return "{\n" + String.join(",\n", lines) + "\n" + indent + "}";
    }

    /** A value of a log line, quoted where it is no plain word (logrus). */
    static String logged(String text) {
        return !text.isEmpty() && text.matches("[A-Za-z0-9._/@^+-]*") ? text : quoted(text);
    }

    static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + "\"";
    }

    /** Four digits and a decimal unit (docker's {@code units.HumanSize}). */
    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.size() - 1) {
            value /= 1000;
            unit++;
        }
        String digits = new BigDecimal(value, new MathContext(4)).stripTrailingZeros().toPlainString();
        return digits + UNITS.get(unit);
    }
}
