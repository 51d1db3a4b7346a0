package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/** {@code <home>/cache/images}: an OCI layout whose entries carry the whole name of an image. */
final class OciCache {

    private static final String NAME = "org.opencontainers.image.ref.name";

    private final Path folder;

    OciCache(Path folder) {
        this.folder = folder;
    }

    /** Names of all cached images, sorted. */
    List<String> names() {
        return entries().stream()
                .map(entry -> entry.path("annotations").path(NAME).asText())
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList();
    }

    private List<JsonNode> entries() {
        JsonNode manifests = JsonFile.read(folder.resolve("index.json")).path("manifests");
        return StreamSupport.stream(manifests.spliterator(), false).toList();
    }

    boolean has(String name) {
        return names().contains(name);
    }

    /** Whether every blob that the image needs is there and is what its digest says. */
    boolean isIntact(String name) {
        for (JsonNode entry : entries()) {
            if (entry.path("annotations").path(NAME).asText().equals(name)) {
                return digestsOf(entry.path("digest").asText()).stream().allMatch(this::matches);
            }
        }
        return false;
    }

    /** The digest of an image's configuration, which is the id that docker gives it. */
    String configuration(String name) {
        return entries().stream()
                .filter(entry -> entry.path("annotations").path(NAME).asText().equals(name))
                .map(entry -> digestsOf(entry.path("digest").asText()).get(1))
                .findFirst()
                .orElseThrow();
    }

    private List<String> digestsOf(String manifest) {
        List<String> digests = new ArrayList<>();
        digests.add(manifest);
        if (!matches(manifest)) {
            return digests;
        }
        JsonNode content = JsonFile.read(blob(manifest));
        digests.add(content.path("config").path("digest").asText());
        content.path("layers").forEach(layer -> digests.add(layer.path("digest").asText()));
        return digests;
    }

    private Path blob(String digest) {
        return folder.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    private boolean matches(String digest) {
        Path file = blob(digest);
        if (!digest.startsWith("sha256:") || !Files.exists(file)) {
            return false;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return digest.equals("sha256:" + HexFormat.of().formatHex(hash));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
