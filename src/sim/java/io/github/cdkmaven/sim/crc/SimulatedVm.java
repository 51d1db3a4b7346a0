package io.github.cdkmaven.sim.crc;

import io.github.cdkmaven.sim.cluster.LoopbackAddress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.ClusterProcess;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.KubeconfigFile;
import io.github.cdkmaven.sim.minishift.World;
import io.github.cdkmaven.sim.minishift.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The virtual machine {@code crc}: it lives with the hypervisor, outside {@code ~/.crc}, with its disk and its cluster. */
final class SimulatedVm {

    private static final int API_PORT = 6443;
    private static final List<String> NAMES = List.of("api.crc.testing", "api-int.crc.testing");

    private final CrcRun run;
    private final Path folder;
    private final ClusterProcess cluster;

    SimulatedVm(CrcRun run) {
        this.run = run;
        this.folder = run.world().folder().resolve("vm/crc");
        this.cluster = new ClusterProcess(run.world(), folder.resolve("cluster"));
    }

    private Path stateFile() {
        return folder.resolve("state.json");
    }

    private ObjectNode state() {
        return JsonFile.read(stateFile());
    }

    boolean isRunning() {
        return state().path("running").asBoolean();
    }

    void running(boolean running) {
        JsonFile.write(stateFile(), state().put("running", running));
    }

    /** A new one. */
    void create(SimulatedBundle bundle) {
        JsonFile.write(
                stateFile(),
                JsonFile.object()
                        .put("bundle", bundle.name())
                        .put("preset", bundle.preset())
                        .put("version", bundle.version())
                        .put("running", false));
    }

    String text(String name) {
        return state().path(name).asText();
    }

    boolean isMicroshift() {
        return text("preset").equals("microshift");
    }

    /**
     * Where its API listens, port 6443. A real one is reached at 127.0.0.1 in network mode user, and at 192.168.130.11 in
     * mode system; here each world has a loopback address of its own, so that several can run at once.
     */
    String address() {
        return address(run.world());
    }

    static String address(World world) {
        Path file = world.folder().resolve("address");
        String known = DotCrc.read(file);
        if (known.isEmpty()) {
            known = LoopbackAddress.free(128, 192, API_PORT);
            DotCrc.write(file, known, "rw-------");
        }
        return known;
    }

    boolean answers() {
        return cluster.isRunning();
    }

    /** Boots what the VM holds; its API answers when this returns. */
    void bootCluster() {
        ObjectNode settings = JsonFile.object()
                .put("openshift", text("version"))
                .put("ip", address())
                .put("port", API_PORT)
                .put("payload", true);
        if (!run.world().setting("apiByAddress").asBoolean()) {
            NAMES.forEach(settings.withArray("serverNames")::add);
        }
        if (run.world().setting("samples").asText().isEmpty()) {
            settings.put("smallSamples", true);
        } else {
            settings.set("samples", run.world().setting("samples"));
        }
        settings.set("local", plan());
        cluster.start(settings);
        JsonFile.write(
                stateFile(),
                state().put("authority", cluster.announcement().path("ca").asText()));
    }

    private ObjectNode plan() {
        ObjectNode plan = JsonFile.object();
        plan.set("settleSeconds", run.world().setting("settleSeconds"));
        plan.set("rollOutSeconds", run.world().setting("rollOutSeconds"));
        plan.set("troubles", run.world().setting("crcFaults"));
        return plan;
    }

    /** Lets a cluster that runs ail from what the world now says. */
    void ail() {
        if (cluster.isRunning()) {
            cluster.ask("PUT", "local/plan", plan().toString());
        }
    }

    /** Lets the operators come to their end. */
    void settle() {
        cluster.ask("PUT", "local/settled", "");
    }

    void endCluster() {
        cluster.stop();
    }

    /** The operators and the node's disk, as the cluster writes them down. */
    JsonNode inside() {
        return JsonFile.read(folder.resolve("cluster/state/inside.json"));
    }

    void pullSecret(String content) {
        cluster.ask("PUT", "local/pull-secret", content);
    }

    void addImage(String name) {
        cluster.ask("PUT", "local/image", name);
    }

    void removeImage(String name) {
        cluster.ask("PUT", "local/no-image", name);
    }

    void enableKubelet() {
        cluster.ask("PUT", "local/kubelet", "");
    }

    /** {@code machines/crc/kubeconfig}: written once, by the first start. */
    void writeKubeconfig() {
        Path file = run.folder().kubeconfig();
        if (Files.exists(file)) {
            return;
        }
        KubeconfigFile own =
                KubeconfigFile.parse(cluster.announcement().path("kubeconfigYaml").asText());
        JsonNode context = own.find("contexts", own.currentContext()).orElseThrow();
        String ca = own.find("clusters", context.path("cluster").asText())
                .orElseThrow()
                .path("certificate-authority-data")
                .asText();
        JsonNode user = own.find("users", context.path("user").asText()).orElseThrow();
        DotCrc.secret(
                file,
                """
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority-data: %s
                    server: %s
                  name: crc
                contexts:
                - context:
                    cluster: crc
                    user: admin
                  name: admin
                current-context: admin
                kind: Config
                preferences: {}
                users:
                - name: admin
                  user:
                    client-certificate-data: %s
                    client-key-data: %s
                """.formatted(
                        ca,
                        server(),
                        user.path("client-certificate-data").asText(),
                        user.path("client-key-data").asText()));
    }

    /** What the kubeconfigs name. */
    String server() {
        String host = run.world().setting("apiByAddress").asBoolean() ? address() : NAMES.get(0);
        return "https://" + host + ":" + API_PORT;
    }

    /** The cluster's authority, PEM; empty before its first start. */
    String authority() {
        return text("authority");
    }

    /** Takes the machine away, whatever state it is in. */
    void remove() {
        cluster.stop();
        DotCrc.remove(folder);
    }
}
