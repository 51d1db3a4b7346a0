package io.github.cdkmaven.cluster;

import io.github.cdkmaven.openshift.ClusterFacts;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.process.Beside;
import io.github.cdkmaven.process.CommandRunner;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The way to a cluster by a kubeconfig, and what is told there of the cluster and the user. Each is found out once, beside what else a goal does:
 * in a JVM that has only just started, the first answer takes as long as all other work of a goal that changes nothing.
 *
 * <p>One client serves all, since each connection costs a handshake.
 */
public final class ClusterLogin {

    private final Path kubeconfig;
    private final Optional<String> context;
    private final CommandRunner runner;
    private Optional<Beside<OpenShiftApi>> client = Optional.empty();
    private Optional<Beside<ClusterFacts>> facts = Optional.empty();

    /**
     * A login of which nothing is read or asked yet.
     *
     * @param kubeconfig the file that names the cluster and the login
     * @param context its context; absent for the current one
     * @param runner runs the context's {@code exec} plug-in
     */
    public ClusterLogin(Path kubeconfig, Optional<String> context, CommandRunner runner) {
        this.kubeconfig = kubeconfig;
        this.context = context;
        this.runner = runner;
    }

    /** The same, of which nothing is read or asked yet; by another context, if one is named. */
    public ClusterLogin anew(Optional<String> other) {
        return new ClusterLogin(kubeconfig, other.or(() -> context), runner);
    }

    /** Begins to read and to ask. A failure shows when it has to be known. */
    public void begin() {
        asking();
    }

    private synchronized Beside<OpenShiftApi> reading() {
        Beside<OpenShiftApi> reading = client.orElseGet(() -> Beside.begin(
                "cdk-kubeconfig",
                () -> new OpenShiftApi(Kubeconfig.read(kubeconfig.toString(), context, runner, System.getenv()))));
        client = Optional.of(reading);
        return reading;
    }

    private synchronized Beside<ClusterFacts> asking() {
        Beside<OpenShiftApi> reading = reading();
        Beside<ClusterFacts> asking =
                facts.orElseGet(() -> Beside.begin("cdk-cluster", () -> ClusterFacts.of(reading.get())));
        facts = Optional.of(asking);
        return asking;
    }

    /** The file that names the cluster and the login. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /**
     * A client for the cluster.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the kubeconfig cannot be used
     */
    OpenShiftApi api() {
        return reading().get();
    }

    /**
     * What the cluster is, and who is logged in.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the kubeconfig cannot be used, if the cluster cannot be asked, or if nobody is logged in
     */
    ClusterFacts facts() {
        return asking().get();
    }
}
