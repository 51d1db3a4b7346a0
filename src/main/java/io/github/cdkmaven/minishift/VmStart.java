package io.github.cdkmaven.minishift;

import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.AtomicFile;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.FoldedLines;
import io.github.cdkmaven.process.Heartbeat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs {@code minishift start} once, and finds out what really came of it. */
final class VmStart {

    /** What minishift prints, beside the reports. */
    static final String LOG_FILE = "minishift-start.log";

    private static final Logger LOG = LoggerFactory.getLogger(VmStart.class);
    private static final Duration BEAT = Duration.ofSeconds(30);

    private final StartSettings settings;
    private final CdkInstallation tools;
    private final MachineFiles files;
    private final Path reports;

    /**
     * A start that is still to be run.
     *
     * @param reports where the log goes
     */
    VmStart(StartSettings settings, CdkInstallation tools, MachineFiles files, Path reports) {
        this.settings = settings;
        this.tools = tools;
        this.files = files;
        this.reports = reports;
    }

    /**
     * Starts the VM and its OpenShift.
     *
     * @return what minishift printed; its exit status proves nothing
     * @throws io.github.cdkmaven.problem.ProblemException if it failed, or did not end in time
     */
    CommandResult run(Minishift minishift, MinishiftVersion product, StartPlan plan, Deadline deadline) {
        boolean first = !files.hasMachine();
        boolean follow = !first || Generation.of(product).firstStartFollowsKubeconfig();
        prepareKubeconfig(minishift.kubeconfig(), first);
        if (!files.hasProfile()) {
            LOG.warn(
                    "Profile '{}' does not exist in {}; this start creates it with a new VM. If that is not intended, set <profile>"
                            + " or -Dcdk.profile=…",
                    files.profile(),
                    files.home());
        }
        StartWarnings.of(product, settings, files).forEach(LOG::warn);
        LOG.info("Running minishift {}", plan);
        Path log = log();
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
                    : UserKubeconfig.during(tools.accountHome(), files, deadline, start);
        }
        if (result.ended()) {
            throw StartFailure.tooLong(result, Heartbeat.words(deadline.limit()))
                    .loggedIn(log)
                    .toException();
        }
        if (result.exit() != 0) {
            throw StartFailure.explain(result, files, settings.registries())
                    .loggedIn(log)
                    .toException();
        }
        return result;
    }

    /** The problem of a start that exited 0 and has started nothing. */
    Problem nothingRuns(State after, CommandResult result) {
        return Problem.of(
                        "'minishift start' exited 0, but OpenShift is not running.",
                        files.goal("delete") + " if an earlier start failed before it was complete, and start again")
                .with("minishift status: " + after)
                .with(result.lastLines())
                .loggedIn(log());
    }

    private Path log() {
        return reports.resolve(LOG_FILE);
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
    private void prepareKubeconfig(Path mine, boolean first) {
        try {
            Files.deleteIfExists(mine);
            if (!first && Files.isReadable(files.kubeconfig())) {
                AtomicFile.writePrivate(mine, Files.readString(files.kubeconfig()));
            } else {
                Files.createDirectories(reports);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + mine, e);
        }
    }
}
