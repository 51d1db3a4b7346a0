package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the bodies of answers, which can be understood in one way only. */
public final class JsonBody {

    private static final String ITEMS = "items";

    private JsonBody() {}

    /** Reads an object whole; missing if there is none. */
    static JsonNode tree(InputStream body) throws IOException {
        return tree(body, Set.of());
    }

    /** Reads an object without the values of some fields, by their names. */
    static JsonNode tree(InputStream body, Set<String> unread) throws IOException {
        try (JsonParser parser = new ItemLimit(JsonTree.strictParser(body))) {
            return JsonTree.only(parser, unread);
        }
    }

    /**
     * Hands the items of a list on, in their order, without ever holding more than one of them: 1,000 ImageStreams as one tree take ten times
     * their bytes.
     *
     * @return the list without its items, but with an empty array in their place; missing if it is no object
     */
    public static JsonNode list(InputStream body, Consumer<JsonNode> item) throws IOException {
        try (ItemLimit parser = new ItemLimit(JsonTree.strictParser(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return MissingNode.getInstance();
            }
            ObjectNode list = JsonTree.object();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                parser.next();
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(ITEMS)) {
                    list.putArray(ITEMS);
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        parser.next();
                        item.accept(JsonTree.value(parser));
                    }
                } else {
                    list.set(name, JsonTree.value(parser));
                }
            }
            return parser.nextToken() == null ? list : MissingNode.getInstance();
        }
    }
}
