package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.List;

/**
 * The service accounts that every project has, and the pull secrets that a pod gets from its own: those that
 * {@code imagePullSecrets} names. A build is given those of {@code secrets} of the account {@code builder}.
 */
final class ServiceAccounts {

    private static final String KIND = "serviceaccounts";

    private ServiceAccounts() {}

    /** What OpenShift makes in a new project. The logins of its own registry are left out: nothing is pushed here. */
    static void create(ObjectStore store, String namespace) {
        for (String name : List.of("builder", "default", "deployer")) {
            ObjectNode account = Json.object();
            account.putObject("metadata").put("name", name).put("namespace", namespace);
            account.putArray("secrets").addObject().put("name", name + "-token-x7k2p");
            Json.children(account, "secrets").addObject().put("name", name + "-dockercfg-m4c9w");
            account.putArray("imagePullSecrets").addObject().put("name", name + "-dockercfg-m4c9w");
            store.create(KIND, account);
        }
    }

    /** The secrets that pods of a project pull with. */
    static List<ObjectNode> ofPods(ObjectStore store, String namespace) {
        return secrets(store, namespace, "default", "imagePullSecrets");
    }

    /** The secrets that builds of a project pull with. */
    static List<ObjectNode> ofBuilds(ObjectStore store, String namespace) {
        return secrets(store, namespace, "builder", "secrets");
    }

    private static List<ObjectNode> secrets(ObjectStore store, String namespace, String account, String list) {
        ObjectNode found = store.get(KIND, namespace, account)
                .orElseThrow(() -> ApiException.notFound("", KIND, account));
        return Json.objects(found, list).stream()
                .flatMap(named -> store.get("secrets", namespace, named.path("name").asText()).stream())
                .toList();
    }
}
