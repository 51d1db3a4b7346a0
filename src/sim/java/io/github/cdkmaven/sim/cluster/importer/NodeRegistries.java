package io.github.cdkmaven.sim.cluster.importer;

import io.github.cdkmaven.sim.cluster.image.DockerReference;
import java.security.cert.X509Certificate;
import java.util.List;

/** What the cluster's configuration says about registries, as OpenShift 4's importer reads it. OpenShift 3.x has none. */
public interface NodeRegistries {

    /** Nothing is configured. */
    NodeRegistries NONE = new NodeRegistries() {
        @Override
        public boolean isBlocked(DockerReference reference) {
            return false;
        }

        @Override
        public boolean isInsecure(DockerReference reference) {
            return false;
        }

        @Override
        public List<DockerReference> pullSources(DockerReference reference) {
            return List.of(reference);
        }

        @Override
        public List<X509Certificate> authorities(String authority) {
            return List.of();
        }
    };

    /** Whether nothing may be imported from a reference's registry. */
    boolean isBlocked(DockerReference reference);

    /** Whether a reference's registry may speak HTTP, or TLS with any certificate. */
    boolean isInsecure(DockerReference reference);

    /** Where a reference is asked for, in this order: its mirrors, then itself. */
    List<DockerReference> pullSources(DockerReference reference);

    /** The authorities that are trusted for {@code host[:port]}, beside the system's. */
    List<X509Certificate> authorities(String authority);
}
