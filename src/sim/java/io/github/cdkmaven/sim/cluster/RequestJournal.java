package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the cluster was asked and whom it tried to contact, in memory and as JSON lines. */
final class RequestJournal {

    /** A contact because of a request. */
    static final String BY_REQUEST = "request";

    /** A contact by the import controller, which works without being asked; also at the first boot. */
    static final String BY_CONTROLLER = "controller";

    private final Optional<Path> file;
    private final List<JournalEntry> entries = new ArrayList<>();
    private final List<Contact> outside = new ArrayList<>();

    /** A host that an import asked for, and whether a request or the import controller did. */
    private record Contact(String host, String by) {}

    RequestJournal(Optional<Path> file) throws IOException {
        this.file = file;
        if (file.isPresent() && file.get().getParent() != null) {
            Files.createDirectories(file.get().getParent());
        }
    }

    /** Records an answered request. */
    synchronized void request(JournalEntry entry) {
        entries.add(entry);
        write(Json.object()
                .put("at", entry.at().toString())
                .put("method", entry.method())
                .put("path", entry.path())
                .put("status", entry.status())
                .put("user", entry.user())
                .put("changing", entry.changing()));
    }

    /** Records a host that is not of the simulated network. */
    synchronized void outside(String host, String by) {
        outside.add(new Contact(host, by));
        write(Json.object()
                .put("outside", host)
                .put("by", by)
                .put("at", Instant.now().toString()));
    }

    synchronized List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    synchronized Optional<Instant> last() {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.get(entries.size() - 1).at());
    }

    synchronized List<String> outside() {
        return outside.stream().map(Contact::host).toList();
    }

    synchronized List<String> outside(String by) {
        return outside.stream()
                .filter(contact -> by.equals(contact.by()))
                .map(Contact::host)
                .toList();
    }

    private void write(ObjectNode line) {
        if (file.isEmpty()) {
            return;
        }
        try {
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            Files.write(file.get(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
