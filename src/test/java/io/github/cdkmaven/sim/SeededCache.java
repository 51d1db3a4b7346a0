package io.github.cdkmaven.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes an image cache as somebody with the images would: an OCI layout under public names. */
final class SeededCache {

    private SeededCache() {}

    static void write(Path home, String... names) {
        Path folder = home.resolve("cache/images");
        String config = blob(folder, "{}");
        String layer = blob(folder, "a layer");
        ObjectNode manifest = JsonFile.object().put("schemaVersion", 2);
        manifest.putObject("config").put("digest", config);
        manifest.putArray("layers").addObject().put("digest", layer);
        String digest = blob(folder, manifest.toString());
        ObjectNode index = JsonFile.object().put("schemaVersion", 2);
        ArrayNode manifests = index.putArray("manifests");
        for (String name : names) {
            manifests
                    .addObject()
                    .put("digest", digest)
                    .putObject("annotations")
                    .put("org.opencontainers.image.ref.name", name);
        }
        JsonFile.write(folder.resolve("index.json"), index);
    }

    private static String blob(Path folder, String content) {
        try {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            Files.createDirectories(folder.resolve("blobs/sha256"));
            Files.write(folder.resolve("blobs/sha256").resolve(hash), bytes);
            return "sha256:" + hash;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
