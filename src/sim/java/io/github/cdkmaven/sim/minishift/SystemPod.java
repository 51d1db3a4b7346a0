package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A pod of the platform as the API shows it: what runs where, and out of which image. */
final class SystemPod {

    private static final Map<String, String> NAMESPACES = Map.of(
            "docker-registry", "default",
            "haproxy-router", "default",
            "web-console", "openshift-web-console",
            "service-serving-cert-signer", "openshift-service-cert-signer",
            "hyperkube", "kube-system",
            "control-plane", "kube-system",
            "hypershift", "openshift-apiserver");

    private SystemPod() {}

    /** Whether a component runs as a pod that the API shows. */
    static boolean isShown(String component) {
        return NAMESPACES.containsKey(component);
    }

    static ObjectNode of(PlatformImage running) {
        String component = running.component();
        ObjectNode pod = JsonFile.object().put("kind", "Pod").put("apiVersion", "v1");
        pod.putObject("metadata").put("namespace", NAMESPACES.get(component)).put("name", component + "-1-x7k2p");
        pod.putObject("spec")
                .putArray("containers")
                .addObject()
                .put("name", component)
                .put("image", running.name());
        ObjectNode status = pod.putObject("status").put("phase", "Running");
        status.putArray("containerStatuses")
                .addObject()
                .put("name", component)
                .put("ready", true)
                .put("image", running.pulled())
                .put("imageID", running.imageId());
        return pod;
    }
}
