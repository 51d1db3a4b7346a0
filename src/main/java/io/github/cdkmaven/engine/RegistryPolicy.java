package io.github.cdkmaven.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Which registries a container runtime trusts, searches and refuses, each in the order in which it was told.
 *
 * @param insecure registries that need no valid certificate
 * @param searched registries that are searched before Docker Hub
 * @param blocked registries that are never asked
 */
public record RegistryPolicy(List<String> insecure, List<String> searched, List<String> blocked) {

    /** The registry that every docker knows, and looks into last. */
    public static final String HUB = "docker.io";

    public RegistryPolicy {
        insecure = List.copyOf(insecure);
        searched = List.copyOf(searched);
        blocked = List.copyOf(blocked);
    }

    /**
     * Whether a registry is never asked. {@code all} spares the searched ones, and {@code public} is Docker Hub (Red Hat's docker, {@code
     * access.redhat.com/articles/1354823}).
     */
    public boolean blocks(String registry) {
        return blocked.contains(registry)
                || blocked.contains("all") && !searched.contains(registry)
                || blocked.contains("public") && registry.equals(HUB);
    }

    /** Where a name without a registry is looked for: the searched registries, then Docker Hub, without those that are blocked. */
    public List<String> searchOrder() {
        List<String> order = new ArrayList<>(searched);
        order.add(HUB);
        order.removeIf(this::blocks);
        return List.copyOf(new LinkedHashSet<>(order));
    }

    @Override
    public String toString() {
        return "insecure " + insecure + ", searched " + searched + ", blocked " + blocked;
    }
}
