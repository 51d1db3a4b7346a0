package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A request to the API, already read.
 *
 * @param method the HTTP method
 * @param path the decoded path
 * @param query the decoded parameters
 * @param headers all values by lower-case name
 * @param body as sent
 * @param user who sends it
 */
record ApiRequest(
        String method,
        String path,
        Map<String, String> query,
        Map<String, List<String>> headers,
        byte[] body,
        User user) {

    String header(String name) {
        return headers(name).stream().findFirst().orElse("");
    }

    List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** The body as an object. */
    ObjectNode json() {
        try {
            if (Json.read(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw ApiException.badRequest("the object provided is unrecognized (must be of type JSON)");
        }
        throw ApiException.badRequest("the object provided is unrecognized (must be of type JSON)");
    }

    ApiRequest as(User other) {
        return new ApiRequest(method, path, query, headers, body, other);
    }

    /** The Kubernetes verb of this request. */
    String verb(ResourcePath resource) {
        return switch (method) {
            case "GET", "HEAD" -> resource.name().isEmpty() ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> throw ApiException.methodNotAllowed();
        };
    }
}
