package io.github.cdkmaven.openshift.kubeconfig;

import java.net.URI;
import java.util.Optional;

/**
 * Where a cluster is and as whom it is spoken to.
 *
 * @param cluster the API's server
 * @param credential what the user shows to it
 * @param impersonation the user in whose name the calls are made; absent for the one who is logged in
 * @param context the kubeconfig's context that says all this; empty where it came from elsewhere
 */
public record ClusterAccess(
        ClusterServer cluster, Credential credential, Optional<Impersonation> impersonation, String context) {

    /** A cluster, and nobody who is logged in. */
    public static ClusterAccess to(ClusterServer cluster) {
        return new ClusterAccess(cluster, Credential.NONE, Optional.empty(), "");
    }

    /** A cluster that Java's own authorities vouch for, and nobody who is logged in. */
    public static ClusterAccess to(URI address) {
        return to(ClusterServer.at(address));
    }

    /** The API's address. */
    public URI server() {
        return cluster.address();
    }

    /** The cluster without anybody logged in. */
    public ClusterAccess anonymous() {
        return new ClusterAccess(cluster, Credential.NONE, Optional.empty(), context);
    }

    /** The same cluster with a token in hand. */
    public ClusterAccess withToken(String value) {
        return new ClusterAccess(cluster, Credential.of(value), impersonation, context);
    }

    /** The same cluster and login, in the name of somebody else. */
    public ClusterAccess as(String user) {
        return new ClusterAccess(cluster, credential, Optional.of(Impersonation.of(user)), context);
    }

    /** Never a token or a key. */
    @Override
    public String toString() {
        return cluster.toString();
    }
}
