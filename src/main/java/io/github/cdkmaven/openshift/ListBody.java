package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
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
    public static JsonNode read(ObjectMapper json, InputStream body, Consumer<JsonNode> item) throws IOException {
        ObjectReader one = json.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        try (ItemLimit parser = new ItemLimit(json.createParser(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return MissingNode.getInstance();
            }
            ObjectNode list = json.createObjectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                parser.next();
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(ITEMS)) {
                    list.putArray(ITEMS);
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        parser.next();
                        item.accept(one.readTree(parser));
                    }
                } else {
                    list.set(name, one.readTree(parser));
                }
            }
            return parser.nextToken() == null ? list : MissingNode.getInstance();
        }
    }
}
