package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.oc.Oc;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The kubeconfigs that a start touches: the profile's own, the one that minishift merges into, and the one that
 * {@code oc login} follows, which up to 1.25 need not be the same (minishift#2870).
 */
final class Kubeconfigs {

    private static final String USER = "developer";

    private final Session session;

    Kubeconfigs(Session session) {
        this.session = session;
    }

    String clusterName() {
        return session.vm().ip().replace('.', '-') + ":8443";
    }

    /** Where minishift itself merges the cluster's entries. */
    private Path merged() {
        String named = session.call().env("KUBECONFIG");
        if (session.generation().honoursKubeconfig() && !named.isEmpty()) {
            String[] files = named.split(":");
            return Path.of(files[files.length - 1]);
        }
        return session.world().accountHome().resolve(".kube/config");
    }

    /** After the first start: the profile's file, readable by everybody, and the merge of it. */
    void writeSystemAdmin() {
        KubeconfigFile systemAdmin = KubeconfigFile.parse(session.cluster().kubeconfig());
        systemAdmin.write(session.home().kubeconfig(), "rw-r--r--");
        KubeconfigFile target = KubeconfigFile.read(merged());
        target.merge(systemAdmin);
        target.write(merged(), "rw-------");
    }

    /** Whether {@code oc login} will find the cluster's CA in the file that it follows. */
    boolean knowsCluster() {
        boolean same = Oc.kubeconfigFile(session.call()).equals(merged());
        return same
                || Oc.kubeconfig(session.call()).find("clusters", clusterName()).isPresent();
    }

    /** Logs the developer in through {@code oc} and makes the profile's name the current context. */
    void setContext() {
        ByteArrayOutputStream swallowed = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(swallowed, true, StandardCharsets.UTF_8);
        String openshift = session.openshift().text();
        Call call = session.call();
        if (Oc.run(
                        quietly(
                                call,
                                nowhere,
                                List.of(
                                        "login",
                                        "-u=" + USER,
                                        "-p=developer",
                                        session.vm().ip() + ":8443")),
                        openshift)
                != 0) {
            throw new IllegalStateException("Unable to login to cluster");
        }
        KubeconfigFile kubeconfig = Oc.kubeconfig(call);
        ObjectNode context = JsonFile.object().put("cluster", clusterName());
        context.put("namespace", "myproject").put("user", USER + "/" + clusterName());
        kubeconfig.put("contexts", session.profile(), context);
        kubeconfig.use(session.profile());
        kubeconfig.write(Oc.kubeconfigFile(call), "rw-------");
    }

    private static Call quietly(Call call, PrintStream out, List<String> arguments) {
        return new Call(call.world(), arguments, call.environment(), call.in(), out, call.err());
    }

    void forgetCluster() {
        KubeconfigFile kubeconfig = KubeconfigFile.read(merged());
        if (kubeconfig.forget(clusterName())) {
            kubeconfig.write(merged(), "rw-------");
        }
    }
}
