package io.github.cdkmaven.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.ownership.VmRecord.Phase;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link VmRecord} of one profile on disk: private to the user, and never seen half-written. Changed only under the lock. */
public final class VmRecordFile {

    private static final Logger LOG = LoggerFactory.getLogger(VmRecordFile.class);

    private final Path file;

    /** A file that need not be there. */
    public VmRecordFile(Path file) {
        this.file = file;
    }

    /** The file itself. */
    public Path path() {
        return file;
    }

    /** The record; empty where there is none that can be read. */
    public Optional<VmRecord> read() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(JsonTree.read(file)));
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            LOG.warn(
                    "{} cannot be read, so the VM is treated as started without the plugin",
                    file,
                    ForeignFailure.of(e));
            return Optional.empty();
        }
    }

    /** Writes it anew, whole or not at all. */
    public void write(VmRecord record) {
        try {
            AtomicFile.writePrivate(file, text(record));
        } catch (IOException e) {
            throw new UncheckedIOException("the record of the VM could not be written to " + file, e);
        }
    }

    /** The VM is nobody's any more. */
    public void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the record of the VM could not be removed: " + file, e);
        }
    }

    private static VmRecord parse(JsonNode json) {
        List<Use> uses = new ArrayList<>();
        json.path("uses").forEach(use -> {
            TreeSet<String> modules = new TreeSet<>();
            use.path("modules").forEach(module -> modules.add(module.asText()));
            uses.add(new Use(build(use.path("build")), modules));
        });
        return new VmRecord(
                json.has("startedBy") ? Optional.of(build(json.path("startedBy"))) : Optional.empty(),
                Instant.parse(json.path("at").asText()),
                Phase.valueOf(json.path("phase").asText()),
                json.path("creates").asBoolean(),
                json.path("kept").asBoolean(),
                json.has("child") ? Optional.of(stamp(json.path("child"))) : Optional.empty(),
                Instant.parse(json.path("until").asText()),
                json.has("mark") ? Optional.of(Instant.parse(json.path("mark").asText())) : Optional.empty(),
                uses);
    }

    private static String text(VmRecord record) {
        ObjectNode json = JsonTree.object();
        record.startedBy().ifPresent(build -> json.set("startedBy", json(build)));
        json.put("at", record.at().toString())
                .put("phase", record.phase().name())
                .put("creates", record.creates())
                .put("kept", record.kept())
                .put("until", record.until().toString());
        record.child().ifPresent(child -> json.set("child", json(child)));
        record.mark().ifPresent(mark -> json.put("mark", mark.toString()));
        record.uses().forEach(use -> {
            ObjectNode entry = json.withArray("uses").addObject();
            entry.set("build", json(use.build()));
            new TreeSet<>(use.modules()).forEach(entry.putArray("modules")::add);
        });
        return JsonTree.pretty(json);
    }

    /** A build as JSON; also for the file that tells who holds the lock. */
    static ObjectNode json(Build build) {
        ObjectNode json = JsonTree.object()
                .put("id", build.id())
                .put("bound", build.bound())
                .put("project", build.project())
                .put("module", build.module());
        json.set("process", json(build.process()));
        return json;
    }

    private static ObjectNode json(ProcessStamp stamp) {
        return JsonTree.object()
                .put("pid", stamp.pid())
                .put("started", stamp.started().toString());
    }

    /** A build as {@link #json} wrote it, or somebody else who may write there: its names are told on the terminal. */
    static Build build(JsonNode json) {
        return new Build(
                json.path("id").asText(),
                json.path("bound").asBoolean(),
                stamp(json.path("process")),
                ForeignText.spelledOut(json.path("project").asText()),
                ForeignText.spelledOut(json.path("module").asText()));
    }

    private static ProcessStamp stamp(JsonNode json) {
        return new ProcessStamp(
                json.path("pid").asLong(), Instant.parse(json.path("started").asText()));
    }
}
