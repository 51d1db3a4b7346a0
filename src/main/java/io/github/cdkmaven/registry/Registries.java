package io.github.cdkmaven.registry;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One client for each registry that images go to: the company's own, and others that its mappings name. Whoever asks them in turn shares
 * what they learnt, their connections and their tokens.
 */
public final class Registries implements AutoCloseable {

    private final RegistryAccess own;
    private final Map<String, RegistryClient> clients = new TreeMap<>();

    /** No client yet; nothing is sent. */
    public Registries(RegistryAccess own) {
        this.own = own;
    }

    /** How to speak to the company's registry. */
    public RegistryAccess own() {
        return own;
    }

    /** How to speak to a registry: the company's own, or another one, which gets no credentials of it. */
    public RegistryAccess access(String host) {
        return host.equals(own.host())
                ? own
                : new RegistryAccess(host, "", own.insecure(), own.ca(), Optional.empty(), own.timeout());
    }

    /**
     * The client for a registry.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the authority's file cannot be read
     */
    public synchronized RegistryClient client(String host) {
        return clients.computeIfAbsent(host, name -> new RegistryClient(access(name)));
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(RegistryClient::close);
    }
}
