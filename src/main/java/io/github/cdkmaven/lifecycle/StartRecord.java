package io.github.cdkmaven.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.lifecycle.StartRequest.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Who started the VM: written before {@code minishift start} is run, removed when the VM was stopped.
 *
 * @param build the build that started it
 * @param pid the process of that build
 * @param profile the profile that was started
 * @param at when
 */
public record StartRecord(Build build, long pid, String profile, Instant at) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "started.json";

    /** A record of this process. */
    public static StartRecord now(Build build, String profile) {
        return new StartRecord(build, ProcessHandle.current().pid(), profile, Instant.now());
    }

    /** The record in a folder; empty where there is none that can be read. */
    public static Optional<StartRecord> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            JsonNode record = JSON.readTree(file.toFile());
            return Optional.of(new StartRecord(
                    new Build(
                            record.path("build").asText(), record.path("bound").asBoolean()),
                    record.path("pid").asLong(),
                    record.path("profile").asText(),
                    Instant.parse(record.path("at").asText())));
        } catch (IOException | java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Writes the record into a folder. */
    public void write(Path folder) {
        ObjectNode record = JSON.createObjectNode()
                .put("build", build.id())
                .put("bound", build.bound())
                .put("pid", pid)
                .put("profile", profile)
                .put("at", at.toString());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(FILE), record.toPrettyString());
        } catch (IOException e) {
            throw new UncheckedIOException("the record of the start could not be written to " + folder, e);
        }
    }

    /** Removes the record of a folder. */
    public static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("the record of the start could not be removed from " + folder, e);
        }
    }

    /** Whether the build that was to stop the VM has died before it could. A start by hand is not meant to be stopped by a build. */
    public boolean isAbandoned() {
        return build.bound() && ProcessHandle.of(pid).isEmpty();
    }
}
