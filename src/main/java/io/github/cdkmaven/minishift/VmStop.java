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

/** Runs {@code minishift stop}, and believes {@code status} and not its exit code. */
public final class VmStop {

    private static final Logger LOG = LoggerFactory.getLogger(VmStop.class);

    private final Minishift minishift;
    private final MachineFiles files;
    private final boolean generic;
    private final Path accountHome;

    public VmStop(Minishift minishift, MachineFiles files, boolean generic, Path accountHome) {
        this.minishift = minishift;
        this.files = files;
        this.generic = generic;
        this.accountHome = accountHome;
    }

    /**
     * Stops the VM.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is still up afterwards
     */
    public void run(Duration limit) {
        Supplier<CommandResult> stop = () -> minishift.stop(limit, line -> LOG.info("  minishift | {}", line));
        CommandResult result = minishift.followsKubeconfig()
                ? stop.get()
                : UserKubeconfig.during(accountHome, files, Deadline.in(limit), stop);
        VmStatus after = minishift.status();
        if (after.isStopped(generic)) {
            return;
        }
        throw Problem.of(
                        result.ended()
                                ? "'minishift stop' did not end within " + Heartbeat.words(limit)
                                        + ", and the VM is still up."
                                : "'minishift stop' exited " + result.exit() + ", but the VM is still up.",
                        "run 'minishift stop' by hand and see what it asks for; <stopTimeout> or -Dcdk.stopTimeout if it needs longer")
                .with("minishift status: " + after)
                .with(result.lastLines())
                .toException();
    }
}
