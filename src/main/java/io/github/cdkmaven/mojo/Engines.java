package io.github.cdkmaven.mojo;

import io.github.cdkmaven.cluster.ClusterEngine;
import io.github.cdkmaven.cluster.ClusterSettings;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.minishift.MinishiftEngine;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandRunner;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the engine and makes it; the only place that names one. */
final class Engines {

    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    /** What {@code <engine>} takes. */
    private enum Choice {
        AUTO,
        MINISHIFT,
        CRC,
        CLUSTER
    }

    private final CdkInstallation tools;
    private final Optional<Path> kubeconfig;
    private final boolean cluster;
    private final Path reports;
    private final CommandRunner runner;

    /**
     * Chooses one.
     *
     * @param tools the programs that the user named, and where others are looked for
     * @param kubeconfig the kubeconfig that the user named
     */
    Engines(
            ParameterReader reader,
            String engine,
            CdkInstallation tools,
            Optional<Path> kubeconfig,
            Path reports,
            CommandRunner runner) {
        this.tools = tools;
        this.kubeconfig = kubeconfig;
        this.reports = reports;
        this.runner = runner;
        Choice choice = reader.value("engine", () -> choose(engine), Choice.MINISHIFT);
        this.cluster = choice == Choice.CLUSTER;
    }

    /** What the report calls the chosen one. */
    String name() {
        return cluster ? "cluster" : "minishift";
    }

    /**
     * Makes the chosen one. Of the settings, only its own are looked at.
     *
     * @param vm what the POM wants of a VM
     * @param shared completes what is known of a cluster that runs already
     */
    Engine make(Supplier<Optional<StartSettings>> vm, UnaryOperator<ClusterSettings> shared) {
        return cluster
                ? new ClusterEngine(shared.apply(ClusterSettings.of(kubeconfig.orElseThrow(), oc(), reports)), runner)
                : new MinishiftEngine(tools, vm.get(), reports, runner);
    }

    private Optional<Path> oc() {
        return tools.oc().or(() -> tools.onPath("oc"));
    }

    private Choice choose(String engine) {
        Choice wanted = Values.choice("engine", engine, Choice.class);
        Choice chosen = wanted == Choice.AUTO ? byWhatIsThere() : wanted;
        if (chosen == Choice.CRC) {
            throw Problem.of(
                            "OpenShift Local (crc) is not supported yet.",
                            "<minishift> (-Dcdk.minishift=…) for a CDK, or <kubeconfig> (-Dcdk.kubeconfig=…) for any cluster that runs,"
                                    + " also one of crc's")
                    .toException();
        }
        if (chosen == Choice.CLUSTER && kubeconfig.isEmpty()) {
            throw Problem.of(
                            "<engine> is 'cluster', but no kubeconfig says which one.",
                            "<kubeconfig>/path/to/kubeconfig</kubeconfig>, or -Dcdk.kubeconfig=…; ~/.kube/config is never taken by itself")
                    .toException();
        }
        return chosen;
    }

    private Choice byWhatIsThere() {
        boolean named = tools.minishift().isPresent();
        if (named && kubeconfig.isPresent()) {
            throw Problem.of(
                            "Both <minishift> and <kubeconfig> are given, so it is not known which engine to use.",
                            "<engine>minishift</engine> or <engine>cluster</engine> (-Dcdk.engine=…), or leave one of them out")
                    .with("minishift: " + tools.minishift().get())
                    .with("kubeconfig: " + kubeconfig.get())
                    .toException();
        }
        if (kubeconfig.isPresent()) {
            return Choice.CLUSTER;
        }
        boolean crc = !named && tools.onPath("crc").isPresent();
        if (crc && tools.onPath("minishift").isEmpty()) {
            return Choice.CRC;
        }
        if (crc) {
            LOG.info(
                    "minishift and crc are both on the PATH; minishift is used. <engine>crc</engine> (-Dcdk.engine=crc) takes the other");
        }
        // Where neither is there, minishift's own message says so, once a goal needs a program at all.
        return Choice.MINISHIFT;
    }
}
