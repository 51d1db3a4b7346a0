package io.github.cdkmaven.minishift;

import io.github.cdkmaven.lifecycle.StartRequest;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.FoldedLines;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs {@code minishift start} once, and finds out what really came of it. */
public final class VmStart {

    private static final Logger LOG = LoggerFactory.getLogger(VmStart.class);
    private static final Duration BEAT = Duration.ofSeconds(30);

    private final StartRequest request;
    private final Minishift minishift;
    private final MachineFiles files;

    public VmStart(StartRequest request, Minishift minishift, MachineFiles files) {
        this.request = request;
        this.minishift = minishift;
        this.files = files;
    }

    /**
     * Starts the VM and its OpenShift.
     *
     * @return whether it was this call that did it; false when somebody else was quicker
     * @throws io.github.cdkmaven.problem.ProblemException if OpenShift does not run afterwards
     */
    public boolean run(Product product, StartPlan plan, Deadline deadline) {
        boolean first = !files.hasMachine();
        boolean follow = !first || Generation.of(product).firstStartFollowsKubeconfig();
        prepareKubeconfig(first);
        if (!files.hasProfile()) {
            LOG.warn(
                    "There is no profile '{}' in {} yet: this start makes it, with a VM of its own. If that is not meant: <profile> or"
                            + " -Dcdk.profile=…",
                    files.profile(),
                    files.home());
        }
        StartWarnings.of(product, request.settings(), files).forEach(LOG::warn);
        LOG.info("Running minishift {}", plan);
        Path log = request.reportDirectory().resolve("minishift-start.log");
        CommandResult result;
        try (FoldedLines lines = new FoldedLines(VmStart::tell)) {
            Supplier<CommandResult> start = () -> Heartbeat.during(
                    "minishift start",
                    deadline.limit(),
                    BEAT,
                    LOG::info,
                    () -> minishift.start(plan, follow, deadline.left(), log, lines));
            result = Generation.of(product).firstStartFollowsKubeconfig()
                    ? start.get()
                    : UserKubeconfig.during(request.tools().accountHome(), files, deadline, start);
        }
        if (result.ended()) {
            throw StartFailure.tooLong(result, Heartbeat.words(deadline.limit()))
                    .loggedIn(log)
                    .toException();
        }
        if (result.exit() != 0) {
            throw StartFailure.explain(result).loggedIn(log).toException();
        }
        VmStatus after = minishift.status();
        if (!after.openshiftRunning()) {
            throw Problem.of(
                            "'minishift start' exited 0, but OpenShift does not run.",
                            "'mvn cdk:delete' if an earlier start had failed half-way, and start again")
                    .with("minishift status: " + after)
                    .with(result.lastLines())
                    .loggedIn(log)
                    .toException();
        }
        return !Minishift.foundItRunning(result);
    }

    private static void tell(String line) {
        if (!line.isBlank()) {
            LOG.info("  minishift | {}", line);
        }
    }

    /**
     * A restart logs in with what stands in the kubeconfig, and fails without the cluster's authority there; a first start must not find an
     * older cluster's.
     */
    private void prepareKubeconfig(boolean first) {
        Path mine = request.minishiftKubeconfig();
        try {
            Files.deleteIfExists(mine);
            if (!first && Files.isReadable(files.kubeconfig())) {
                PrivateFile.write(mine, Files.readString(files.kubeconfig()));
            } else {
                Files.createDirectories(request.reportDirectory());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + mine, e);
        }
    }
}
