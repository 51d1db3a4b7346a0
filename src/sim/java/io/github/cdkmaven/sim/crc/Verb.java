package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.util.List;

/** A command of crc. Its result is told as text, or as JSON where {@code -o json} asks for it. */
abstract class Verb {

    static final String NO_MACHINE = "Machine does not exist. Use 'crc start' to create it";

    /** The flags that it knows. */
    abstract List<Flag> flags();

    /** Does it, and returns its result in text mode, without the last line's end; empty for nothing. */
    abstract String run(CrcRun run, ParsedFlags flags);

    /** Its result as JSON. {@code error} is empty where it went well. */
    ObjectNode json(String error) {
        return succeeded(error);
    }

    static ObjectNode succeeded(String error) {
        ObjectNode result = JsonFile.object().put("success", error.isEmpty());
        return error.isEmpty() ? result : result.put("error", error);
    }

    static Flag output() {
        return Flag.text("output", "").shortly("o");
    }

    static void requireMachine(CrcRun run) {
        if (!run.folder().hasMachine()) {
            throw new VerbFailure(NO_MACHINE);
        }
    }
}
