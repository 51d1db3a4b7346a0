package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the fields of an object of the API; one that is not of the kind that the API promises makes the whole answer unusable. */
final class Fields {

    /** An object is not what its kind says. */
    static final class UnexpectedFieldException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnexpectedFieldException(String message) {
            super(message);
        }
    }

    private static final int SHOWN = 80;

    private Fields() {}

    /** A text that has to be there, and may be empty. */
    static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isTextual()) {
            throw unexpected(name, value, "a text");
        }
        return value.asText();
    }

    /** A text, where there is one that is not blank. */
    static Optional<String> optionalText(JsonNode object, String name) {
        return isAbsent(object.path(name))
                ? Optional.empty()
                : Optional.of(text(object, name)).filter(text -> !text.isBlank());
    }

    /** An object; an empty one where there is none. */
    static JsonNode object(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isObject() && !isAbsent(value)) {
            throw unexpected(name, value, "an object");
        }
        return value;
    }

    /** A list of objects; an empty one where there is none. */
    static List<JsonNode> objects(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isArray() && !isAbsent(value)) {
            throw unexpected(name, value, "a list");
        }
        List<JsonNode> objects = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isObject()) {
                throw unexpected(name, item, "a list of objects");
            }
            objects.add(item);
        }
        return objects;
    }

    static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    static UnexpectedFieldException unexpected(String name, JsonNode value, String expected) {
        return new UnexpectedFieldException("its " + name + " is not " + expected + ": "
                + (value.isMissingNode() ? "it is missing" : ForeignText.line(JsonTree.text(value), SHOWN)));
    }
}
