package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.List;
import java.util.Optional;

/** Whether image.config lets the samples operator create streams that name a registry; its reading is its own (4.19). */
final class SamplesConfigurationCheck {

    /** What stands for an empty samplesRegistry. */
    private static final String STANDARD = "registry.redhat.io";

    private final ObjectStore store;

    SamplesConfigurationCheck(ObjectStore store) {
        this.store = store;
    }

    /** Why a samplesRegistry may not be used, in the operator's words; empty where it may. */
    Optional<String> objection(String samplesRegistry) {
        JsonNode spec = store.get(ApiServerOperator.IMAGE_CONFIG, "", "cluster")
                .map(config -> config.path("spec"))
                .orElse(Json.object());
        String registry = samplesRegistry.isEmpty() ? STANDARD : samplesRegistry;
        List<String> imports = Json.objects(spec, "allowedRegistriesForImport").stream()
                .map(entry -> entry.path("domainName").asText())
                .toList();
        // The value, its path included, has to end with an allowed name.
        boolean importable = imports.isEmpty() || imports.stream().anyMatch(registry::endsWith);
        List<String> allowed = Json.texts(spec.path("registrySources"), "allowedRegistries");
        boolean pullable = allowed.isEmpty() || allowed.contains(registry);
        boolean blocked =
                Json.texts(spec.path("registrySources"), "blockedRegistries").contains(registry);
        return importable && pullable && !blocked
                ? Optional.empty()
                : Optional.of("&errors.errorString{s:\"global openshift image configuration prevents the creation of"
                        + " imagestreams using the registry " + samplesRegistry + "\"}");
    }
}
