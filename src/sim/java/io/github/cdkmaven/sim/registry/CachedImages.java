package io.github.cdkmaven.sim.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Reads {@code <MINISHIFT_HOME>/cache/images} as minishift 1.10 to 1.34.3 does: what is in the index counts as cached, and only
 * the import finds out whether it is whole.
 */
public final class CachedImages {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";

    private final Path cache;

    public CachedImages(Path cache) {
        this.cache = cache;
    }

    /** The names that {@code minishift image list} shows; none if there is no index, or it is not JSON. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        index().path("manifests")
                .forEach(entry -> names.add(entry.path("annotations")
                        .path("org.opencontainers.image.ref.name")
                        .asText()));
        return names;
    }

    /**
     * What importing an image into the VM's docker comes to.
     *
     * @return the configuration's digest, which docker shows as the image's id
     * @throws IOException where minishift would print {@code FAIL}
     */
    public String importImage(String name) throws IOException {
        for (JsonNode entry : index().path("manifests")) {
            if (entry.path("mediaType").asText().equals(TinyImage.OCI)
                    && entry.path("annotations")
                            .path("org.opencontainers.image.ref.name")
                            .asText()
                            .equals(name)) {
                return importManifest(entry.path("digest").asText());
            }
        }
        throw new IOException("no descriptor found for reference \"" + name + '"');
    }

    private String importManifest(String digest) throws IOException {
        JsonNode manifest = JSON.readTree(blob(digest));
        String id = manifest.path("config").path("digest").asText();
        JsonNode configuration = JSON.readTree(blob(id));
        JsonNode diffIds = configuration.path("rootfs").path("diff_ids");
        JsonNode layers = manifest.path("layers");
        if (!configuration.path("os").asText().equals("linux") || layers.size() != diffIds.size()) {
            throw new IOException("the configuration does not fit the image");
        }
        for (int i = 0; i < layers.size(); i++) {
            String type = layers.get(i).path("mediaType").asText();
            byte[] layer = blob(layers.get(i).path("digest").asText());
            if (type.equals(OCI_LAYER + "+gzip")) {
                layer = new GZIPInputStream(new ByteArrayInputStream(layer)).readAllBytes();
            } else if (!type.equals(OCI_LAYER)) {
                throw new IOException("unknown type of layer " + type);
            }
            if (!TinyImage.digest(layer).equals(diffIds.get(i).asText())) {
                throw new IOException("layer " + i + " is not what the configuration says");
            }
        }
        return id;
    }

    private byte[] blob(String digest) throws IOException {
        byte[] bytes = Files.readAllBytes(
                cache.resolve("blobs").resolve("sha256").resolve(digest.substring("sha256:".length())));
        if (!TinyImage.digest(bytes).equals(digest)) {
            throw new IOException("a blob that is not " + digest);
        }
        return bytes;
    }

    private JsonNode index() {
        try {
            return JSON.readTree(cache.resolve("index.json").toFile());
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
