package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a simulated cluster as a process of its own, for launchers that end before their VM does.
 *
 * <p>The only argument is a JSON file with the settings of {@link SimulatedCluster.Builder}, each of them optional:
 *
 * <pre>{@code
 * {"openshift": "v3.9.31", "ip": "127.0.0.1", "port": 0, "stateDirectory": "dir", "imageStreams": ["list.json"],
 *  "admins": ["admin"], "whitelist": [{"domainName": "*.redhat.com", "insecure": false}],
 *  "hosts": {"registry.corp.example:5000": "127.0.0.1:41231"}, "trust": ["ca.pem"], "pacing": true,
 *  "importController": true, "integratedRegistry": "172.30.1.1:5000", "registryTimeoutSeconds": 15,
 *  "samples": "assets.json", "smallSamples": true, "payload": true, "serverNames": ["api.crc.testing"],
 *  "local": {"settleSeconds": 0, "rollOutSeconds": 0, "troubles": []}, "editors": {"jane": ["myproject"]}, "pathPrefix": "/k8s/clusters/c-1",
 *  "journal": "requests.jsonl", "faults": {"imports": ["CONFLICT"], "notReady": 3, "namespacesWithoutRights": []}}
 * }</pre>
 *
 * <p>Once it listens it writes {@code <file>.ready}, private to the user:
 * {@code {"url": …, "pid": …, "simToken": …, "ca": PEM, "kubeconfigYaml": …, "kubeconfigJson": …}}. It ends when the
 * settings file disappears, after an hour without a request, or by {@code POST /sim/shutdown} (see {@link SimEndpoint}).
 */
public final class ClusterDaemon {

    private static final Duration IDLE = Duration.ofMinutes(60);

    private ClusterDaemon() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        run(Path.of(args[0]), () -> {});
    }

    /** @param whenReady told when the file that others wait for is there */
    static void run(Path file, Runnable whenReady) throws IOException, InterruptedException {
        String token = UUID.randomUUID().toString();
        CountDownLatch ended = new CountDownLatch(1);
        Path ready = file.resolveSibling(file.getFileName() + ".ready");
        SimulatedCluster.Builder builder = configured(Json.read(Files.readAllBytes(file)));
        try (SimulatedCluster cluster =
                builder.simulation(token, ended::countDown).start()) {
            announce(ready, cluster, token);
            whenReady.run();
            Instant started = Instant.now();
            while (!ended.await(500, TimeUnit.MILLISECONDS) && Files.exists(file) && !isIdle(cluster, started)) {
                // Nothing to do but to look again.
            }
        } finally {
            Files.deleteIfExists(ready);
        }
    }

    /** A builder with the settings of a file. */
    static SimulatedCluster.Builder configured(JsonNode config) throws IOException {
        SimulatedCluster.Builder builder = SimulatedCluster.builder()
                .openshift(config.path("openshift").asText("v3.9.31"))
                .bind(config.path("ip").asText("127.0.0.1"), config.path("port").asInt(0))
                .pacing(config.path("pacing").asBoolean(true))
                .importController(config.path("importController").asBoolean(true))
                .registryTimeout(
                        Duration.ofSeconds(config.path("registryTimeoutSeconds").asLong(15)))
                .faults(ClusterFaults.fromJson(config.path("faults")));
        for (JsonNode list : config.path("imageStreams")) {
            builder.imageStreams(Path.of(list.asText()));
        }
        for (JsonNode pem : config.path("trust")) {
            builder.trust(Files.readString(Path.of(pem.asText())));
        }
        if (config.has("integratedRegistry")) {
            builder.integratedRegistry(config.path("integratedRegistry").asText());
        }
        if (config.has("samples")) {
            builder.samples(Json.read(Files.readAllBytes(Path.of(config.path("samples").asText()))));
        }
        if (config.has("serverNames")) {
            builder.serverNames(Json.texts(config, "serverNames").toArray(String[]::new));
        }
        if (config.has("local")) {
            builder.local(LocalPlan.fromJson(config.path("local")));
        }
        if (config.path("smallSamples").asBoolean()) {
            builder.samples(SampleStreams.small());
        }
        if (config.path("payload").asBoolean()) {
            builder.payload();
        }
        config.path("editors").properties().forEach(editor -> builder.editor(
                editor.getKey(), Json.texts(config.path("editors"), editor.getKey()).toArray(String[]::new)));
        builder.pathPrefix(config.path("pathPrefix").asText());
        if (config.has("stateDirectory")) {
            builder.stateDirectory(Path.of(config.path("stateDirectory").asText()));
        }
        if (config.has("journal")) {
            builder.journal(Path.of(config.path("journal").asText()));
        }
        if (config.has("admins")) {
            List<String> admins = Json.texts(config, "admins");
            builder.admins(admins.toArray(String[]::new));
        }
        if (config.path("whitelist").isArray()) {
            builder.whitelist(ClusterOptions.registries(config.path("whitelist")));
        }
        Map<String, String> hosts = new HashMap<>();
        config.path("hosts")
                .properties()
                .forEach(host -> hosts.put(host.getKey(), host.getValue().asText()));
        return builder.hosts(hosts);
    }

    private static void announce(Path ready, SimulatedCluster cluster, String token) throws IOException {
        ObjectNode content = Json.object()
                .put("url", cluster.url().toString())
                .put("pid", ProcessHandle.current().pid())
                .put("simToken", token)
                .put("ca", cluster.caPem())
                .put("kubeconfigYaml", cluster.kubeconfigYaml())
                .put("kubeconfigJson", cluster.kubeconfigJson());
        Path temporary = ready.resolveSibling(ready.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        if (temporary.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(temporary, Json.write(content), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Files.move(temporary, ready, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isIdle(SimulatedCluster cluster, Instant started) {
        Instant last = cluster.state().lastRequest().orElse(started);
        return last.plus(IDLE).isBefore(Instant.now());
    }
}
