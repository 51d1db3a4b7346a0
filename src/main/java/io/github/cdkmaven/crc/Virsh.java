package io.github.cdkmaven.crc;

import io.github.cdkmaven.crc.CrcStatus.Situation;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Command;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.ProgramFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks libvirt itself whether the VM runs, where crc's daemon does not tell. */
final class Virsh {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final CommandRunner runner;
    private final List<Path> search;

    Virsh(CommandRunner runner, List<Path> search) {
        this.runner = runner;
        this.search = search;
    }

    /** That it is switched off; empty in every other case, since only the daemon knows more. */
    Optional<CrcStatus> status() {
        return ProgramFiles.ofThisMachine()
                .find("virsh", search)
                .map(virsh -> run(virsh))
                .filter(state -> state.equals("shut off"))
                .map(state -> new CrcStatus(
                        Situation.STOPPED,
                        Optional.empty(),
                        "libvirt calls the VM shut off; crc's daemon does not answer"));
    }

    private String run(Path virsh) {
        try {
            CommandResult result =
                    runner.run(Command.of(virsh, LIMIT, "-c", "qemu:///system", "domstate", CrcFiles.MACHINE));
            return result.succeeded() ? result.out().strip() : "";
        } catch (ProblemException e) {
            return "";
        }
    }
}
