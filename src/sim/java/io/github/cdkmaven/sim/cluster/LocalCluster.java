package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.LocalPlan.Trouble;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The operators that matter on the single node of OpenShift Local: those that settle after a start, the marketplace, and the
 * machine-config operator with its pool {@code master}.
 */
final class LocalCluster implements AutoCloseable {

    private static final long LOOK_MILLIS = 200;
    private static final String NODE = "simulated-node";
    private static final Set<String> REBOOTING = Set.of("machineconfigs", "kubeletconfigs", "containerruntimeconfigs");
    private static final List<String> SLOW = List.of("authentication", "console", "openshift-apiserver");

    private final ObjectStore store;
    private final RequestJournal journal;
    private final OpenShiftRules version;
    private volatile LocalPlan plan;
    private volatile boolean settled;
    private ObjectNode lastTold = Json.object();
    private final Optional<Path> told;
    private final Runnable reboot;
    private final LocalObjects objects;
    private final NodeFiles configuration;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "operators");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param told the file that what goes on inside is written to, for who would have to ask by TLS else
     * @param reboot what a reboot of the node does to its API
     */
    LocalCluster(
            ObjectStore store,
            RequestJournal journal,
            OpenShiftRules version,
            LocalPlan plan,
            Optional<Path> told,
            Runnable reboot) {
        this.told = told;
        this.store = store;
        this.journal = journal;
        this.version = version;
        this.plan = plan;
        this.reboot = reboot;
        this.objects = new LocalObjects(store, version);
        this.configuration = new NodeFiles(store, () -> this.plan.has(Trouble.QUAY_NEVER_BLOCKED));
    }

    /** What the bundle holds. */
    void install() {
        objects.install();
        Map<String, String> files = configuration.files();
        String name = rendered(files);
        ObjectNode pool = LocalObjects.object("master");
        pool.putObject("spec").putObject("configuration").put("name", name);
        ObjectNode status = pool.putObject("status").put("observedGeneration", 1).put("machineCount", 1);
        status.putObject("configuration").put("name", name);
        store.put(LocalObjects.POOLS, pool);
        conditions(true, false, false);
        disk(files);
    }

    /** The node has booted: some operators progress, and what has not been switched off asks the Internet. */
    void start() {
        for (String name : SLOW) {
            objects.operator(name, true, true, false);
        }
        later(plan.settling(), this::settle);
        journal.outside("2.rhel.pool.ntp.org", "time of the VM");
        if (!objects.areCatalogsOff()) {
            journal.outside("registry.redhat.io", "catalogs");
        }
        boolean channel = store.get("clusterversions" + LocalObjects.CONFIG, "", "version")
                .map(found -> !found.path("spec").path("channel").asText().isEmpty())
                .orElse(false);
        if (channel) {
            journal.outside("api.openshift.com", "update graph");
        }
        later(Duration.ZERO, this::notice);
        tell();
        // The samples operator speaks for itself.
        clock.scheduleWithFixedDelay(this::tell, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void settle() {
        settled = true;
        for (String name : SLOW) {
            boolean first = name.equals(SLOW.get(0));
            objects.operator(
                    name,
                    !(first && plan.has(Trouble.OPERATOR_UNAVAILABLE)),
                    first && plan.has(Trouble.OPERATORS_NEVER_SETTLE),
                    first && plan.has(Trouble.OPERATOR_DEGRADED));
        }
        tell();
    }

    /** Told of each change of an object that a request made. */
    void changed(String resource) {
        tell();
        if (REBOOTING.contains(resource) || configuration.reboots(version.minor())) {
            reboot.run();
            return;
        }
        if ("operatorhubs".equals(resource)) {
            objects.catalogs();
        }
        later(plan.rollOut().dividedBy(4), this::notice);
    }

    /** Between a change and this moment the pool still says that it is updated. */
    private void notice() {
        String wanted = rendered(configuration.files());
        ObjectNode pool = pool();
        if (wanted.equals(pool.path("spec").path("configuration").path("name").asText())) {
            return;
        }
        Json.child(Json.child(pool, "spec"), "configuration").put("name", wanted);
        int generation = pool.path("metadata").path("generation").asInt() + 1;
        Json.child(pool, "metadata").put("generation", generation);
        store.put(LocalObjects.POOLS, pool);
        conditions(false, true, isDegraded());
        later(plan.rollOut().multipliedBy(3).dividedBy(4), this::apply);
    }

    private void apply() {
        if (isDegraded() || plan.has(Trouble.POOL_NEVER_UPDATED) && isSecretOnDisk()) {
            return;
        }
        Map<String, String> files = configuration.files();
        if (plan.has(Trouble.PULL_SECRET_NOT_ON_DISK)) {
            return;
        }
        ObjectNode pool = pool();
        ObjectNode status = Json.child(pool, "status");
        status.put("observedGeneration", pool.path("metadata").path("generation").asInt());
        Json.child(status, "configuration").put("name", rendered(files));
        store.put(LocalObjects.POOLS, pool);
        disk(files);
        boolean degraded = plan.has(Trouble.KUBELET_UNIT_DISABLED) && !isKubeletEnabled();
        conditions(!degraded, false, degraded);
        later(Duration.ZERO, this::notice);
    }

    private boolean isDegraded() {
        return Json.find(pool().path("status"), "conditions", "type", "Degraded")
                .map(found -> "True".equals(found.path("status").asText()))
                .orElse(false);
    }

    private boolean isSecretOnDisk() {
        return node().path("files").path(NodeFiles.PULL_SECRET).asText().contains("auths");
    }

    private boolean isKubeletEnabled() {
        return node().path("kubeletEnabled").asBoolean();
    }

    private ObjectNode pool() {
        return store.get(LocalObjects.POOLS, "", "master").orElseGet(Json::object);
    }

    private void conditions(boolean updated, boolean updating, boolean degraded) {
        ObjectNode pool = pool();
        ObjectNode status = Json.child(pool, "status");
        status.putArray("conditions");
        LocalObjects.condition(status, "Updated", updated);
        LocalObjects.condition(status, "Updating", updating);
        LocalObjects.condition(status, "Degraded", degraded);
        LocalObjects.condition(status, "NodeDegraded", degraded);
        LocalObjects.condition(status, "RenderDegraded", false);
        if (degraded) {
            Json.find(status, "conditions", "type", "NodeDegraded")
                    .ifPresent(found -> found.put("reason", "1 nodes are reporting degraded status on sync")
                            .put(
                                    "message",
                                    "Node crc is reporting: \"unexpected on-disk state validating against "
                                            + pool.path("status").path("configuration").path("name").asText()
                                            + ": unit \\\"kubelet.service\\\" expected enabled=true, but systemd reports"
                                            + " \\\"disabled\\\"\""));
        }
        status.put("readyMachineCount", updated ? 1 : 0)
                .put("updatedMachineCount", updated ? 1 : 0)
                .put("degradedMachineCount", degraded ? 1 : 0);
        store.put(LocalObjects.POOLS, pool);
        objects.operator("machine-config", true, false, degraded);
        tell();
    }

    /** Stores a rendered configuration under a name that its content makes. */
    private String rendered(Map<String, String> files) {
        String name = "rendered-master-"
                + TinyImage.digest(files.toString().getBytes(StandardCharsets.UTF_8)).substring(7, 39);
        if (store.get(LocalObjects.MACHINE_CONFIGS, "", name).isEmpty()) {
            ObjectNode config = LocalObjects.object(name);
            ObjectNode storage = config.putObject("spec").putObject("config").putObject("storage");
            files.forEach((path, content) -> Json.children(storage, "files")
                    .addObject()
                    .put("path", path)
                    .putObject("contents")
                    .put("source", "data:text/plain;charset=utf-8;base64," + LocalObjects.base64(content)));
            store.create(LocalObjects.MACHINE_CONFIGS, config);
        }
        return name;
    }

    private ObjectNode node() {
        return store.get(NODE, "", "crc").orElseGet(() -> {
            ObjectNode node = LocalObjects.object("crc").put("kubeletEnabled", false);
            LocalObjects.images(version.text()).forEach(Json.children(node, "images")::add);
            return node;
        });
    }

    private void disk(Map<String, String> files) {
        ObjectNode node = node();
        ObjectNode disk = node.putObject("files");
        files.forEach(disk::put);
        store.put(NODE, node);
    }

    /** The word of {@code crc status} for the operators: Progressing wins over Degraded (crc clusteroperator.go:86). */
    private String word() {
        List<ObjectNode> all = store.list(LocalObjects.OPERATORS, "");
        if (all.stream().anyMatch(operator -> is(operator, "Progressing"))) {
            return "Starting";
        }
        if (all.stream().anyMatch(operator -> is(operator, "Degraded"))) {
            return "Degraded";
        }
        return all.stream().allMatch(operator -> is(operator, "Available")) ? "Running" : "Stopped";
    }

    private static boolean is(JsonNode operator, String type) {
        return Json.find(operator.path("status"), "conditions", "type", type)
                .map(found -> "True".equals(found.path("status").asText()))
                .orElse(false);
    }

    /**
     * The private door for {@code crc} and for the node's shell: {@code PUT local/plan} replaces the plan, {@code PUT
     * local/settled} lets the operators come to their end, {@code PUT local/image} adds an image to the node, {@code PUT
     * local/no-image} takes one away, {@code PUT local/pull-secret} is what a start does with the user's, {@code PUT local/kubelet} enables its unit.
     */
    ApiResponse door(ApiRequest request) {
        switch (request.method() + " " + request.path()) {
            case "PUT /sim/local/pull-secret" -> pullSecret(new String(request.body(), StandardCharsets.UTF_8));
            case "PUT /sim/local/plan" -> {
                boolean stuck = plan.has(Trouble.POOL_NEVER_UPDATED);
                plan = LocalPlan.fromJson(request.json());
                if (stuck) {
                    later(Duration.ZERO, this::apply);
                }
                if (settled) {
                    settle();
                }
            }
            case "PUT /sim/local/settled" -> settle();
            case "PUT /sim/local/image" -> {
                ObjectNode node = node();
                Json.children(node, "images").add(new String(request.body(), StandardCharsets.UTF_8));
                store.put(NODE, node);
            }
            case "PUT /sim/local/no-image" -> {
                ObjectNode node = node();
                String name = new String(request.body(), StandardCharsets.UTF_8);
                List<String> kept = Json.texts(node, "images").stream()
                        .filter(image -> !image.equals(name))
                        .toList();
                kept.forEach(node.putArray("images")::add);
                store.put(NODE, node);
            }
            case "PUT /sim/local/kubelet" -> {
                store.put(NODE, node().put("kubeletEnabled", true));
                conditions(true, false, false);
                later(Duration.ZERO, this::notice);
            }
            default -> throw ApiException.noSuchPath();
        }
        tell();
        return ApiResponse.json(200, Json.object());
    }

    /** The operators' word and the node's disk. */
    private synchronized void tell() {
        ObjectNode inside = node();
        inside.put("operators", word()).put("pullSecretOnDisk", isSecretOnDisk());
        inside.set("authorities", authorities());
        store.list("pods", "").forEach(Json.children(inside, "pods")::add);
        told.filter(file -> !inside.equals(lastTold)).ifPresent(file -> write(file, inside));
        lastTold = inside;
    }

    private static void write(Path file, ObjectNode inside) {
        try {
            Path temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.write(temporary, Json.write(inside));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only where the cluster's own has no {@code auths} (crc cluster.go, EnsurePullSecretPresentInTheCluster). */
    private void pullSecret(String content) {
        store.get("secrets", "openshift-config", "pull-secret")
                .filter(secret -> !configuration.files().get(NodeFiles.PULL_SECRET).contains("auths"))
                .ifPresent(secret -> {
                    Json.child(secret, "data").put(".dockerconfigjson", LocalObjects.base64(content));
                    store.put("secrets", secret);
                    changed("secrets");
                });
    }

    /** What the machine-config daemon puts below {@code /etc/docker/certs.d}, at once and without a pool. */
    private ObjectNode authorities() {
        ObjectNode certificates = Json.object();
        String name = store.get("images" + LocalObjects.CONFIG, "", "cluster")
                .map(config -> config.path("spec").path("additionalTrustedCA").path("name").asText())
                .orElse("");
        store.get("configmaps", "openshift-config", name)
                .ifPresent(map -> map.path("data").properties().forEach(entry ->
                        certificates.set(entry.getKey().replace("..", ":"), entry.getValue())));
        return certificates;
    }

    private void later(Duration delay, Runnable work) {
        if (!clock.isShutdown()) {
            clock.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
