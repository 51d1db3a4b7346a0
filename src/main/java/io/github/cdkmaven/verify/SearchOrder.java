package io.github.cdkmaven.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Where a docker looks for a name without a registry.
 *
 * @param registries the registries that it can reach for that, in its order; empty when it may look nowhere
 */
record SearchOrder(List<String> registries) {

    /** The registry that every docker knows, and looks into last. */
    static final String HUB = "docker.io";

    SearchOrder {
        registries = List.copyOf(registries);
    }

    /** Docker as everybody has it: it knows no other registry to look into, and cannot be told to leave this one out. */
    static SearchOrder ordinary() {
        return new SearchOrder(List.of(HUB));
    }

    /** Red Hat's docker: the added registries in their order, then Docker Hub, without those that are blocked. */
    static SearchOrder of(DaemonOptions options) {
        List<String> searched = new ArrayList<>(options.added());
        searched.add(HUB);
        searched.removeIf(options::blocks);
        return new SearchOrder(List.copyOf(new LinkedHashSet<>(searched)));
    }
}
