package io.github.cdkmaven.sim.cluster.importer;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The names that the simulated network knows. Nothing but loopback is ever contacted. */
public final class Hosts {

    private final Map<String, String> names;
    private final Consumer<String> outside;

    /**
     * @param names from {@code host} or {@code host:port} to the {@code ip:port} that answers for it
     * @param outside told each host that was asked for and is not known
     */
    public Hosts(Map<String, String> names, Consumer<String> outside) {
        this.names = Map.copyOf(names);
        this.outside = outside;
    }

    /**
     * Where a host really listens, as {@code ip[:port]}; empty, and told as an outside contact, where it is not of this
     * network.
     */
    Optional<String> resolve(String authority) {
        Optional<String> known = resolveKnown(authority);
        if (known.isEmpty()) {
            outside.accept(host(authority));
        }
        return known;
    }

    /** The same without telling. */
    Optional<String> resolveKnown(String authority) {
        String host = host(authority);
        String port = authority.substring(host.length());
        if (names.containsKey(authority)) {
            return Optional.of(names.get(authority));
        }
        if (names.containsKey(host)) {
            String target = names.get(host);
            return Optional.of(host(target).equals(target) ? target + port : target);
        }
        if ("localhost".equals(host)) {
            return Optional.of("127.0.0.1" + port);
        }
        return host.startsWith("127.") && isAddress(host) ? Optional.of(authority) : Optional.empty();
    }

    /** Whether a host is an address, which fails otherwise than a name. */
    static boolean isAddress(String host) {
        return host.matches("[0-9]+(\\.[0-9]+){3}");
    }

    /** The host of {@code host:port}. */
    static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }
}
