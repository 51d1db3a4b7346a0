package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The OpenShift 3 that minishift brings up in a VM. */
final class VmCluster implements Cluster {

    private final World world;
    private final ClusterProcess process;

    VmCluster(World world, Vm vm) {
        this.world = world;
        this.process = new ClusterProcess(world, vm.clusterFolder());
    }

    @Override
    public void start(Request request) {
        ObjectNode settings = JsonFile.object();
        settings.put("openshift", request.openshift().text())
                .put("ip", request.address())
                .put("port", 8443);
        world.imageStreams().forEach(settings.putArray("imageStreams")::add);
        request.admins().forEach(settings.putArray("admins")::add);
        request.whitelist()
                .ifPresent(entries -> settings.set(
                        "whitelist", Yaml.read("{\"entries\":" + entries + "}").get("entries")));
        process.start(settings);
        pods(pods(request).toString());
    }

    /** The cluster's own pods, each with the image that cluster up gave it. */
    private static ArrayNode pods(Request request) {
        ArrayNode pods = JsonFile.mapper().createArrayNode();
        request.images().stream()
                .filter(image -> SystemPod.isShown(image.component()))
                .forEach(image -> pods.add(SystemPod.of(image)));
        return pods;
    }

    @Override
    public boolean isRunning() {
        return process.isRunning();
    }

    @Override
    public void stop() {
        process.stop();
    }

    @Override
    public String kubeconfig() {
        return process.announcement().path("kubeconfigYaml").asText();
    }

    @Override
    public void whitelist(String entries) {
        process.ask("PUT", "whitelist", entries);
    }

    @Override
    public void additionalAuthorities(String pem) {
        process.ask("PUT", "authorities", pem);
    }

    @Override
    public JsonNode pullSecrets(String namespace, String use) {
        return Yaml.read(process.ask("GET", "secrets/" + namespace + "/" + use, ""))
                .path("secrets");
    }

    @Override
    public void notReadyFor(int requests) {
        process.notReadyFor(requests);
    }

    @Override
    public void pods(String pods) {
        process.ask("PUT", "pods", pods);
    }
}
