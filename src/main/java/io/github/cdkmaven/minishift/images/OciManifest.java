package io.github.cdkmaven.minishift.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.registry.MediaTypes;
import io.github.cdkmaven.registry.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The manifest of one image in OCI form, which is the only form that minishift's cache reads.
 *
 * @param json the manifest's text
 * @param config the image's configuration
 * @param layers its layers, lowest first
 */
record OciManifest(String json, Descriptor config, List<Descriptor> layers) {

    private static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String OCI_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String OCI_TAR = "application/vnd.oci.image.layer.v1.tar";

    /** What Linux's overlay file system can stack; docker itself ends at 125. */
    private static final int MOST_LAYERS = 500;

    private static final long LARGEST_CONFIG = 8L << 20;

    /** Docker's types and OCI's own; the ones for foreign layers too, since an internal mirror has to hold those itself. */
    private static final Map<String, String> LAYERS = Map.of(
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            OCI_GZIP,
            "application/vnd.docker.image.rootfs.diff.tar",
            OCI_TAR,
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
            OCI_GZIP,
            "application/vnd.docker.image.rootfs.foreign.diff.tar",
            OCI_TAR,
            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            OCI_GZIP,
            "application/vnd.oci.image.layer.nondistributable.v1.tar",
            OCI_TAR,
            OCI_GZIP,
            OCI_GZIP,
            OCI_TAR,
            OCI_TAR);

    OciManifest {
        layers = List.copyOf(layers);
    }

    /**
     * Converts the manifest of a single image, schema 2 or OCI.
     *
     * @throws IOException if it is none, or has layers that minishift's reader of 2018 does not know (zstd)
     */
    static OciManifest convert(byte[] manifest) throws IOException {
        JsonNode from = JsonTree.readStrictly(manifest);
        Descriptor config = Descriptor.of(from.path("config")).as(OCI_CONFIG);
        if (config.size() > LARGEST_CONFIG) {
            throw new IOException("its configuration has " + config.size() + " bytes");
        }
        List<Descriptor> layers = new ArrayList<>();
        if (from.path("layers").size() > MOST_LAYERS) {
            throw new IOException(
                    "it has " + from.path("layers").size() + " layers, and no docker takes more than " + MOST_LAYERS);
        }
        for (JsonNode layer : from.path("layers")) {
            Descriptor descriptor = Descriptor.of(layer);
            String type = LAYERS.get(descriptor.mediaType());
            if (type == null) {
                throw new IOException(
                        "minishift cannot read layers of type " + ForeignText.line(descriptor.mediaType()));
            }
            // Without the "urls" that a foreign layer carries: they would be asked outside.
            layers.add(descriptor.as(type));
        }
        if (!config.wellFormed() || !layers.stream().allMatch(Descriptor::wellFormed)) {
            throw new IOException("the manifest names no configuration, or a layer without digest and size");
        }
        ObjectNode oci = JsonTree.object().put("schemaVersion", 2);
        oci.set("config", config.toJson());
        ArrayNode list = oci.putArray("layers");
        layers.forEach(layer -> list.add(layer.toJson()));
        return new OciManifest(JsonTree.text(oci), config, layers);
    }

    byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** How the index points to it. */
    Descriptor descriptor() {
        return new Descriptor(MediaTypes.OCI_MANIFEST, Sha256.of(bytes()), bytes().length);
    }

    /** The configuration and the layers. */
    List<Descriptor> blobs() {
        return Stream.concat(Stream.of(config), layers.stream()).distinct().toList();
    }

    /**
     * A pointer from one piece of an image to another.
     *
     * @param mediaType what it points to
     * @param digest its digest
     * @param size its bytes
     */
    record Descriptor(String mediaType, String digest, long size) {
        static Descriptor of(JsonNode json) {
            return new Descriptor(
                    json.path("mediaType").asText(""),
                    json.path("digest").asText(""),
                    json.path("size").isIntegralNumber() && json.path("size").canConvertToLong()
                            ? json.path("size").asLong()
                            : -1);
        }

        /** Whether the digest is one that may become the name of a file. */
        boolean wellFormed() {
            return Sha256.isName(digest) && size >= 0;
        }

        Descriptor as(String otherType) {
            return new Descriptor(otherType, digest, size);
        }

        ObjectNode toJson() {
            return JsonTree.object()
                    .put("mediaType", mediaType)
                    .put("digest", digest)
                    .put("size", size);
        }
    }
}
