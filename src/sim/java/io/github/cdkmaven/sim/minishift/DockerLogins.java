package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.importer.PullCredentials;
import io.github.cdkmaven.sim.pull.PullLogin;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where docker's clients have a login for a registry from. The daemon itself has none. */
@FunctionalInterface
interface DockerLogins {

    /** @param image the image to pull, with its registry */
    Optional<PullLogin> of(DockerImageName image);

    /** As the kubelet, and {@code oc cluster up} up to 3.10. */
    static DockerLogins none() {
        return image -> Optional.empty();
    }

    /** As the {@code docker} command: by the registry's name in {@code ~/.docker/config.json} of whoever runs it. */
    static DockerLogins configured(Vm vm, String home) {
        JsonNode auths = JsonFile.read(vm.file(home + "/.docker/config.json")).path("auths");
        return image -> {
            String registry = image.host().equals("docker.io") ? "https://index.docker.io/v1/" : image.host();
            JsonNode entry = auths.path(registry).isObject() ? auths.path(registry) : auths.path("https://" + image.host());
            return PullLogin.ofAuth(entry.path("auth").asText());
        };
    }

    /** As the kubelet with the pull secrets of a pod. */
    static DockerLogins ofSecrets(JsonNode secrets) {
        List<ObjectNode> objects = new ArrayList<>();
        secrets.forEach(secret -> objects.add((ObjectNode) secret));
        PullCredentials credentials = new PullCredentials(objects);
        return image -> credentials.of(URI.create("https://" + image.host() + "/v2/" + image.path()));
    }
}
