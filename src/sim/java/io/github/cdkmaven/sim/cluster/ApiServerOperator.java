package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.HashMap;
import java.util.Map;

/**
 * Carries what {@code images.config.openshift.io/cluster} says into the OpenShift API server: the registries that may be
 * imported from, and the authorities of registries. A real one restarts the servers for that, which takes a while.
 */
final class ApiServerOperator {

    static final String IMAGE_CONFIG = "images.config.openshift.io";

    private final ObjectStore store;
    private final ClusterState state;
    private volatile boolean atOnce;

    /** @param atOnce whether a change is in force when the request that made it is answered */
    ApiServerOperator(ObjectStore store, ClusterState state, boolean atOnce) {
        this.store = store;
        this.state = state;
        this.atOnce = atOnce;
    }

    void atOnce(boolean on) {
        atOnce = on;
    }

    /** Told of each object that its work may depend on. */
    void written(ObjectNode object) {
        if (atOnce) {
            rollOut();
        }
    }

    /** Puts the configuration in force as it is now. */
    void rollOut() {
        JsonNode spec = store.get(IMAGE_CONFIG, "", "cluster")
                .map(config -> config.path("spec"))
                .orElse(Json.object());
        if (spec.path("allowedRegistriesForImport").isEmpty()) {
            state.noWhitelist();
        } else {
            state.whitelist(ClusterOptions.registries(spec.path("allowedRegistriesForImport")));
        }
        String name = spec.path("additionalTrustedCA").path("name").asText();
        Map<String, String> authorities = new HashMap<>();
        store.get("configmaps", "openshift-config", name)
                .ifPresent(map -> map.path("data").properties().forEach(entry ->
                        authorities.put(entry.getKey(), entry.getValue().asText())));
        state.additionalTrustedCa(authorities);
    }
}
