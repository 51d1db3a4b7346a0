package io.github.cdkmaven.sim.cluster.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.pull.HttpAnswer;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Reads a manifest as OpenShift 3.x can, and makes the {@code Image} object of it. */
final class ImageManifest {

    private static final String DOCKER = "application/vnd.docker.distribution.manifest.";
    private static final String LIST = DOCKER + "list.v2+json";
    private static final String SCHEMA_2 = DOCKER + "v2+json";
    private static final String SCHEMA_1 = DOCKER + "v1+prettyjws";

    /** What the importer accepts. No OCI type is among them, so an OCI manifest is not found (until OpenShift 4.7). */
    private static final List<String> ACCEPTED = List.of(LIST, SCHEMA_2, SCHEMA_1, "application/json");

    private final RegistryVisit registry;
    private final String repository;
    private final boolean readsLists;

    /** @param readsLists whether this version takes manifest lists apart (3.7, origin#16322) */
    ImageManifest(RegistryVisit registry, String repository, boolean readsLists) {
        this.registry = registry;
        this.repository = repository;
        this.readsLists = readsLists;
    }

    /** The image behind a tag or digest, without its {@code dockerImageReference}. */
    ObjectNode image(String tagOrDigest) throws ImporterFailure {
        HttpAnswer response = registry.get(repository, "manifests/" + tagOrDigest, ACCEPTED);
        JsonNode manifest = read(response);
        if (isList(response, manifest)) {
            if (!readsLists) {
                throw ImporterFailure.other("unsupported image manifest type");
            }
            response = registry.get(repository, "manifests/" + choose(manifest), ACCEPTED);
            manifest = read(response);
        }
        ObjectNode image = Json.object();
        ObjectNode metadata = image.putObject("metadata");
        metadata.put("name", digest(response.body())).putNull("creationTimestamp");
        metadata.putObject("annotations").put("image.openshift.io/dockerLayersOrder", "ascending");
        image.put("dockerImageReference", "");
        if (manifest.path("schemaVersion").asInt() == 2 && SCHEMA_2.equals(type(response))) {
            schema2(image, manifest);
        } else if (manifest.path("schemaVersion").asInt() == 1 && manifest.has("signatures")) {
            schema1(image, manifest);
        } else {
            throw ImporterFailure.other("missing signature key");
        }
        return image;
    }

    private void schema2(ObjectNode image, JsonNode manifest) throws ImporterFailure {
        JsonNode reference = manifest.path("config");
        String id = reference.path("digest").asText();
        JsonNode config = read(registry.get(repository, "blobs/" + id, List.of()));
        long size = reference.path("size").asLong();
        ArrayNode layers = Json.array();
        for (JsonNode layer : manifest.path("layers")) {
            size += layer.path("size").asLong();
            layers.addObject()
                    .put("name", layer.path("digest").asText())
                    .put("size", layer.path("size").asLong())
                    .put("mediaType", layer.path("mediaType").asText());
        }
        image.set("dockerImageMetadata", metadata(config, id, size));
        image.put("dockerImageMetadataVersion", "1.0");
        image.set("dockerImageLayers", layers);
        image.put("dockerImageManifestMediaType", SCHEMA_2);
    }

    private static void schema1(ObjectNode image, JsonNode manifest) throws ImporterFailure {
        String text = manifest.path("history").path(0).path("v1Compatibility").asText("{}");
        JsonNode config = Json.parse(text);
        image.set("dockerImageMetadata", metadata(config, config.path("id").asText(), 0));
        image.put("dockerImageMetadataVersion", "1.0");
        ArrayNode layers = image.putArray("dockerImageLayers");
        for (JsonNode layer : manifest.path("fsLayers")) {
            layers.insertObject(0)
                    .put("name", layer.path("blobSum").asText())
                    .put("size", 0)
                    .put("mediaType", "application/vnd.docker.container.image.rootfs.diff+x-gtar");
        }
        image.put("dockerImageManifestMediaType", SCHEMA_1);
    }

    private static ObjectNode metadata(JsonNode config, String id, long size) {
        ObjectNode metadata = Json.object();
        metadata.put("kind", "DockerImage").put("apiVersion", "1.0").put("Id", id);
        copy(config, "parent", metadata, "Parent");
        copy(config, "comment", metadata, "Comment");
        copy(config, "created", metadata, "Created");
        copy(config, "container", metadata, "Container");
        metadata.set(
                "ContainerConfig",
                config.path("container_config").isObject() ? config.get("container_config") : Json.object());
        copy(config, "docker_version", metadata, "DockerVersion");
        copy(config, "author", metadata, "Author");
        if (config.path("config").isObject()) {
            metadata.set("Config", config.get("config"));
        }
        copy(config, "architecture", metadata, "Architecture");
        return metadata.put("Size", size);
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        if (!from.path(name).asText().isEmpty()) {
            to.put(as, from.path(name).asText());
        }
    }

    /** The server's own platform, else the first entry. */
    private static String choose(JsonNode list) throws ImporterFailure {
        String first = list.path("manifests").path(0).path("digest").asText();
        if (first.isEmpty()) {
            throw ImporterFailure.other("unsupported image manifest type");
        }
        for (JsonNode entry : list.path("manifests")) {
            JsonNode platform = entry.path("platform");
            if ("amd64".equals(platform.path("architecture").asText())
                    && "linux".equals(platform.path("os").asText())) {
                return entry.path("digest").asText();
            }
        }
        return first;
    }

    private static boolean isList(HttpAnswer response, JsonNode manifest) {
        return LIST.equals(type(response))
                || LIST.equals(manifest.path("mediaType").asText());
    }

    private static String type(HttpAnswer response) {
        return response.mediaType();
    }

    private static JsonNode read(HttpAnswer response) throws ImporterFailure {
        try {
            return Json.read(response.body());
        } catch (IOException e) {
            throw ImporterFailure.other("invalid character in the registry's answer: "
                    + response.uri().getPath());
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
