package io.github.cdkmaven.sim.cluster.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reading, writing and walking the JSON trees that the simulated cluster keeps its objects in. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** A new empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A new empty array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The tree that {@code bytes} hold. */
    public static JsonNode read(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    /** The object that {@code text}, known to be well-formed, holds. */
    public static ObjectNode parse(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The bytes of a tree. */
    public static byte[] write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The indented text of a tree. */
    public static String pretty(JsonNode tree) {
        return tree.toPrettyString();
    }

    /** The object below {@code name}, created where there is none. */
    public static ObjectNode child(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode found ? found : parent.putObject(name);
    }

    /** The array below {@code name}, created where there is none. */
    public static ArrayNode children(ObjectNode parent, String name) {
        return parent.get(name) instanceof ArrayNode found ? found : parent.putArray(name);
    }

    /** The objects in the array below {@code name}. */
    public static List<ObjectNode> objects(JsonNode parent, String name) {
        List<ObjectNode> found = new ArrayList<>();
        parent.path(name).forEach(item -> {
            if (item instanceof ObjectNode object) {
                found.add(object);
            }
        });
        return found;
    }

    /** The texts in the array below {@code name}. */
    public static List<String> texts(JsonNode parent, String name) {
        List<String> found = new ArrayList<>();
        parent.path(name).forEach(item -> found.add(item.asText()));
        return found;
    }

    /** The object in the array below {@code name} whose {@code key} is {@code value}. */
    public static Optional<ObjectNode> find(JsonNode parent, String name, String key, String value) {
        return objects(parent, name).stream()
                .filter(item -> value.equals(item.path(key).asText()))
                .findFirst();
    }
}
