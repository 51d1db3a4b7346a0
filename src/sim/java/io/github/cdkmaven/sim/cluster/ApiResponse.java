package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer of the API.
 *
 * @param status the HTTP status
 * @param headers all that are special to this answer
 * @param body the bytes
 */
record ApiResponse(int status, Map<String, String> headers, byte[] body) {

    static ApiResponse json(int status, JsonNode body) {
        return new ApiResponse(status, Map.of("Content-Type", "application/json"), Json.write(body));
    }

    static ApiResponse text(int status, String body) {
        return new ApiResponse(
                status, Map.of("Content-Type", "text/plain; charset=utf-8"), body.getBytes(StandardCharsets.UTF_8));
    }

    static ApiResponse empty(int status, Map<String, String> headers) {
        return new ApiResponse(status, headers, new byte[0]);
    }

    static ApiResponse failure(ApiException failure) {
        byte[] body = Json.write(failure.status());
        return switch (failure.code()) {
            case 403 ->
                new ApiResponse(
                        403, Map.of("Content-Type", "application/json", "X-Content-Type-Options", "nosniff"), body);
            case 429 -> new ApiResponse(429, Map.of("Content-Type", "application/json", "Retry-After", "1"), body);
            default -> new ApiResponse(failure.code(), Map.of("Content-Type", "application/json"), body);
        };
    }
}
