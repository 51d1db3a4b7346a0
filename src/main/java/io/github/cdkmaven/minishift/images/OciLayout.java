package io.github.cdkmaven.minishift.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.minishift.images.OciManifest.Descriptor;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.registry.MediaTypes;
import io.github.cdkmaven.registry.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder in the form of an OCI image layout: {@code oci-layout}, {@code index.json}, {@code blobs/sha256}.
 *
 * <p>minishift 1.10 to 1.34.3 looks an image up by walking {@code index.json} to the first entry of exactly the type
 * {@code application/vnd.oci.image.manifest.v1+json} whose annotation {@code org.opencontainers.image.ref.name} equals the
 * whole name (containers/image oci/layout). It never read the older {@code refs} folder.
 */
final class OciLayout {

    private static final String NAME = "org.opencontainers.image.ref.name";

    private final Path folder;

    OciLayout(Path folder) {
        this.folder = folder;
    }

    /** Makes the folders, and throws away what a run that was killed left half-written. Only under the lock. */
    void prepare() throws IOException {
        Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
        removeUnfinished();
        Files.createDirectories(unfinished());
        if (!Files.exists(folder.resolve("oci-layout"))) {
            replace(
                    folder.resolve("oci-layout"),
                    "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Removes the folder of half-written files. */
    void removeUnfinished() throws IOException {
        if (Files.exists(unfinished())) {
            try (Stream<Path> files = Files.list(unfinished())) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(unfinished());
        }
    }

    /**
     * An image that is in the layout.
     *
     * @param digest the digest of its manifest
     * @param manifest what it consists of
     */
    record Cached(String digest, OciManifest manifest) {}

    /** The image of a name, if everything that belongs to it is there and unharmed. */
    Optional<Cached> image(String name) throws IOException {
        for (JsonNode entry : index().path("manifests")) {
            if (isNamed(entry, name) && entry.path("mediaType").asText().equals(MediaTypes.OCI_MANIFEST)) {
                return complete(Descriptor.of(entry));
            }
        }
        return Optional.empty();
    }

    private Optional<Cached> complete(Descriptor entry) throws IOException {
        if (!holds(entry)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(blob(entry.digest()));
        OciManifest manifest;
        try {
            manifest = OciManifest.convert(bytes);
        } catch (IOException e) {
            // minishift could not read it either.
            return Optional.empty();
        }
        for (Descriptor blob : manifest.blobs()) {
            if (!holds(blob)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Cached(entry.digest(), manifest));
    }

    /** Whether a blob is there, with the right size and the right digest. */
    boolean holds(Descriptor descriptor) throws IOException {
        if (!descriptor.wellFormed()) {
            return false;
        }
        Path file = blob(descriptor.digest());
        if (!Files.isRegularFile(file) || Files.size(file) != descriptor.size()) {
            return false;
        }
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), Sha256.start())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Sha256.name(in.getMessageDigest().digest()).equals(descriptor.digest());
        }
    }

    Path folder() {
        return folder;
    }

    /** The bytes that its disk still takes. */
    long room() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Where a blob lies, or will. */
    Path blob(String digest) {
        return folder.resolve("blobs").resolve("sha256").resolve(digest.substring("sha256:".length()));
    }

    /** Where a blob is written until it is whole; in the same file system, so that it can be moved at once. */
    Path unfinished(String digest) {
        return unfinished().resolve(digest.substring("sha256:".length()));
    }

    /** Puts a file that is whole and verified in the place of its blob. */
    void install(String digest) throws IOException {
        move(unfinished(digest), blob(digest));
    }

    /** Puts a manifest among the blobs. */
    void install(OciManifest manifest) throws IOException {
        replace(blob(manifest.descriptor().digest()), manifest.bytes());
    }

    /** Lets names point to manifests, in one step; every other entry stays. */
    void point(Map<String, OciManifest> names) throws IOException {
        ObjectNode index = index();
        ArrayNode kept = JsonTree.array();
        for (JsonNode entry : index.path("manifests")) {
            if (names.keySet().stream().noneMatch(name -> isNamed(entry, name))) {
                kept.add(entry);
            }
        }
        names.forEach((name, manifest) -> {
            ObjectNode entry = manifest.descriptor().toJson();
            entry.putObject("annotations").put(NAME, name);
            entry.putObject("platform").put("architecture", MediaTypes.AMD64).put("os", "linux");
            kept.add(entry);
        });
        index.set("manifests", kept);
        replace(folder.resolve("index.json"), JsonTree.text(index).getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode index() throws IOException {
        Path file = folder.resolve("index.json");
        if (!Files.exists(file)) {
            return JsonTree.object().put("schemaVersion", 2);
        }
        try {
            if (JsonTree.read(file) instanceof ObjectNode index) {
                return index;
            }
        } catch (JsonProcessingException e) {
            throw broken(file).toException(e);
        }
        throw broken(file).toException();
    }

    private static Problem broken(Path file) {
        return Problem.of(
                "The index of minishift's image cache cannot be read: " + file,
                "Delete the folder " + file.getParent() + "; it is only a cache.");
    }

    private static boolean isNamed(JsonNode entry, String name) {
        return entry.path("annotations").path(NAME).asText("").equals(name);
    }

    private Path unfinished() {
        return folder.resolve(".seeding");
    }

    private void replace(Path file, byte[] content) throws IOException {
        Files.createDirectories(unfinished());
        Path whole = unfinished().resolve(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                whole, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(ByteBuffer.wrap(content));
            out.force(true);
        }
        move(whole, file);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
