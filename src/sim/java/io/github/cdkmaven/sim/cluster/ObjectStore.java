package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** The cluster's etcd: objects by kind, namespace and name, with one revision for all; on disk where it has a directory. */
final class ObjectStore {

    private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    private final Optional<Path> directory;
    private long revision = 300;
    private int overtaken;

    ObjectStore(Optional<Path> directory) throws IOException {
        this.directory = directory;
        if (directory.isPresent()) {
            Files.createDirectories(directory.get());
            try (Stream<Path> files = Files.list(directory.get())) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".json")).toList()) {
                    JsonNode saved = Json.read(Files.readAllBytes(file));
                    ObjectNode object = (ObjectNode) saved.path("object");
                    objects.put(saved.path("key").asText(), object);
                    revision = Math.max(
                            revision,
                            object.path("metadata").path("resourceVersion").asLong());
                }
            }
        }
    }

    synchronized long revision() {
        return revision;
    }

    synchronized Optional<ObjectNode> get(String kind, String namespace, String name) {
        return Optional.ofNullable(objects.get(key(kind, namespace, name))).map(ObjectNode::deepCopy);
    }

    /** All of a kind, by namespace and name; of every namespace where {@code namespace} is empty. */
    synchronized List<ObjectNode> list(String kind, String namespace) {
        String prefix = namespace.isEmpty() ? kind + "/" : kind + "/" + namespace + "/";
        return objects.subMap(prefix, prefix + Character.MAX_VALUE).values().stream()
                .map(ObjectNode::deepCopy)
                .toList();
    }

    /** Stores a new object; empty where there is one of that name. */
    synchronized Optional<ObjectNode> create(String kind, ObjectNode object) {
        String key = key(kind, object);
        if (objects.containsKey(key)) {
            return Optional.empty();
        }
        ObjectNode created = object.deepCopy();
        Json.child(created, "metadata")
                .put("uid", UUID.randomUUID().toString())
                .put(
                        "creationTimestamp",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return Optional.of(save(key, created));
    }

    /** Replaces an object; empty where it is no longer at {@code expected}, its resource version. */
    synchronized Optional<ObjectNode> update(String kind, ObjectNode object, String expected) {
        String key = key(kind, object);
        ObjectNode stored = objects.get(key);
        if (stored == null
                || !stored.path("metadata").path("resourceVersion").asText().equals(expected)) {
            return Optional.empty();
        }
        return Optional.of(save(key, object.deepCopy()));
    }

    /** Before each of the next patches, somebody else writes the object. */
    synchronized void overtake(int patches) {
        overtaken = patches;
    }

    /** A patch of an object comes. */
    synchronized void patching(String kind, ObjectNode object) {
        if (overtaken > 0) {
            overtaken--;
            save(key(kind, object), object.deepCopy());
        }
    }

    /** Creates or replaces an object, whatever is there. */
    synchronized ObjectNode put(String kind, ObjectNode object) {
        return save(key(kind, object), object.deepCopy());
    }

    synchronized Optional<ObjectNode> delete(String kind, String namespace, String name) {
        String key = key(kind, namespace, name);
        ObjectNode removed = objects.remove(key);
        if (removed == null) {
            return Optional.empty();
        }
        revision++;
        file(key).ifPresent(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return Optional.of(removed);
    }

    private ObjectNode save(String key, ObjectNode object) {
        revision++;
        Json.child(object, "metadata").put("resourceVersion", Long.toString(revision));
        objects.put(key, object);
        file(key).ifPresent(file -> write(file, key, object));
        return object.deepCopy();
    }

    private static void write(Path file, String key, ObjectNode object) {
        try {
            ObjectNode saved = Json.object().put("key", key);
            saved.set("object", object);
            Path temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.write(temporary, Json.write(saved));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Path> file(String key) {
        String name = key.replaceAll("[^A-Za-z0-9.-]", "_").toLowerCase(Locale.ROOT);
        return directory.map(dir -> dir.resolve(name + "-" + Integer.toHexString(key.hashCode()) + ".json"));
    }

    private static String key(String kind, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return key(
                kind, metadata.path("namespace").asText(), metadata.path("name").asText());
    }

    private static String key(String kind, String namespace, String name) {
        return kind + "/" + namespace + "/" + name;
    }
}
