package io.github.cdkmaven.openshift;

import java.net.URI;
import java.util.Optional;

/**
 * Where a cluster is and as whom it is spoken to.
 *
 * @param server the API's address, such as {@code https://192.168.42.7:8443}
 * @param trust the certificates (PEM) of the authority that vouches for the server; absent for those that Java trusts
 * @param skipTlsVerify whether anybody may pretend to be the server; only ever true because the user's own kubeconfig says so
 * @param client certificate and key (both PEM) of a user who logs in by them
 * @param token the bearer token of a user
 * @param impersonate the user in whose name the calls are made
 */
public record ClusterAccess(
        URI server,
        Optional<String> trust,
        boolean skipTlsVerify,
        Optional<ClientCertificate> client,
        Optional<String> token,
        Optional<String> impersonate) {

    /** A client certificate with its private key, both PEM. */
    public record ClientCertificate(String certificate, String key) {

        /** Never the key. */
        @Override
        public String toString() {
            return "client certificate";
        }
    }

    /** The cluster without anybody logged in. */
    public ClusterAccess anonymous() {
        return new ClusterAccess(server, trust, skipTlsVerify, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same cluster with a token in hand. */
    public ClusterAccess withToken(String value) {
        return new ClusterAccess(server, trust, skipTlsVerify, Optional.empty(), Optional.of(value), impersonate);
    }

    /** The same cluster and login, in the name of somebody else. */
    public ClusterAccess as(String user) {
        return new ClusterAccess(server, trust, skipTlsVerify, client, token, Optional.of(user));
    }

    /** Never a token or a key. */
    @Override
    public String toString() {
        return server.toString();
    }
}
