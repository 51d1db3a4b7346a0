package io.github.cdkmaven.registry.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.registry.ManifestAnswer.Found;
import io.github.cdkmaven.registry.ManifestContent;
import io.github.cdkmaven.registry.MediaTypes;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.registry.RegistryException;
import io.github.cdkmaven.registry.RegistryFailure;
import io.github.cdkmaven.registry.Sha256;
import io.github.cdkmaven.registry.TimeLeft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gets the manifest of an image from the registry in the form that the cache needs: OCI, one image, linux/amd64. */
final class ManifestSource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryClient client;

    ManifestSource(RegistryClient client) {
        this.client = client;
    }

    /**
     * The manifest.
     *
     * @throws RegistryException if it did not come, is of another architecture or too old
     */
    OciManifest fetch(SeedImage image, TimeLeft time) throws RegistryException {
        if (time.over()) {
            throw new RegistryException(new RegistryFailure.Unreachable("the time for all images was over"));
        }
        ManifestContent content = client.fetchManifest(image.repository(), image.reference());
        if (MediaTypes.isList(content.mediaType())) {
            content = client.fetchManifest(image.repository(), amd64(content));
        }
        Found found = found(content, List.of());
        if (found.schema1()) {
            throw new RegistryException(found);
        }
        try {
            return OciManifest.convert(content.toByteArray());
        } catch (IOException e) {
            throw new RegistryException(new RegistryFailure.Broken(200, String.valueOf(e.getMessage())), e);
        }
    }

    private static String amd64(ManifestContent list) throws RegistryException {
        List<String> others = new ArrayList<>();
        try {
            for (JsonNode part : JSON.readTree(list.toByteArray()).path("manifests")) {
                JsonNode platform = part.path("platform");
                String architecture = platform.path("architecture").asText("");
                if (architecture.equals(MediaTypes.AMD64)
                        && platform.path("os").asText("").equals("linux")) {
                    String digest = part.path("digest").asText();
                    if (!Sha256.isName(digest)) {
                        throw new RegistryException(
                                new RegistryFailure.Broken(200, "a manifest list that names an invalid digest"));
                    }
                    return digest;
                }
                others.add(platform.path("os").asText() + '/' + architecture);
            }
        } catch (IOException e) {
            throw new RegistryException(new RegistryFailure.Broken(200, "a manifest list that is no JSON"), e);
        }
        throw new RegistryException(found(list, others));
    }

    static Found found(ManifestContent content, List<String> architectures) {
        return new Found(content.digest(), content.mediaType(), content.bytes().remaining(), architectures);
    }
}
