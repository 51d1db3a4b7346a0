package io.github.cdkmaven.minishift;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Heartbeat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs {@code minishift delete --force}, and believes {@code status} and the files, not its exit code. */
public final class VmDelete {

    private static final Logger LOG = LoggerFactory.getLogger(VmDelete.class);
    private static final Duration BEAT = Duration.ofSeconds(30);

    private final Minishift minishift;
    private final MachineFiles files;
    private final Path accountHome;

    public VmDelete(Minishift minishift, MachineFiles files, Path accountHome) {
        this.minishift = minishift;
        this.files = files;
        this.accountHome = accountHome;
    }

    /** Whether there is nothing to delete. */
    public boolean isGone(VmStatus status) {
        return !status.exists() && !files.hasMachine();
    }

    /**
     * Deletes the VM.
     *
     * @return what minishift did
     * @throws io.github.cdkmaven.problem.ProblemException if it is still there afterwards
     */
    public CommandResult run(Duration limit) {
        Supplier<CommandResult> delete = () -> Heartbeat.during(
                "minishift delete",
                limit,
                BEAT,
                LOG::info,
                () -> minishift.delete(limit, line -> LOG.info("  minishift | {}", line)));
        CommandResult result = minishift.followsKubeconfig()
                ? delete.get()
                : UserKubeconfig.during(accountHome, files, Deadline.in(limit), delete);
        VmStatus after = minishift.status();
        if (isGone(after)) {
            return result;
        }
        String how = result.ended() ? "did not end within " + Heartbeat.words(limit) : "exited " + result.exit();
        throw Problem.of(
                        "'minishift delete --force' " + how + ", and the VM is still there.",
                        "run it by hand and mend what it says; if the hypervisor does not know the VM any more, remove the folder "
                                + files.machineFolder())
                .with("minishift status: " + after)
                .with(result.lastLines())
                .toException();
    }
}
