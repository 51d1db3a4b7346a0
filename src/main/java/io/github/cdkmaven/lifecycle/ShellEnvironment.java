package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.process.AtomicFile;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prints what a shell needs to use a cluster that runs: {@code KUBECONFIG}, {@code oc} on the PATH, and the docker of the VM. */
public final class ShellEnvironment {

    private static final Logger LOG = LoggerFactory.getLogger(ShellEnvironment.class);
    private static final Duration READY = Duration.ofMinutes(2);

    private final Engine engine;
    private final Shell shell;
    private final HandedFiles files;
    private final Consumer<String> out;
    private final ReportBuilder report;

    /**
     * A look that is still to be taken.
     *
     * @param reportDirectory where the private kubeconfig goes
     * @param out takes the lines for the shell, and nothing else
     */
    public ShellEnvironment(
            Engine engine, Shell shell, Path reportDirectory, Consumer<String> out, ReportBuilder report) {
        this.engine = engine;
        this.shell = shell;
        this.files = new HandedFiles(reportDirectory);
        this.out = out;
        this.report = report;
    }

    /**
     * Takes it. The login goes into the kubeconfig, which only this user may read, and is not printed.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if no cluster runs, or nobody can be logged in
     */
    public void run() {
        RunningCluster.require(engine, "that a shell could use", report);
        OpenShiftApi api = RunningCluster.logIn(engine, List.of(), Deadline.in(READY), report);
        try {
            AtomicFile.writePrivate(files.kubeconfig(), Kubeconfig.toText(api.access(), engine.project()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + files.folder(), e);
        }
        lines().forEach(line -> {
            report.check(Check.ok("env.line", shell.name(), line));
            out.accept(line);
        });
        LOG.info("To use it: {}", shell.use("cdk:env"));
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(shell.set("KUBECONFIG", files.kubeconfig().toString()));
        engine.oc()
                .map(Path::toAbsolutePath)
                .flatMap(oc -> Optional.ofNullable(oc.getParent()))
                .ifPresent(folder -> lines.add(shell.prepend(folder.toString())));
        engine.docker().ifPresent(docker -> {
            lines.add(shell.set("DOCKER_TLS_VERIFY", "1"));
            lines.add(shell.set("DOCKER_HOST", docker.host()));
            lines.add(shell.set("DOCKER_CERT_PATH", docker.certificates().toString()));
        });
        return lines;
    }
}
