package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the OpenShift 4 of a {@code crc} VM comes up, and what ails it.
 *
 * @param settling how long some operators progress after each start
 * @param rollOut how long the machine-config operator takes from a change of the configuration to the node's disk
 * @param troubles what goes wrong
 */
public record LocalPlan(Duration settling, Duration rollOut, Set<Trouble> troubles) {

    /** What may be wrong with such a cluster. */
    public enum Trouble {
        /** An operator progresses for ever. */
        OPERATORS_NEVER_SETTLE,
        /** An operator is degraded. */
        OPERATOR_DEGRADED,
        /** An operator is not available, while none progresses or is degraded. */
        OPERATOR_UNAVAILABLE,
        /**
         * The pool is degraded once the pull secret of the start has reached the disk: the machine-config daemon expects
         * {@code kubelet.service} enabled and finds it disabled (machine-config-operator 4.21, on_disk_validation.go:240).
         */
        KUBELET_UNIT_DISABLED,
        /** The pool begins to update and does not come to an end. */
        POOL_NEVER_UPDATED,
        /** The pull secret of the start does not reach the disk. */
        PULL_SECRET_NOT_ON_DISK,
        /** The machine-config operator leaves quay.io out of what is blocked, whatever mirrors there are. */
        QUAY_NEVER_BLOCKED
    }

    public LocalPlan {
        troubles = Set.copyOf(troubles);
    }

    /** Everything is well and takes no time. */
    public static LocalPlan healthy() {
        return new LocalPlan(Duration.ZERO, Duration.ZERO, Set.of());
    }

    /** Reads {@code {"settleSeconds": 0.5, "rollOutSeconds": 1, "troubles": [names]}}; names of no trouble are passed over. */
    static LocalPlan fromJson(JsonNode json) {
        List<String> names = Json.texts(json, "troubles");
        return new LocalPlan(
                seconds(json, "settleSeconds"),
                seconds(json, "rollOutSeconds"),
                Set.of(Trouble.values()).stream()
                        .filter(trouble -> names.contains(trouble.name()))
                        .collect(Collectors.toSet()));
    }

    private static Duration seconds(JsonNode json, String name) {
        return Duration.ofMillis(Math.round(json.path(name).asDouble() * 1000));
    }

    boolean has(Trouble trouble) {
        return troubles.contains(trouble);
    }
}
