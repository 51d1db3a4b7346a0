package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What goes wrong on a cluster, on purpose.
 *
 * @param imports what the next imports meet, one each, in this order; only imports that would store something count
 * @param notReady how many requests meet an API that is not ready yet
 * @param namespacesWithoutRights namespaces in which nobody may do anything
 */
public record ClusterFaults(List<ImportFault> imports, int notReady, List<String> namespacesWithoutRights) {

    /** What an import can meet instead of its answer. */
    public enum ImportFault {
        /** 409, nothing stored. */
        CONFLICT,
        /** 429 with {@code Retry-After: 1}. */
        TOO_MANY_REQUESTS,
        /** 503. */
        UNAVAILABLE,
        /** 500. */
        INTERNAL_ERROR,
        /** The work is done, but the connection breaks in the middle of the answer. */
        RESET,
        /** No answer at all until the cluster closes. */
        HANG,
        /** 201 with a body that is no JSON. */
        GARBAGE
    }

    public ClusterFaults {
        imports = List.copyOf(imports);
        namespacesWithoutRights = List.copyOf(namespacesWithoutRights);
    }

    /** Nothing goes wrong. */
    public static ClusterFaults none() {
        return new ClusterFaults(List.of(), 0, List.of());
    }

    /** The same, and the next {@code times} imports after those known already meet {@code fault}. */
    public ClusterFaults thenImports(ImportFault fault, int times) {
        List<ImportFault> all = new ArrayList<>(imports);
        for (int i = 0; i < times; i++) {
            all.add(fault);
        }
        return new ClusterFaults(all, notReady, namespacesWithoutRights);
    }

    /** The same, and the first {@code requests} meet an API that is not ready yet. */
    public ClusterFaults notReadyFor(int requests) {
        return new ClusterFaults(imports, requests, namespacesWithoutRights);
    }

    /** The same, and nobody may do anything in these namespaces. */
    public ClusterFaults withoutRightsIn(String... namespaces) {
        return new ClusterFaults(imports, notReady, List.of(namespaces));
    }

    /** Reads {@code {"imports": ["CONFLICT", …], "notReady": 3, "namespacesWithoutRights": ["openshift"]}}. */
    public static ClusterFaults fromJson(JsonNode json) {
        List<ImportFault> imports = new ArrayList<>();
        json.path("imports")
                .forEach(name -> imports.add(ImportFault.valueOf(name.asText().toUpperCase(Locale.ROOT))));
        List<String> namespaces = new ArrayList<>();
        json.path("namespacesWithoutRights").forEach(name -> namespaces.add(name.asText()));
        return new ClusterFaults(imports, json.path("notReady").asInt(0), namespaces);
    }

    /** What {@link #fromJson} reads. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        imports.forEach(fault -> Json.children(json, "imports").add(fault.name()));
        json.put("notReady", notReady);
        namespacesWithoutRights.forEach(
                name -> Json.children(json, "namespacesWithoutRights").add(name));
        return json;
    }
}
