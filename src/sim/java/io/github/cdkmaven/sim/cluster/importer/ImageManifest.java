package io.github.cdkmaven.sim.cluster.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.pull.HttpAnswer;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads manifests as an OpenShift can, and makes {@code Image} objects of them. */
final class ImageManifest {

    private static final String DOCKER = "application/vnd.docker.distribution.manifest.";
    private static final String LIST = DOCKER + "list.v2+json";
    private static final String SCHEMA_2 = DOCKER + "v2+json";
    private static final String SCHEMA_1 = DOCKER + "v1+prettyjws";
    private static final String OCI = "application/vnd.oci.image.manifest.v1+json";
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    /** What the importer accepts. No OCI type is among them before OpenShift 4.7: such a manifest is not found. */
    private static final List<String> ACCEPTED = List.of(LIST, SCHEMA_2, SCHEMA_1, "application/json");

    private static final List<String> ACCEPTED_WITH_OCI =
            List.of(LIST, SCHEMA_2, SCHEMA_1, OCI, OCI_INDEX, "application/json");

    /**
     * A manifest as it came.
     *
     * @param type its media type
     * @param body its bytes
     * @param json what they say
     * @param isList whether it is one of several images, in a form that is read
     */
    record Fetched(String type, byte[] body, JsonNode json, boolean isList) {

        String digest() {
            try {
                return "sha256:"
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The digests of a list's images. */
        List<String> children() {
            List<String> digests = new ArrayList<>();
            json.path("manifests").forEach(entry -> digests.add(entry.path("digest").asText()));
            return digests;
        }
    }

    private final RegistryVisit registry;
    private final String repository;
    private final ImporterRules rules;

    ImageManifest(RegistryVisit registry, String repository, ImporterRules rules) {
        this.registry = registry;
        this.repository = repository;
        this.rules = rules;
    }

    /** The manifest behind a tag or digest. */
    Fetched fetch(String tagOrDigest) throws ImporterFailure {
        HttpAnswer response = registry.get(
                repository, "manifests/" + tagOrDigest, rules.readsOci() ? ACCEPTED_WITH_OCI : ACCEPTED);
        String type = response.mediaType();
        JsonNode json = read(response);
        List<String> lists = rules.readsOci() ? List.of(LIST, OCI_INDEX) : List.of(LIST);
        boolean list = lists.contains(type) || lists.contains(json.path("mediaType").asText());
        return new Fetched(type, response.body(), json, list);
    }

    /** The image that a manifest describes, or the platform's image of a list, without its {@code dockerImageReference}. */
    ObjectNode image(Fetched fetched) throws ImporterFailure {
        Fetched manifest = fetched;
        if (fetched.isList()) {
            if (!rules.readsLists()) {
                throw ImporterFailure.other("unsupported image manifest type");
            }
            manifest = fetch(choose(fetched.json()));
        }
        ObjectNode image = Json.object();
        ObjectNode metadata = image.putObject("metadata");
        metadata.put("name", manifest.digest()).putNull("creationTimestamp");
        metadata.putObject("annotations").put("image.openshift.io/dockerLayersOrder", "ascending");
        image.put("dockerImageReference", "");
        int schema = manifest.json().path("schemaVersion").asInt();
        boolean oci = rules.readsOci() && OCI.equals(manifest.type());
        if (schema == 2 && (oci || SCHEMA_2.equals(manifest.type()))) {
            schema2(image, manifest);
        } else if (schema == 1 && manifest.json().has("signatures")) {
            schema1(image, manifest.json());
        } else {
            throw ImporterFailure.other("missing signature key");
        }
        return image;
    }

    /** A list as an image of its own, as {@code importMode: PreserveOriginal} keeps it. */
    ObjectNode index(Fetched list) {
        ObjectNode image = Json.object();
        image.putObject("metadata").put("name", list.digest()).putNull("creationTimestamp");
        image.put("dockerImageReference", "");
        image.putObject("dockerImageMetadata")
                .put("kind", "DockerImage")
                .put("apiVersion", rules.imageMetadataVersion())
                .put("Id", list.digest())
                .put("Created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .putObject("ContainerConfig");
        image.put("dockerImageMetadataVersion", "1.0");
        image.put("dockerImageManifestMediaType", list.type());
        ArrayNode manifests = image.putArray("dockerImageManifests");
        for (JsonNode entry : list.json().path("manifests")) {
            ObjectNode child = manifests.addObject();
            child.put("digest", entry.path("digest").asText())
                    .put("mediaType", entry.path("mediaType").asText())
                    .put("manifestSize", entry.path("size").asLong());
            copy(entry.path("platform"), "architecture", child, "architecture");
            copy(entry.path("platform"), "os", child, "os");
            copy(entry.path("platform"), "variant", child, "variant");
        }
        return image;
    }

    private void schema2(ObjectNode image, Fetched fetched) throws ImporterFailure {
        JsonNode manifest = fetched.json();
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
        image.put("dockerImageManifestMediaType", fetched.type());
    }

    private void schema1(ObjectNode image, JsonNode manifest) throws ImporterFailure {
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

    private ObjectNode metadata(JsonNode config, String id, long size) {
        ObjectNode metadata = Json.object();
        metadata.put("kind", "DockerImage")
                .put("apiVersion", rules.imageMetadataVersion())
                .put("Id", id);
        copy(config, "parent", metadata, "Parent");
        copy(config, "comment", metadata, "Comment");
        copy(config, "created", metadata, "Created");
        if (rules.isFour() && !metadata.has("Created")) {
            // What is no image at all, such as a Helm chart, has a configuration without one.
            metadata.putNull("Created");
        }
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

    private static JsonNode read(HttpAnswer response) throws ImporterFailure {
        try {
            return Json.read(response.body());
        } catch (IOException e) {
            throw ImporterFailure.other("invalid character in the registry's answer: "
                    + response.uri().getPath());
        }
    }
}
