package io.github.cdkmaven.sim.crc;

import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.util.List;

/** {@code delete}: does nothing, and says nothing, where it may neither ask nor be forced. */
final class DeleteVerb extends Verb {

    @Override
    List<Flag> flags() {
        return List.of(
                output(), Flag.toggle("force", "").shortly("f"), Flag.toggle("clear-cache", ""));
    }

    @Override
    String run(CrcRun run, ParsedFlags flags) {
        boolean forced = flags.isOn("force");
        boolean refused = flags.has("output") && !forced;
        if (!(refused && flags.isOn("clear-cache"))) {
            requireMachine(run);
        }
        if (refused) {
            throw new VerbFailure("non-interactive deletion requires --force");
        }
        if (!forced) {
            return "";
        }
        if (run.has(CrcFault.DELETE_FAILS)) {
            throw new VerbFailure("Cannot delete machine: virError(Code=55, Domain=10, Message='Requested operation is"
                    + " not valid: domain is busy')");
        }
        if (flags.isOn("clear-cache")) {
            DotCrc.remove(run.folder().cache());
        }
        run.vm().remove();
        DotCrc.remove(run.folder().machine());
        UserContexts.remove(run);
        return "Deleted the instance";
    }
}
