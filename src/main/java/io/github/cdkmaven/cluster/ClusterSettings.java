package io.github.cdkmaven.cluster;

import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.registry.Registries;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which cluster a goal works on, and with what of it.
 *
 * @param login the way to the cluster
 * @param oc an oc for the cluster; absent where there is none at hand
 * @param registries from which images come; absent for goals that ask none
 * @param namespaces whose ImageStreams are moved, by name or by glob; none where nothing moves
 * @param verified of which namespaces it is to be proven where their images came from, by name or by glob; none where nothing is
 * @param additionalImages the project's own images, by their public names
 * @param reports where objects for an administrator go
 */
public record ClusterSettings(
        ClusterLogin login,
        Optional<Path> oc,
        Optional<Registries> registries,
        List<String> namespaces,
        List<String> verified,
        List<NeededImage> additionalImages,
        Path reports) {

    public ClusterSettings {
        namespaces = List.copyOf(namespaces);
        verified = List.copyOf(verified);
        additionalImages = List.copyOf(additionalImages);
    }

    /** The cluster of a kubeconfig. */
    public static ClusterSettings of(ClusterLogin login, Optional<Path> oc, Path reports) {
        return new ClusterSettings(login, oc, Optional.empty(), List.of(), List.of(), List.of(), reports);
    }

    /** The same for ImageStreams that come from some registries. */
    public ClusterSettings with(Registries from, List<String> of) {
        return new ClusterSettings(login, oc, Optional.of(from), of, verified, additionalImages, reports);
    }

    /** The same for a goal that proves where the images of some namespaces came from. */
    public ClusterSettings verifying(List<String> of) {
        return new ClusterSettings(login, oc, registries, namespaces, of, additionalImages, reports);
    }

    /** The same with the project's own images. */
    public ClusterSettings and(List<NeededImage> images) {
        return new ClusterSettings(login, oc, registries, namespaces, verified, images, reports);
    }
}
