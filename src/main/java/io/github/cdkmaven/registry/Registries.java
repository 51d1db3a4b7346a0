package io.github.cdkmaven.registry;

import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All registries from which images come: the company's own, and those to which its mappings send images.
 *
 * @param own the company's own registry
 * @param relocation where images go
 * @param logins users and passwords of the others, by host with its port; no other registry gets the own one's
 */
public record Registries(Registry own, Relocation relocation, Map<String, Credentials> logins) {

    public Registries {
        logins = Map.copyOf(logins);
    }

    /** One registry, to which the default rules send images. */
    public static Registries of(Registry own) {
        return of(own, Relocation.byDefault(own.name()));
    }

    /** The registries of some rules, of which at most the own one wants a login. */
    public static Registries of(Registry own, Relocation relocation) {
        return new Registries(own, relocation, Map.of());
    }

    /** Every host with its port, the own one first. */
    public List<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(own.host());
        hosts.addAll(relocation.targetHosts());
        return List.copyOf(hosts);
    }

    /** The registry at a host: the own one, or another one, which is trusted like it and has a login of its own. */
    public Registry at(String host) {
        return host.equals(own.host())
                ? own
                : new Registry(
                        new RegistryName(host, Optional.empty()),
                        own.insecure(),
                        own.ca(),
                        Optional.ofNullable(logins.get(host)),
                        own.timeout());
    }

    /** Every registry, the own one first. */
    public List<Registry> all() {
        return hosts().stream().map(this::at).toList();
    }
}
