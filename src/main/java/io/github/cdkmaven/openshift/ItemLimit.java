package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/** Lets a tree grow to a size that no object of a cluster has: made of small values, it takes twenty times the memory of its bytes. */
final class ItemLimit extends JsonParserDelegate {

    /** An ImageStream with 100 tags of 20 items each has 40,000. */
    private static final int MOST_TOKENS = 500_000;

    private int tokens;

    ItemLimit(JsonParser parser) {
        super(parser);
    }

    /** Begins to count anew. */
    void next() {
        tokens = 0;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        if (++tokens > MOST_TOKENS) {
            throw new JsonParseException(this, "an object of more than " + MOST_TOKENS + " values");
        }
        return super.nextToken();
    }
}
