package io.github.cdkmaven.crc.objects;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the POM wants the cluster to be told.
 *
 * @param registries from which images come
 * @param blockedRegistries what nodes must not ask
 * @param logins entries of a pull secret, by host
 */
public record WantedObjects(Registries registries, List<String> blockedRegistries, Map<String, JsonNode> logins) {

    /** What stands for more than one registry in Red Hat's docker alone. */
    private static final Set<String> WORDS = Set.of("all", "public");

    public WantedObjects {
        blockedRegistries = List.copyOf(blockedRegistries);
        logins = Map.copyOf(logins);
    }

    /** What is to be blocked; never a registry of the company. */
    List<String> blocked() {
        return blockedRegistries.stream()
                .filter(name -> !WORDS.contains(name) && !registries.hosts().contains(name))
                .distinct()
                .toList();
    }

    /** What needs no valid certificate. */
    List<String> insecure() {
        return registries.own().insecure() ? registries.hosts() : List.of();
    }

    /** The registries for which an authority is named, unless none is asked for. */
    List<Registry> withAuthority() {
        return registries.all().stream()
                .filter(registry -> registry.ca().isPresent() && !registry.insecure())
                .toList();
    }

    /** Never the logins. */
    @Override
    public String toString() {
        return "registries " + registries.hosts() + ", blocked " + blockedRegistries + ", logins for "
                + logins.keySet();
    }
}
