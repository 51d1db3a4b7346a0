package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Reads and writes the small JSON files of the simulation; a missing file is an empty object. */
public final class JsonFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFile() {}

    public static ObjectMapper mapper() {
        return JSON;
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** An empty object when the file is absent or empty. */
    public static ObjectNode read(Path file) {
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return object();
            }
            return (ObjectNode) JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the file as a whole, so that a reader never sees half of it. */
    public static void write(Path file, ObjectNode content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + "", ".tmp");
            Files.write(whole, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends one line; several processes may do so at once. */
    public static void append(Path file, ObjectNode line) {
        try {
            byte[] bytes = (line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
