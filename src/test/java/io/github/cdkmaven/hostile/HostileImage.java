package io.github.cdkmaven.hostile;

import io.github.cdkmaven.registry.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * The image that hostile registries have, and its parts as they may be forged.
 *
 * @param config the configuration's bytes
 * @param configDigest what the manifest calls them
 * @param layerDigest what the manifest calls the layer
 * @param layerSize how long the manifest says that the layer is
 */
record HostileImage(String config, String configDigest, String layerDigest, String layerSize) {

    static final String SCHEMA_2 = "application/vnd.docker.distribution.manifest.v2+json";
    static final String LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    static final String LAYER = "L".repeat(1000);

    private static final String CONFIG = "{\"architecture\": \"amd64\", \"os\": \"linux\"}";

    static final HostileImage GOOD = new HostileImage(CONFIG, digest(CONFIG), digest(LAYER), "1000");

    static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    HostileImage withConfig(String other) {
        return new HostileImage(other, digest(other), layerDigest, layerSize);
    }

    HostileImage withConfigDigest(String other) {
        return new HostileImage(config, other, layerDigest, layerSize);
    }

    HostileImage withLayerDigest(String other) {
        return new HostileImage(config, configDigest, other, layerSize);
    }

    HostileImage withLayerSize(String other) {
        return new HostileImage(config, configDigest, layerDigest, other);
    }

    String manifest() {
        return """
                {"schemaVersion": 2, "mediaType": "%s",
                 "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": %d, "digest": "%s"},
                 "layers": [%s]}""".formatted(
                SCHEMA_2, config.getBytes(StandardCharsets.UTF_8).length, configDigest, layer(layerDigest, layerSize));
    }

    static String layer(String digest, String size) {
        return """
                {"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": %s, "digest": "%s"}""".formatted(size, digest);
    }

    /** A list whose image for CDK's processor has this digest. */
    static String list(String digest, int number) {
        return """
                {"schemaVersion": 2, "manifests": [{"digest": "%s", "platform": {"os": "linux", "architecture": "amd64"}}], "n": %d}""".formatted(digest, number);
    }
}
