package io.github.cdkmaven.ownership;

import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.ownership.VmRecord.Phase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells in words who started the VM, who uses it, and what will become of it. */
public final class OwnerLines {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final OwnershipFiles files;

    /** Speaks of the VM of a profile. */
    public OwnerLines(OwnershipFiles files) {
        this.files = files;
    }

    /** The lines; none where there is neither a VM that runs nor a record of one. */
    public List<String> lines(State state) {
        Optional<VmRecord> record = files.record().read();
        if (record.isEmpty()) {
            return state.isRunning() ? List.of("started without the plugin, and no build uses it") : List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(starter(record.get()));
        record.get()
                .withoutTheDead()
                .uses()
                .forEach(use -> lines.add("used by " + use.build()
                        + (use.modules().isEmpty() ? "" : ", in " + String.join(", ", use.modules()))));
        return lines;
    }

    private static String starter(VmRecord record) {
        if (record.startedBy().isEmpty()) {
            return "started without the plugin";
        }
        return "started by " + record.startedBy().get() + " at " + TIME.format(record.at()) + outlook(record);
    }

    private static String outlook(VmRecord record) {
        boolean dead = record.startedBy().filter(Build::isAlive).isEmpty();
        if (record.kept()) {
            return "; kept until somebody stops it by hand";
        }
        if (record.phase() != Phase.RUNNING && dead) {
            return ", which died before it had finished; the next start cleans up";
        }
        return record.isAbandoned() ? ", which has died; the next build takes it over and stops it" : "";
    }
}
