package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.openshift.ClusterAccess;
import io.github.cdkmaven.openshift.Kubeconfig;
import io.github.cdkmaven.openshift.Login;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Readiness;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.streams.StreamMoving;
import io.github.cdkmaven.streams.StreamOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Logs in to the CDK's cluster: its address and authority from minishift's own kubeconfig, its administrator through the API. */
final class ClusterLogin {

    private ClusterLogin() {}

    /** The cluster, as minishift itself speaks to it; waits until it answers. */
    static ClusterAccess cluster(CommandRunner runner, Path oc, MachineFiles files, Deadline deadline) {
        if (!Files.isReadable(files.kubeconfig())) {
            throw Problem.of(
                            "minishift has no kubeconfig for the cluster: an earlier start failed before it was written.",
                            "delete the half-made VM with " + files.goal("delete") + ", and start again")
                    .with("not there: " + files.kubeconfig())
                    .toException();
        }
        ClusterAccess cluster = Kubeconfig.read(runner, oc, files.kubeconfig(), Optional.empty());
        Readiness.await(new OpenShiftApi(cluster.anonymous()), deadline);
        return cluster;
    }

    /** The cluster's administrator, with the rights that an order takes. */
    static ClusterAccess administrator(ClusterAccess cluster, StreamOrder order, Deadline deadline) {
        return Login.asAdministrator(cluster, StreamMoving.rights(order), deadline);
    }
}
