package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What a cluster holds when its first user comes: what {@code oc cluster up} makes, or the installer of OpenShift 4. */
final class FirstObjects {

    private static final String CONFIG = ".config.openshift.io";
    private static final String DOMAIN = "ocp.corp.example";
    private static final String RELEASE = "quay.io/openshift-release-dev/ocp-release@sha256:" + "0".repeat(64);

    private final ObjectStore store;
    private final OpenShiftRules version;

    FirstObjects(ObjectStore store, OpenShiftRules version) {
        this.store = store;
        this.version = version;
    }

    void create() {
        List.of("default", "kube-system", "myproject", "openshift", "openshift-infra")
                .forEach(this::namespace);
        if (version.isFour()) {
            List.of(
                            "openshift-config",
                            "openshift-config-managed",
                            "openshift-apiserver",
                            "openshift-cluster-samples-operator",
                            "openshift-cluster-version",
                            "openshift-image-registry")
                    .forEach(this::namespace);
            configuration();
        }
    }

    /** What the samples operator of a bundle left: all streams imported, and a Config that says Managed. */
    void samples(List<ObjectNode> assets, StreamRegistry streams) {
        assets.forEach(asset -> streams.loadWithStatus(
                SampleStreams.imported(SampleStreams.owned(asset, version.text()))));
        ObjectNode config = object("cluster");
        Json.child(config, "metadata").putArray("finalizers").add("samples.operator.openshift.io/finalizer");
        config.putObject("spec")
                .put("managementState", "Managed")
                .putArray("architectures")
                .add("x86_64");
        store.create(SamplesOperator.CONFIGS, config);
        new SamplesStatus(store).state("Managed", version.text());
    }

    void namespace(String name) {
        for (String kind : List.of("namespaces", "projects")) {
            ObjectNode namespace = Json.object();
            namespace.putObject("metadata").put("name", name);
            namespace.putObject("status").put("phase", "Active");
            store.create(kind, namespace);
        }
        if (!version.isFour()) {
            ServiceAccounts.create(store, name);
        }
    }

    private void configuration() {
        ObjectNode image = object("cluster");
        Json.child(Json.child(image, "metadata"), "annotations")
                .put("include.release.openshift.io/self-managed-high-availability", "true")
                .put("release.openshift.io/create-only", "true");
        image.putObject("spec");
        store.create("images" + CONFIG, image);
        store.create("clusterversions" + CONFIG, clusterVersion());
        ObjectNode infrastructure = object("cluster");
        infrastructure.putObject("spec").putObject("platformSpec").put("type", "None");
        infrastructure
                .putObject("status")
                .put("apiServerURL", "https://api." + DOMAIN + ":6443")
                .put("apiServerInternalURI", "https://api-int." + DOMAIN + ":6443")
                .put("controlPlaneTopology", "SingleReplica")
                .put("infrastructureName", "ocp-sim")
                .put("platform", "None");
        store.create("infrastructures" + CONFIG, infrastructure);
        ObjectNode console = object("cluster");
        console.putObject("status").put("consoleURL", "https://console-openshift-console.apps." + DOMAIN);
        store.create("consoles" + CONFIG, console);
        ObjectNode proxy = object("cluster");
        proxy.putObject("spec").putObject("trustedCA").put("name", "");
        proxy.putObject("status");
        store.create("proxies" + CONFIG, proxy);
        for (String operator : List.of("authentication", "console", "image-registry", "openshift-apiserver")) {
            store.create("clusteroperators" + CONFIG, clusterOperator(operator));
        }
        store.create("clusteroperators" + CONFIG, SamplesStatus.manifest());
        ObjectNode pullSecret = object("pull-secret").put("type", "kubernetes.io/dockerconfigjson");
        Json.child(pullSecret, "metadata").put("namespace", "openshift-config");
        pullSecret
                .putObject("data")
                .put(
                        ".dockerconfigjson",
                        Base64.getEncoder().encodeToString("{\"auths\":{}}".getBytes(StandardCharsets.UTF_8)));
        store.create("secrets", pullSecret);
    }

    private ObjectNode clusterVersion() {
        ObjectNode object = object("version");
        object.putObject("spec")
                .put("channel", "stable-" + version.major() + "." + version.minor())
                .put("clusterID", "00000000-0000-4000-8000-000000000000");
        ObjectNode status = object.putObject("status").putNull("availableUpdates");
        status.putObject("desired").put("image", RELEASE).put("version", version.text());
        status.putArray("history")
                .addObject()
                .put("completionTime", "2026-11-28T00:30:00Z")
                .put("image", RELEASE)
                .put("startedTime", "2026-11-28T00:00:00Z")
                .put("state", "Completed")
                .put("verified", true)
                .put("version", version.text());
        status.put("observedGeneration", 1).put("versionHash", "sim=");
        return object;
    }

    /** An operator that has nothing to do. */
    private ObjectNode clusterOperator(String name) {
        ObjectNode object = object(name);
        object.putObject("spec");
        ObjectNode status = object.putObject("status");
        for (String type : List.of("Available", "Progressing", "Degraded")) {
            Json.children(status, "conditions")
                    .addObject()
                    .put("lastTransitionTime", "2026-11-28T00:30:00Z")
                    .put("status", "Available".equals(type) ? "True" : "False")
                    .put("type", type);
        }
        Json.children(status, "versions").addObject().put("name", "operator").put("version", version.text());
        return object;
    }

    private static ObjectNode object(String name) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name).put("generation", 1);
        return object;
    }
}
