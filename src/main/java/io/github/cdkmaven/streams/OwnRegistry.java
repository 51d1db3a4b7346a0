package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.openshift.ClusterImages;
import java.util.Optional;

/** Which references name the registry inside the cluster: those of its service, and the addresses under which a stream's status says that it lies. */
final class OwnRegistry {

    private OwnRegistry() {}

    /** Whether an image lies in this cluster's own registry. An address of another cluster's, or of one that was, looks the same but for its numbers. */
    static boolean holds(JsonNode stream, ImageReference reference) {
        String host = References.host(reference);
        return isAt(stream.path("status").path("dockerImageRepository"), host)
                || isAt(stream.path("status").path("publicDockerImageRepository"), host)
                || ClusterImages.isOwnRegistry(host) && !Character.isDigit(host.charAt(0));
    }

    private static boolean isAt(JsonNode repository, String host) {
        return References.host(repository.asText()).equals(Optional.of(host));
    }
}
