package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.cluster.LoopbackAddress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The virtual machine of one profile: it lives with the hypervisor, outside MINISHIFT_HOME, and remembers its disk. */
final class Vm {

    private static final int API_PORT = 8443;

    private final Path folder;

    private Vm(Path folder) {
        this.folder = folder;
    }

    static Vm of(World world, Home home) {
        String owner =
                Integer.toHexString(home.root().toAbsolutePath().toString().hashCode());
        return new Vm(world.folder().resolve("vm").resolve(home.profile() + "-" + owner));
    }

    private Path stateFile() {
        return folder.resolve("state.json");
    }

    private ObjectNode state() {
        return JsonFile.read(stateFile());
    }

    /** A new machine with an address of its own. */
    void create(String driver, String remoteAddress) {
        String ip = remoteAddress.isEmpty() ? LoopbackAddress.free(64, 128, API_PORT) : remoteAddress;
        JsonFile.write(
                stateFile(),
                JsonFile.object().put("driver", driver).put("ip", ip).put("running", true));
    }

    /** Whether the hypervisor knows it; minishift's record of it may outlive it, or be older. */
    boolean exists() {
        return Files.exists(stateFile());
    }

    boolean isRunning() {
        return state().path("running").asBoolean(false);
    }

    void setRunning(boolean running) {
        JsonFile.write(stateFile(), state().put("running", running));
    }

    String ip() {
        return state().path("ip").asText("");
    }

    String driver() {
        return state().path("driver").asText("");
    }

    JsonNode value(String name) {
        return state().path(name);
    }

    void set(String name, JsonNode value) {
        ObjectNode state = state();
        state.set(name, value);
        JsonFile.write(stateFile(), state);
    }

    /** Names of all images that its docker holds. */
    List<String> images() {
        return texts("images");
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        state().path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    void addImage(String name) {
        ObjectNode state = state();
        ArrayNode images = state.withArray("images");
        for (JsonNode held : images) {
            if (held.asText().equals(name)) {
                return;
            }
        }
        images.add(name);
        JsonFile.write(stateFile(), state);
    }

    void removeImage(String name) {
        ObjectNode state = state();
        ArrayNode left = state.arrayNode();
        state.path("images").forEach(image -> {
            if (!image.asText().equals(name)) {
                left.add(image);
            }
        });
        state.set("images", left);
        JsonFile.write(stateFile(), state);
    }

    /** An image that came in as a file: docker knows its id, and no digest by which a registry would know it. */
    void loadImage(String name, String id) {
        addImage(name);
        ObjectNode state = state();
        state.withObject("/loaded").put(name, id);
        JsonFile.write(stateFile(), state);
    }

    /** The id of an image that came in as a file; empty for one that was pulled. */
    Optional<String> loadedId(String name) {
        return Optional.of(state().path("loaded").path(name).asText("")).filter(id -> !id.isEmpty());
    }

    Path clusterFolder() {
        return folder.resolve("cluster");
    }

    /** Where a file of the VM's disk is kept. */
    Path file(String path) {
        return folder.resolve("disk").resolve(path.replaceFirst("^/+", "")).normalize();
    }

    List<Path> filesBelow(String path) {
        Path start = file(path);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(start)) {
            return found.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Home.deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
