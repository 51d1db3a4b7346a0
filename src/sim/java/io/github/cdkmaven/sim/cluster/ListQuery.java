package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which part of a list is asked for: by label, by name, and page by page ({@code limit} and {@code continue}). */
final class ListQuery {

    private final Map<String, String> query;

    ListQuery(Map<String, String> query) {
        this.query = query;
    }

    /**
     * Writes the wanted part of {@code all} into {@code list}: {@code items}, and what says that there is more.
     *
     * @param all sorted by namespace and name
     */
    void fill(ObjectNode list, List<ObjectNode> all, long revision) {
        ObjectNode metadata = Json.child(list, "metadata").put("resourceVersion", Long.toString(revision));
        List<ObjectNode> wanted =
                all.stream().filter(this::hasLabels).filter(this::hasFields).toList();
        String start = start();
        List<ObjectNode> rest =
                wanted.stream().filter(item -> key(item).compareTo(start) >= 0).toList();
        int limit = Integer.parseInt(query.getOrDefault("limit", "0"));
        ArrayNode items = list.putArray("items");
        if (limit <= 0 || rest.size() <= limit) {
            rest.forEach(items::add);
            return;
        }
        rest.stream().limit(limit).forEach(items::add);
        ObjectNode token = Json.object().put("v", "meta.k8s.io/v1").put("rv", revision);
        token.put("start", key(rest.get(limit - 1)) + '\0');
        metadata.put("continue", Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(token)));
        metadata.put("remainingItemCount", rest.size() - limit);
    }

    private String start() {
        String token = query.getOrDefault("continue", "");
        if (token.isEmpty()) {
            return "";
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.UTF_8));
            return Json.read(bytes).path("start").asText();
        } catch (IOException | IllegalArgumentException e) {
            throw ApiException.badRequest("continue key is not valid: " + e.getMessage());
        }
    }

    private static String key(JsonNode item) {
        JsonNode metadata = item.path("metadata");
        return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    }

    private boolean hasLabels(JsonNode item) {
        return requirements("labelSelector")
                .allMatch(pair -> item.path("metadata")
                        .path("labels")
                        .path(pair[0])
                        .asText()
                        .equals(pair[1]));
    }

    private boolean hasFields(JsonNode item) {
        return requirements("fieldSelector")
                .allMatch(pair ->
                        item.at("/" + pair[0].replace('.', '/')).asText().equals(pair[1]));
    }

    private Stream<String[]> requirements(String name) {
        String text = query.getOrDefault(name, "");
        return Arrays.stream(text.split(","))
                .filter(part -> !part.isBlank())
                .map(part -> part.split("==?", 2))
                .filter(pair -> pair.length == 2);
    }
}
