package io.github.cdkmaven.cluster;

import io.github.cdkmaven.registry.Registries;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which cluster a goal works on, and with what of it.
 *
 * @param kubeconfig the file that names the cluster and the login
 * @param context its context; absent for the current one
 * @param oc an oc for the cluster; absent where there is none at hand
 * @param registries from which images come; absent for goals that ask none
 * @param namespaces whose ImageStreams matter
 */
public record ClusterSettings(
        Path kubeconfig,
        Optional<String> context,
        Optional<Path> oc,
        Optional<Registries> registries,
        List<String> namespaces) {

    public ClusterSettings {
        namespaces = List.copyOf(namespaces);
    }

    /** The cluster of a kubeconfig. */
    public static ClusterSettings of(Path kubeconfig, Optional<Path> oc) {
        return new ClusterSettings(kubeconfig, Optional.empty(), oc, Optional.empty(), List.of());
    }

    /** The same by another context than the current one, if one is named. */
    public ClusterSettings in(Optional<String> other) {
        return new ClusterSettings(kubeconfig, other, oc, registries, namespaces);
    }

    /** The same for ImageStreams that come from some registries. */
    public ClusterSettings with(Registries from, List<String> of) {
        return new ClusterSettings(kubeconfig, context, oc, Optional.of(from), of);
    }
}
