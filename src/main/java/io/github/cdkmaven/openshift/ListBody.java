package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads the JSON of a list without ever holding more than one of its items: 1,000 ImageStreams as one tree take ten times their bytes. */
public final class ListBody {

    private static final String ITEMS = "items";

    private ListBody() {}

    /**
     * Hands the items on, in their order.
     *
     * @return the list without its items, but with an empty array in their place; missing if it is no object
     */
    public static JsonNode read(ObjectMapper json, byte[] bytes, Consumer<JsonNode> item) throws IOException {
        try (JsonParser parser = json.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return MissingNode.getInstance();
            }
            ObjectNode list = json.createObjectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(ITEMS)) {
                    list.putArray(ITEMS);
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        item.accept(json.readTree(parser));
                    }
                } else {
                    list.set(name, json.readTree(parser));
                }
            }
            return list;
        }
    }
}
