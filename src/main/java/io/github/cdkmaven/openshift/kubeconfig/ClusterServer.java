package io.github.cdkmaven.openshift.kubeconfig;

import java.net.URI;
import java.util.Optional;

/**
 * Where a cluster's API is, how it is reached and how it proves to be the right one.
 *
 * @param address the API's address, such as {@code https://192.168.42.7:8443}, perhaps with a path before the API's own, and without a slash at its
 *     end
 * @param trust the certificates (PEM) of the authority that vouches for the server; absent for those that Java trusts
 * @param skipTlsVerify whether anybody may pretend to be the server; only ever true because the user's own kubeconfig says so
 * @param serverName the name that the server's certificate has to have, and that TLS asks for; absent for the address's own
 * @param proxy the HTTP proxy on the way, such as {@code http://proxy.corp:3128}; absent for none
 */
public record ClusterServer(
        URI address, Optional<String> trust, boolean skipTlsVerify, Optional<String> serverName, Optional<URI> proxy) {

    /** A server that Java's own authorities vouch for, reached directly. */
    public static ClusterServer at(URI address) {
        return new ClusterServer(address, Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    /** The host of the address. {@link URI#getHost} knows none where a name has an underscore, which DNS and Go take. */
    public String host() {
        return Optional.ofNullable(address.getHost())
                .orElseGet(() -> address.getRawAuthority().replaceFirst(":\\d*$", ""));
    }

    /** Whether the JDK's client takes the name in an address; else it is only looked up. */
    public boolean isHostNameValid() {
        return address.getHost() != null;
    }

    /** The name that TLS has to be told because it does not follow from the address that is called. */
    public Optional<String> nameForTls() {
        return serverName.or(() -> isHostNameValid() ? Optional.empty() : Optional.of(host()));
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
