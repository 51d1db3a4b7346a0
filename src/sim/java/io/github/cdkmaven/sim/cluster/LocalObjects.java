package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a bundle of OpenShift Local holds beside the objects of every OpenShift 4 (snc {@code install-config.yaml}, {@code
 * snc.sh}, {@code createdisk.sh}, release-4.19).
 */
final class LocalObjects {

    static final String CONFIG = ".config.openshift.io";
    static final String OPERATORS = "clusteroperators" + CONFIG;
    static final String HUBS = "operatorhubs" + CONFIG;
    static final String CATALOGS = "catalogsources.operators.coreos.com";
    static final String POOLS = "machineconfigpools.machineconfiguration.openshift.io";
    static final String MACHINE_CONFIGS = "machineconfigs.machineconfiguration.openshift.io";

    private static final String PAYLOAD = "quay.io/openshift-release-dev/ocp-v4.0-art-dev";
    private static final String APPS = "apps-crc.testing";
    private static final List<String> DEFAULT_CATALOGS =
            List.of("certified-operators", "community-operators", "redhat-marketplace", "redhat-operators");

    /** Those whose operands run on every such cluster; that of the samples has its own writer. */
    private static final List<String> NAMES = List.of(
            "authentication",
            "config-operator",
            "console",
            "dns",
            "etcd",
            "image-registry",
            "ingress",
            "kube-apiserver",
            "kube-controller-manager",
            "kube-scheduler",
            "kube-storage-version-migrator",
            "machine-api",
            "machine-approver",
            "machine-config",
            "marketplace",
            "network",
            "node-tuning",
            "openshift-apiserver",
            "openshift-controller-manager",
            "operator-lifecycle-manager",
            "operator-lifecycle-manager-catalog",
            "operator-lifecycle-manager-packageserver",
            "service-ca");

    private final ObjectStore store;
    private final OpenShiftRules version;

    LocalObjects(ObjectStore store, OpenShiftRules version) {
        this.store = store;
        this.version = version;
    }

    void install() {
        configuration();
        NAMES.forEach(name -> operator(name, true, false, false));
        catalogs();
        secret("pull-secret", "kubernetes.io/dockerconfigjson", ".dockerconfigjson", "{}");
        secret("htpass-secret", "Opaque", "htpasswd", "developer:$2a$10$simulated");
        configMap("registry-certs", "default-route-openshift-image-registry." + APPS, "the router's authority");
        configMap("admin-kubeconfig-client-ca", "ca-bundle.crt", "an authority for clients");
        node();
        pods();
        ObjectNode ssh = object("99-master-ssh");
        Json.child(ssh, "metadata")
                .putObject("labels")
                .put("machineconfiguration.openshift.io/role", "master");
        ssh.putObject("spec").putObject("config").putObject("ignition").put("version", "3.2.0");
        store.put(MACHINE_CONFIGS, ssh);
    }

    private void configuration() {
        ObjectNode image = object("cluster");
        image.putObject("spec").putObject("additionalTrustedCA").put("name", "registry-certs");
        image.putObject("status")
                .put("internalRegistryHostname", "image-registry.openshift-image-registry.svc:5000")
                .putArray("externalRegistryHostnames")
                .add("default-route-openshift-image-registry." + APPS);
        store.put("images" + CONFIG, image);
        store.put(HUBS, hub());
        ObjectNode ingress = object("cluster");
        ingress.putObject("spec").put("domain", APPS);
        store.put("ingresses" + CONFIG, ingress);
        ObjectNode console = object("cluster");
        console.putObject("status").put("consoleURL", "https://console-openshift-console." + APPS);
        store.put("consoles" + CONFIG, console);
        store.get("infrastructures" + CONFIG, "", "cluster").ifPresent(found -> {
            Json.child(found, "status")
                    .put("apiServerURL", "https://api.crc.testing:6443")
                    .put("apiServerInternalURI", "https://api-int.crc.testing:6443")
                    .put("infrastructureName", "crc-sim");
            store.put("infrastructures" + CONFIG, found);
        });
        store.get("clusterversions" + CONFIG, "", "version").ifPresent(found -> {
            for (String name : List.of("cluster-monitoring-operator", "cluster-autoscaler-operator")) {
                Json.children(Json.child(found, "spec"), "overrides")
                        .addObject()
                        .put("kind", "Deployment")
                        .put("name", name)
                        .put("unmanaged", true);
            }
            store.put("clusterversions" + CONFIG, found);
        });
    }

