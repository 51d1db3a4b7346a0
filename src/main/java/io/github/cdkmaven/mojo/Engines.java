package io.github.cdkmaven.mojo;

import io.github.cdkmaven.cluster.ClusterEngine;
import io.github.cdkmaven.cluster.ClusterLogin;
import io.github.cdkmaven.cluster.ClusterSettings;
import io.github.cdkmaven.crc.CrcEngine;
import io.github.cdkmaven.crc.CrcInstallation;
import io.github.cdkmaven.crc.CrcStartSettings;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.minishift.CdkInstallation;
import io.github.cdkmaven.minishift.MinishiftEngine;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
        CLUSTER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final CdkInstallation tools;
    private final Optional<Path> crc;
    private final Optional<ClusterLogin> cluster;
    private final Map<String, String> environment;
    private final boolean named;
    private final Choice choice;
    private final Path reports;
    private final CommandRunner runner;

    /**
     * Chooses one.
     *
     * @param tools the programs that the user named, and where others are looked for
     * @param crc the crc that the user named
     * @param cluster the way to the cluster whose kubeconfig the user named
     * @param environment the environment of the build
     */
    Engines(
            ParameterReader reader,
            String engine,
            CdkInstallation tools,
            Optional<Path> crc,
            Optional<ClusterLogin> cluster,
            Map<String, String> environment,
            Path reports,
            CommandRunner runner) {
        this.tools = tools;
        this.crc = crc;
        this.cluster = cluster;
        this.environment = environment;
        this.reports = reports;
        this.runner = runner;
        this.named = !engine.equals("auto") || tools.minishift().isPresent() || crc.isPresent() || cluster.isPresent();
        this.choice = reader.value("engine", () -> choose(engine), Choice.MINISHIFT);
    }

    private Engines(Engines other, CdkInstallation tools, Optional<ClusterLogin> cluster) {
        this.tools = tools;
        this.crc = other.crc;
        this.cluster = cluster;
        this.environment = other.environment;
        this.reports = other.reports;
        this.runner = other.runner;
        this.named = other.named;
        this.choice = other.choice;
    }

    /** The same for the profile that is active now, should the user choose another one meanwhile. */
    Engines pinned() {
        return new Engines(this, tools.withProfile(tools.machineFiles().profile()), cluster);
    }

    /** The same for a goal of its own: a login may change between two goals. By another context, if the goal names one. */
    Engines anew(Optional<String> context) {
        return new Engines(this, tools, cluster.map(login -> login.anew(context)));
    }

    /** Whether nothing is said here against what a start has used. */
    boolean agreesWith(Engines start) {
        return (!named || choice == start.choice)
                && (choice != Choice.CLUSTER || kubeconfig().equals(start.kubeconfig()))
                && (tools.home().isEmpty() || tools.homeInForce().equals(start.tools.homeInForce()))
                && (tools.profile().isEmpty() || tools.profile().equals(start.tools.profile()));
    }

    private Optional<Path> kubeconfig() {
        return cluster.map(ClusterLogin::kubeconfig);
    }

    /** Begins to ask a cluster that runs already, if that is the chosen one: what else is to be read and written meanwhile takes as long. */
    Engines begin() {
        if (choice == Choice.CLUSTER) {
            cluster.ifPresent(ClusterLogin::begin);
        }
        return this;
    }

    /** What the report calls the chosen one. */
    String name() {
        return choice.toString();
    }

    /** The chosen one of a goal that starts and moves nothing. */
    Engine make() {
        return make(Optional::empty, Optional::empty, UnaryOperator.identity());
    }

    /**
     * Makes the chosen one. Of the settings, only its own are looked at.
     *
     * @param vm what the POM wants of a VM of minishift
     * @param local what it wants of crc's
     * @param shared completes what is known of a cluster that runs already
     */
    Engine make(
            Supplier<Optional<StartSettings>> vm,
            Supplier<Optional<CrcStartSettings>> local,
            UnaryOperator<ClusterSettings> shared) {
        return switch (choice) {
            case CLUSTER -> new ClusterEngine(shared.apply(ClusterSettings.of(cluster.orElseThrow(), oc(), reports)));
            case CRC ->
                new CrcEngine(
                        new CrcInstallation(crc, tools.oc(), tools.accountHome(), tools.search(), environment),
                        local.get(),
                        reports,
                        runner);
            case AUTO, MINISHIFT -> new MinishiftEngine(tools, vm.get(), reports, runner);
        };
    }

    private Optional<Path> oc() {
        return tools.oc().or(() -> tools.onPath("oc"));
    }

    private Choice choose(String engine) {
        Choice wanted = Values.choice("engine", engine, Choice.class);
        Choice chosen = wanted == Choice.AUTO ? byWhatIsThere() : wanted;
        if (chosen == Choice.CLUSTER && cluster.isEmpty()) {
            throw Problem.of(
                            "<engine> is 'cluster', but no kubeconfig says which one.",
                            "<kubeconfig>/path/to/kubeconfig</kubeconfig>, or -Dcdk.kubeconfig=…; ~/.kube/config is never used by default")
                    .toException();
        }
        return chosen;
    }

    private Choice byWhatIsThere() {
        Map<Choice, Optional<Path>> named = new EnumMap<>(Choice.class);
        named.put(Choice.MINISHIFT, tools.minishift());
        named.put(Choice.CRC, crc);
        named.put(Choice.CLUSTER, kubeconfig());
        named.values().removeIf(Optional::isEmpty);
        if (named.size() > 1) {
            throw several(named);
        }
        if (!named.isEmpty()) {
            return named.keySet().iterator().next();
        }
        boolean local = tools.onPath("crc").isPresent();
        if (local && tools.onPath("minishift").isEmpty()) {
            LOG.info(
                    "Using crc from the PATH, since there is no minishift; <engine> (-Dcdk.engine=…) selects another engine");
            return Choice.CRC;
        }
        if (local) {
            LOG.info(
                    "minishift and crc are both on the PATH; using minishift. <engine>crc</engine> (-Dcdk.engine=crc) selects the other one");
        }
        // Where neither is there, minishift's own message says so, once a goal needs a program at all.
        return Choice.MINISHIFT;
    }

    private static ProblemException several(Map<Choice, Optional<Path>> named) {
        List<String> parameters = named.keySet().stream()
                .map(choice -> choice == Choice.CLUSTER ? "kubeconfig" : choice.toString())
                .toList();
        return Problem.of(
                        "<" + String.join("> and <", parameters) + "> are given; cannot determine which engine to use.",
                        named.keySet().stream()
                                        .map(choice -> "<engine>" + choice + "</engine>")
                                        .collect(Collectors.joining(" or "))
                                + " (-Dcdk.engine=…), or remove all but one of them")
                .with(named.values().stream()
                        .map(path -> path.map(Path::toString).orElse(""))
                        .toList())
                .toException();
    }
}
