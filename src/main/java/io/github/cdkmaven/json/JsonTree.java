package io.github.cdkmaven.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes JSON as Jackson's trees, by its parser and its generator alone.
 *
 * <p>Its mapper binds objects of Java, of which there are none here, and takes a JVM that has only just started three hundred classes and a third of
 * a second, as much as all the work of a short goal. {@code JsonNode.toString()} needs it too: use {@link #text} and {@link #pretty}.
 */
public final class JsonTree {

    private static final JsonFactory LENIENT = new JsonFactory();
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    /** A new object without a field. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /** A new array without an element. */
    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /**
     * The first value of a text; missing where the text is empty. The last one of two fields of one name counts.
     *
     * @throws JsonProcessingException if it is not JSON
     */
    public static JsonNode read(String text) throws JsonProcessingException {
        try (JsonParser parser = LENIENT.createParser(text)) {
            return first(parser, Set.of());
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot fail to be read", e);
        }
    }

    /** The same of bytes in UTF-8, UTF-16 or UTF-32. */
    public static JsonNode read(byte[] text) throws IOException {
        try (JsonParser parser = LENIENT.createParser(text)) {
            return first(parser, Set.of());
        }
    }

    /** The same of a file. */
    public static JsonNode read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    /** The same of a stream, which is closed. */
    public static JsonNode read(InputStream text) throws IOException {
        try (JsonParser parser = LENIENT.createParser(text)) {
            return first(parser, Set.of());
        }
    }

    /**
     * The only value of a text that can be understood in one way: no name twice in an object, and nothing after the end.
     *
     * @throws JsonProcessingException if it is anything else
     */
    public static JsonNode readStrictly(byte[] text) throws IOException {
        try (JsonParser parser = STRICT.createParser(text)) {
            return only(parser, Set.of());
        }
    }

    /** A parser that refuses a name that an object has twice. */
    public static JsonParser strictParser(InputStream text) throws IOException {
        return STRICT.createParser(text);
    }

    /**
     * The only value that a parser has before it; missing where there is none.
     *
     * @param unread the names of fields that nobody reads, wherever they stand: they are checked, but not kept
     */
    public static JsonNode only(JsonParser parser, Set<String> unread) throws IOException {
        JsonNode value = first(parser, unread);
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "something follows the value");
        }
        return value;
    }

    private static JsonNode first(JsonParser parser, Set<String> unread) throws IOException {
        return parser.nextToken() == null ? MissingNode.getInstance() : value(parser, unread);
    }

    /** The value at whose first token a parser stands; it stands at the last one then. Jackson limits how deep it is. */
    public static JsonNode value(JsonParser parser) throws IOException {
        return value(parser, Set.of());
    }

    private static JsonNode value(JsonParser parser, Set<String> unread) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = object();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (unread.contains(name)) {
                        parser.skipChildren();
                    } else {
                        object.set(name, value(parser, unread));
                    }
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = array();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser, unread));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new JsonParseException(parser, "not a value: " + parser.currentToken());
        };
    }

    /** A value in one line. */
    public static String text(JsonNode value) {
        return write(value, false);
    }

    /** A value in lines, the same on every platform, without a line break at its end. */
    public static String pretty(JsonNode value) {
        return write(value, true).replace(System.lineSeparator(), "\n");
    }

    private static String write(JsonNode value, boolean pretty) {
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("There is no value");
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator out = LENIENT.createGenerator(text)) {
            if (pretty) {
                out.setPrettyPrinter(new DefaultPrettyPrinter());
            }
            write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot fail to be written", e);
        }
        return text.toString();
    }

    private static void write(JsonNode value, JsonGenerator out) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> field : value.properties()) {
                    out.writeFieldName(field.getKey());
                    write(field.getValue(), out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : value) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case NUMBER -> {
                switch (value.numberType()) {
                    case FLOAT -> out.writeNumber(value.floatValue());
                    case DOUBLE -> out.writeNumber(value.doubleValue());
                    case BIG_DECIMAL -> out.writeNumber(value.decimalValue());
                    case BIG_INTEGER -> out.writeNumber(value.bigIntegerValue());
                    default -> out.writeNumber(value.longValue());
                }
            }
            case BOOLEAN -> out.writeBoolean(value.booleanValue());
            case STRING -> out.writeString(value.textValue());
            case NULL, MISSING -> out.writeNull(); // an object may hold what a path led to
            case BINARY -> out.writeBinary(value.binaryValue()); // in Base64
            default -> throw new IllegalArgumentException("No value: " + value.getNodeType());
        }
    }
}