    private static ObjectNode hub() {
        ObjectNode hub = object("cluster");
        hub.putObject("spec");
        hub.putObject("status").putArray("sources");
        return hub;
    }

    /** The default catalogs, as the marketplace operator keeps them: there unless they are switched off. */
    void catalogs() {
        boolean off = areCatalogsOff();
        for (String name : DEFAULT_CATALOGS) {
            if (off) {
                store.delete(CATALOGS, "openshift-marketplace", name);
            } else {
                ObjectNode source = object(name);
                Json.child(source, "metadata").put("namespace", "openshift-marketplace");
                source.putObject("spec")
                        .put("sourceType", "grpc")
                        .put("image", "registry.redhat.io/redhat/" + name.replaceFirst("s$", "") + "-index:v4."
                                + version.minor());
                store.create(CATALOGS, source);
            }
        }
    }

    boolean areCatalogsOff() {
        return store.get(HUBS, "", "cluster")
                .map(hub -> hub.path("spec").path("disableAllDefaultSources").asBoolean())
                .orElse(false);
    }

    /** Writes what an operator says of itself. */
    void operator(String name, boolean available, boolean progressing, boolean degraded) {
        ObjectNode object = object(name);
        object.putObject("spec");
        ObjectNode status = object.putObject("status");
        condition(status, "Available", available);
        condition(status, "Progressing", progressing);
        condition(status, "Degraded", degraded);
        condition(status, "Upgradeable", true);
        Json.children(status, "versions").addObject().put("name", "operator").put("version", version.text());
        store.put(OPERATORS, object);
    }

    static void condition(ObjectNode status, String type, boolean on) {
        Json.children(status, "conditions")
                .addObject()
                .put("lastTransitionTime", "2026-11-28T00:30:00Z")
                .put("status", on ? "True" : "False")
                .put("type", type);
    }

    private void secret(String name, String type, String key, String content) {
        ObjectNode secret = object(name).put("type", type);
        Json.child(secret, "metadata").put("namespace", "openshift-config");
        secret.putObject("data").put(key, base64(content));
        store.put("secrets", secret);
    }

    private void configMap(String name, String key, String content) {
        ObjectNode map = object(name);
        Json.child(map, "metadata").put("namespace", "openshift-config");
        map.putObject("data").put(key, content);
        store.put("configmaps", map);
    }

    private void node() {
        ObjectNode node = object("crc");
        ObjectNode status = node.putObject("status");
        condition(status, "Ready", true);
        // The kubelet names 50 images at most.
        images(version.text()).stream()
                .limit(50)
                .forEach(image -> Json.children(status, "images")
                        .addObject()
                        .putArray("names")
                        .add(image));
        store.put("nodes", node);
    }

    private void pods() {
        for (String name : List.of("authentication", "console", "image-registry", "openshift-apiserver")) {
            ObjectNode pod = object(name + "-operator-6d9c");
            Json.child(pod, "metadata").put("namespace", "openshift-" + name + "-operator");
            String image = payload(name, version.text());
            pod.putObject("spec")
                    .putArray("containers")
                    .addObject()
                    .put("name", name)
                    .put("image", image);
            pod.putObject("status")
                    .put("phase", "Running")
                    .putArray("containerStatuses")
                    .addObject()
                    .put("name", name)
                    .put("image", image)
                    .put("imageID", image)
                    .put("ready", true);
            store.put("pods", pod);
        }
    }

    /** What the VM's storage holds from the bundle. */
    static List<String> images(String release) {
        List<String> images = new ArrayList<>();
        NAMES.forEach(name -> images.add(payload(name, release)));
        for (String name : NAMES) {
            images.add(payload(name + "-operand", release));
            images.add(payload(name + "-sidecar", release));
        }
        images.add("quay.io/crcont/routes-controller:" + release);
        images.add("registry.redhat.io/container-native-virtualization/hostpath-csi-driver-rhel9:v4.15");
        return List.copyOf(images);
    }

    private static String payload(String name, String release) {
        return PAYLOAD + "@" + TinyImage.digest((name + release).getBytes(StandardCharsets.UTF_8));
    }

    static ObjectNode object(String name) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name).put("generation", 1);
        return object;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
