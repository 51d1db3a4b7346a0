package io.github.cdkmaven.sim.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole HTTP answer.
 *
 * @param uri what was asked for, after redirects
 * @param headers by lower-case name
 */
public record HttpAnswer(URI uri, int status, Map<String, List<String>> headers, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Optional<String> header(String lowerCaseName) {
        return all(lowerCaseName).stream().findFirst();
    }

    public List<String> all(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, List.of());
    }

    /** The media type without parameters. */
    public String mediaType() {
        return header("content-type").orElse("").replaceFirst(";.*", "").strip();
    }

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** The body as JSON; missing where it is none. */
    public JsonNode json() {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
