package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the flags of a start to the profile's configuration, one after the other, with the bug of the lists. */
final class SavedFlags {

    private final Session session;
    private final Settings settings;
    private final ParsedFlags given;

    SavedFlags(Session session, Settings settings, ParsedFlags given) {
        this.session = session;
        this.settings = settings;
        this.given = given;
    }

    void save() {
        if (!session.generation().savesStartFlags() || !settings.isOn("save-start-flags", true)) {
            return;
        }
        List<Flag> flags = StartFlags.saved(StartFlags.of(session.version(), session.experimental()));
        flags.stream().filter(flag -> settings.isSet(flag.name())).forEach(this::save);
    }

    private void save(Flag flag) {
        String value = settings.text(flag.name(), "");
        if (flag.name().equals("iso-url") && !isUsable(value)) {
            throw ExitException.failure("Not able to populate iso-url flag with " + value + " value");
        }
        ObjectNode saved = JsonFile.read(session.home().settings());
        switch (flag.kind()) {
            case LIST -> saveList(flag, saved);
            case INT -> saved.put(flag.name(), Integer.parseInt(value));
            case BOOL -> saved.put(flag.name(), settings.isOn(flag.name()));
            case STRING -> saved.put(flag.name(), value);
        }
        JsonFile.write(session.home().settings(), saved);
    }

    /** A repeated flag is saved as one element with blanks in it; what the configuration held stays as it was. */
    private void saveList(Flag flag, ObjectNode saved) {
        boolean configured = !given.has(flag.name()) && saved.has(flag.name());
        if (!configured) {
            saved.putArray(flag.name()).add(String.join(" ", settings.list(flag.name())));
        }
    }

    private static boolean isUsable(String iso) {
        return !iso.startsWith("file:") || Files.exists(Path.of(URI.create(iso).getPath()));
    }
}
