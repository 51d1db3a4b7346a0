package io.github.cdkmaven.registry;

import java.util.Map;
import java.util.TreeMap;

/** One client for each registry that images go to. Whoever asks them in turn shares what they learnt, their connections and their tokens. */
public final class RegistryClients implements AutoCloseable {

    private final Registries registries;
    private final Map<String, RegistryClient> clients = new TreeMap<>();

    /** No client yet; nothing is sent. */
    public RegistryClients(Registries registries) {
        this.registries = registries;
    }

    /** The registries that can be asked. */
    public Registries registries() {
        return registries;
    }

    /**
     * The client for a registry.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the authority's file cannot be read
     */
    public synchronized RegistryClient client(String host) {
        return clients.computeIfAbsent(host, name -> new RegistryClient(registries.at(name)));
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(RegistryClient::close);
    }
}
