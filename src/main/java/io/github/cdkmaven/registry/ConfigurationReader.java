package io.github.cdkmaven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.registry.ManifestAnswer.Found;
import java.io.IOException;
import java.util.List;

/** Finds out the processor of a single image, which only its configuration tells. */
final class ConfigurationReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ManifestEndpoint manifests;
    private final BlobEndpoint blobs;

    ConfigurationReader(ManifestEndpoint manifests, BlobEndpoint blobs) {
        this.manifests = manifests;
        this.blobs = blobs;
    }

    /** The same answer with its architecture, for two more requests. */
    Found withArchitecture(String repository, Found found, TimeLeft time) throws RegistryException {
        try {
            ManifestContent manifest = manifests.fetch(new ManifestQuery(repository, found.digest()), time);
            String configuration = JSON.readTree(manifest.toByteArray())
                    .path("config")
                    .path("digest")
                    .asText();
            JsonNode architecture =
                    JSON.readTree(blobs.read(repository, configuration, time)).path("architecture");
            return architecture.isTextual()
                    ? new Found(found.digest(), found.mediaType(), found.size(), List.of(architecture.asText()))
                    : found;
        } catch (RegistryException e) {
            throw e;
        } catch (IOException e) {
            throw new RegistryException(new RegistryFailure.Broken(200, "an image whose configuration is no JSON"), e);
        }
    }
}
