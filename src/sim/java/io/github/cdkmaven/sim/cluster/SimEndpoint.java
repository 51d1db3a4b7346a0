package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The private door below {@code /sim/}, for the launchers and for tests in another process. It opens only to the header
 * {@code X-Sim-Token}: {@code GET state}; {@code PUT pods} (array); {@code PUT whitelist} (array of entries, or null);
 * {@code PUT faults};
 * {@code PUT authorities} (PEM); {@code GET secrets/NAMESPACE/pull} and {@code …/build}; {@code POST shutdown}; and
 * that of {@link LocalCluster#door}.
 */
final class SimEndpoint {

    private static final Pattern SECRETS = Pattern.compile("/sim/secrets/([^/]+)/([^/]+)");

    private final ClusterState state;
    private final String token;
    private final Runnable shutdown;
    private final Optional<LocalCluster> local;

    SimEndpoint(ClusterState state, String token, Runnable shutdown, Optional<LocalCluster> local) {
        this.local = local;
        this.state = state;
        this.token = token;
        this.shutdown = shutdown;
    }

    Optional<ApiResponse> handle(ApiRequest request) {
        if (!request.path().startsWith("/sim/")) {
            return Optional.empty();
        }
        if (token.isEmpty() || !token.equals(request.header("x-sim-token"))) {
            return Optional.of(ApiResponse.failure(ApiException.noSuchPath()));
        }
        try {
            return Optional.of(answer(request));
        } catch (IOException | RuntimeException e) {
            return Optional.of(ApiResponse.failure(ApiException.badRequest(String.valueOf(e.getMessage()))));
        }
    }

    private ApiResponse answer(ApiRequest request) throws IOException {
        Matcher secrets = SECRETS.matcher(request.path());
        if (secrets.matches()) {
            ArrayNode found = Json.array();
            state.pullSecrets(secrets.group(1), secrets.group(2)).forEach(found::add);
            return ApiResponse.json(200, Json.object().set("secrets", found));
        }
        if (local.isPresent() && request.path().startsWith("/sim/local")) {
            return local.get().door(request);
        }
        switch (request.method() + " " + request.path()) {
            case "GET /sim/state" -> {
                return ApiResponse.json(200, state.toJson());
            }
            case "PUT /sim/pods" -> {
                List<ObjectNode> pods = new ArrayList<>();
                Json.read(request.body()).forEach(pod -> pods.add((ObjectNode) pod));
                state.pods(pods);
            }
            case "PUT /sim/authorities" ->
                state.additionalAuthorities(new String(request.body(), StandardCharsets.UTF_8));
            case "PUT /sim/whitelist" -> whitelist(Json.read(request.body()));
            case "PUT /sim/faults" -> state.faults(ClusterFaults.fromJson(request.json()));
            case "POST /sim/shutdown" -> shutdown.run();
            default -> throw ApiException.noSuchPath();
        }
        return ApiResponse.json(200, Json.object());
    }

    private void whitelist(JsonNode entries) {
        if (entries.isNull()) {
            state.noWhitelist();
        } else {
            state.whitelist(ClusterOptions.registries(entries));
        }
    }
}
