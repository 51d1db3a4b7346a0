package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.openshift.Login;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Speaks to a cluster of whose kubeconfig a test has the JSON, one plain call at a time. */
public final class ApiOf {

    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final OpenShiftApi api;

    private ApiOf(OpenShiftApi api) {
        this.api = api;
    }

    public static ApiOf kubeconfig(String json) {
        return new ApiOf(new OpenShiftApi(Kubeconfig.parse(json, Path.of("kubeconfig"))));
    }

    /** Logged in to a cluster by somebody's token. */
    public static ApiOf user(SimulatedCluster cluster, String user) {
        return new ApiOf(new OpenShiftApi(Kubeconfig.parse(cluster.kubeconfigJson(), Path.of("kubeconfig"))
                .anonymous()
                .withToken(cluster.token(user))));
    }

    /** Logged in as {@code cdk:start} does, as an administrator who may move the streams of namespace openshift. */
    public static ApiOf administrator(String json) {
        ClusterAccess cluster = Kubeconfig.parse(json, Path.of("kubeconfig"));
        return new ApiOf(Login.asAdministrator(
                new OpenShiftApi(cluster.anonymous()),
                cluster,
                Permission.toMove(List.of("openshift")),
                Deadline.in(LIMIT)));
    }

    /** A token of a user whom the cluster lets in. */
    public static String token(String kubeconfig, String user) {
        return Login.token(
                        new OpenShiftApi(Kubeconfig.parse(kubeconfig, Path.of("kubeconfig"))
                                .anonymous()),
                        user)
                .orElseThrow();
    }

    public OpenShiftApi api() {
        return api;
    }

    /** An answer's body, whatever its status. */
    public JsonNode get(String path) throws IOException {
        return api.get(path, LIMIT).body();
    }

    /** The answer's status. */
    public int put(String path, JsonNode body) throws IOException {
        return api.put(path, body, LIMIT).status();
    }

    /** The answer's status. */
    public int post(String path, JsonNode body) throws IOException {
        return api.post(path, body, LIMIT).status();
    }
}
