package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A kubeconfig: read, changed and written as {@code oc} and minishift do. */
public final class KubeconfigFile {

    private final ObjectNode config;

    private KubeconfigFile(ObjectNode config) {
        this.config = config;
    }

    /** An empty one when the file is absent. */
    public static KubeconfigFile read(Path file) {
        try {
            return parse(Files.exists(file) ? Files.readString(file) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static KubeconfigFile parse(String yaml) {
        return new KubeconfigFile(Yaml.read(yaml));
    }

    /** Writes sorted keys, as every Go program does, with the mode asked for where the file is new. */
    public void write(Path file, String mode) {
        ObjectNode ordered = JsonFile.object().put("apiVersion", "v1");
        ordered.set("clusters", entries("clusters"));
        ordered.set("contexts", entries("contexts"));
        ordered.put("current-context", currentContext()).put("kind", "Config");
        ordered.putObject("preferences");
        ordered.set("users", entries("users"));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, Yaml.write(ordered));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode entries(String kind) {
        JsonNode entries = config.path(kind);
        return entries.isArray() ? entries : JsonNodeFactory.instance.arrayNode();
    }

    public String currentContext() {
        return config.path("current-context").asText("");
    }

    public void use(String context) {
        config.put("current-context", context);
    }

    /** The {@code cluster}, {@code context} or {@code user} of that name. */
    public Optional<JsonNode> find(String kind, String name) {
        return StreamSupport.stream(entries(kind).spliterator(), false)
                .filter(entry -> entry.path("name").asText().equals(name))
                .map(entry -> entry.path(singular(kind)))
                .findFirst();
    }

    private static String singular(String kind) {
        return kind.substring(0, kind.length() - 1);
    }

    public void put(String kind, String name, ObjectNode content) {
        remove(kind, name);
        ObjectNode entry = array(kind).addObject();
        entry.set(singular(kind), content);
        entry.put("name", name);
    }

    private ArrayNode array(String kind) {
        if (!config.path(kind).isArray()) {
            config.putArray(kind);
        }
        return (ArrayNode) config.get(kind);
    }

    private void remove(String kind, String name) {
        ArrayNode array = array(kind);
        for (int i = array.size() - 1; i >= 0; i--) {
            if (array.get(i).path("name").asText().equals(name)) {
                array.remove(i);
            }
        }
    }

    /** Takes over all entries of another one; the current context stays as it is. */
    public void merge(KubeconfigFile other) {
        for (String kind : new String[] {"clusters", "contexts", "users"}) {
            other.entries(kind)
                    .forEach(entry -> put(kind, entry.path("name").asText(), (ObjectNode)
                            entry.path(singular(kind)).deepCopy()));
        }
    }

    /** Removes everything that belongs to a cluster; {@code true} when something did. */
    public boolean forget(String cluster) {
        int before = entries("clusters").size() + entries("users").size();
        remove("clusters", cluster);
        removeIf(
                "contexts",
                entry -> entry.path("context").path("cluster").asText().equals(cluster));
        removeIf("users", entry -> entry.path("name").asText().contains(cluster));
        if (find("contexts", currentContext()).isEmpty()) {
            use("");
        }
        return entries("clusters").size() + entries("users").size() < before;
    }

    private void removeIf(String kind, java.util.function.Predicate<JsonNode> condition) {
        ArrayNode array = array(kind);
        for (int i = array.size() - 1; i >= 0; i--) {
            if (condition.test(array.get(i))) {
                array.remove(i);
            }
        }
    }

    public ObjectNode json() {
        return config;
    }
}
