package io.github.cdkmaven.sim.cluster.importer;

import io.github.cdkmaven.sim.pull.SocketHttp;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;

/** How the importer reaches registries: with the authorities of the master, or, for an insecure tag, with any certificate. */
public final class RegistryTransport {

    private final SocketHttp secure;
    private final SocketHttp insecure;

    /**
     * @param hosts the names of the network
     * @param authorities CAs that the master trusts now for a {@code host[:port]}
     * @param timeout of one request; origin gives a ping 15 s
     */
    public RegistryTransport(
            Hosts hosts, Function<String, ? extends Collection<X509Certificate>> authorities, Duration timeout) {
        this.secure = SocketHttp.verifying(hosts::resolve, authorities, timeout);
        this.insecure = SocketHttp.blind(hosts::resolve, timeout);
    }

    SocketHttp http(boolean insecureTag) {
        return insecureTag ? insecure : secure;
    }
}
