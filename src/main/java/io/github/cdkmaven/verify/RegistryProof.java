package io.github.cdkmaven.verify;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.registry.ImageFormats;
import io.github.cdkmaven.registry.ManifestAnswer;
import io.github.cdkmaven.registry.ManifestContent;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.registry.RegistryFailure;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the company's registries for the manifest of an image, and compares the digest of its configuration. */
final class RegistryProof implements ContentProof {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryProof.class);

    private final RegistryClients clients;
    private final Map<ImageReference, Optional<String>> known = new HashMap<>();
    private final Map<ImageReference, ManifestAnswer> asked = new HashMap<>();

    RegistryProof(RegistryClients clients) {
        this.clients = clients;
    }

    @Override
    public boolean isRegistrys(String id, List<ImageReference> names) {
        Registries registries = clients.registries();
        return names.stream()
                .map(name -> registries.relocation().move(name).orElse(name))
                .filter(target ->
                        target.registry().filter(registries.hosts()::contains).isPresent())
                .map(target -> known.computeIfAbsent(target, this::configuration))
                .anyMatch(Optional.of(id)::equals);
    }

    /** Whether registries hold an image by its digest. */
    enum Held {
        YES,
        /** None of them does, and each has said so. */
        NO,
        UNKNOWN
    }

    /**
     * Asks for an image that may be in several places.
     *
     * @param places where, each by its digest; none is the same as a place that lacks it
     */
    Held holds(List<ImageReference> places) {
        Held held = Held.NO;
        for (ImageReference place : places) {
            ManifestAnswer answer = asked.computeIfAbsent(place, image -> clients.reading(ImageFormats.DOCKER_AND_OCI)
                    .client(image.registry().orElseThrow())
                    .manifest(image.path(), image.tagOrDigest()));
            if (answer instanceof RegistryFailure) {
                held = Held.UNKNOWN;
            } else if (!(answer instanceof ManifestAnswer.Missing missing
                    && missing.kind() != ManifestAnswer.Missing.Kind.PART)) {
                return Held.YES;
            }
        }
        return held;
    }

    private Optional<String> configuration(ImageReference image) {
        try {
            ManifestContent manifest =
                    clients.client(image.registry().orElseThrow()).fetchManifest(image.path(), image.tagOrDigest());
            return Optional.of(JsonTree.read(manifest.toByteArray())
                            .path("config")
                            .path("digest")
                            .asText(""))
                    .filter(digest -> !digest.isEmpty());
        } catch (IOException e) {
            LOG.debug("{} could not be compared with the VM's", image, ForeignFailure.of(e));
            return Optional.empty();
        }
    }
}
