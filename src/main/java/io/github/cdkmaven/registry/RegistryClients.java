package io.github.cdkmaven.registry;

import java.util.Map;
import java.util.TreeMap;

/** One client for each registry that images go to. Whoever asks them in turn shares what they learnt, their connections and their tokens. */
public final class RegistryClients implements AutoCloseable {

    private final Registries registries;
    private final Map<String, RegistryClient> clients;
    private final ImageFormats formats;
    private final String processor;

    /** No client yet; nothing is sent. An image counts as there in Docker's forms alone, and for amd64. */
    public RegistryClients(Registries registries) {
        this(registries, new TreeMap<>(), ImageFormats.DOCKER, MediaTypes.AMD64);
    }

    private RegistryClients(
            Registries registries, Map<String, RegistryClient> clients, ImageFormats formats, String processor) {
        this.registries = registries;
        this.clients = clients;
        this.formats = formats;
        this.processor = processor;
    }

    /** The same clients for somebody who reads other forms of images; they are closed with these. */
    public RegistryClients reading(ImageFormats others) {
        return new RegistryClients(registries, clients, others, processor);
    }

    /** The same clients for somebody with another processor, such as {@code arm64}; they are closed with these. */
    public RegistryClients runningOn(String other) {
        return new RegistryClients(registries, clients, formats, other);
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
    public RegistryClient client(String host) {
        synchronized (clients) {
            return clients.computeIfAbsent(host, name -> new RegistryClient(registries.at(name)))
                    .reading(formats, processor);
        }
    }

    @Override
    public void close() {
        synchronized (clients) {
            clients.values().forEach(RegistryClient::close);
        }
    }
}
