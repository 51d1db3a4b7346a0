package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.importer.Pace;
import io.github.cdkmaven.sim.cluster.importer.RegistryTransport;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The cluster-samples-operator: it owns the streams of namespace {@code openshift}, and puts them back (run on release-4.19).
 *
 * <p>It reacts to writes on a thread of its own, as the real one does within a second; {@link #settle} waits for it. What it
 * does by the clock (the bootstrap without Internet, resyncs, retries) happens when a test moves its clock by {@link #advance}.
 */
public final class SamplesOperator implements AutoCloseable {

    static final String CONFIGS = "configs.samples.operator.openshift.io";
    static final String NAMESPACE = "openshift-cluster-samples-operator";

    private static final Duration BOOTSTRAP = Duration.ofMinutes(5);
    private static final Duration RESYNC = Duration.ofMinutes(10);
    private static final int ATTEMPTS = 15;

    private final ObjectStore store;
    private final StreamRegistry streams;
    private final StreamImporter importer;
    private final RegistryTransport transport;
    private final ImportController controller;
    private final OpenShiftRules version;
    private final Map<String, ObjectNode> assets;
    private final BooleanSupplier internet;
    private final SamplesStatus status;
    private final SamplesConfigurationCheck check;
    private final OperatorThread thread = new OperatorThread("samples-operator");
    private final Set<String> ignoredDeletions = new HashSet<>();
    private final Map<String, Duration> retried = new HashMap<>();
    private volatile String release = "";
    private volatile Duration statusDelay = Duration.ofMillis(50);
    private boolean held;
    private volatile Duration clock = Duration.ZERO;
    private Duration started = Duration.ZERO;

    /** @param internet whether registry.redhat.io can be reached when the operator starts for the first time */
    SamplesOperator(
            ObjectStore store,
            StreamRegistry streams,
            StreamImporter importer,
            RegistryTransport transport,
            ImportController controller,
            OpenShiftRules version,
            List<ObjectNode> assets,
            BooleanSupplier internet) {
        this.store = store;
        this.streams = streams;
        this.importer = importer;
        this.transport = transport;
        this.controller = controller;
        this.version = version;
        this.assets = new TreeMap<>();
        assets.forEach(asset -> this.assets.put(SampleStreams.name(asset), asset));
        this.internet = internet;
        this.status = new SamplesStatus(store);
        this.check = new SamplesConfigurationCheck(store);
    }

    /** Starts the operator of a release, also over what another release left behind. */
    public void start(String operatorRelease) {
        release = operatorRelease;
        started = clock;
        thread.run(() -> {
            retried.clear();
            status.toMirror(assets.values(), release);
            if (config().isEmpty()) {
                bootstrap();
            } else {
                reconcile();
                everyStream(true);
                retry();
                status.report(release);
            }
        });
    }

    /** Ends it. */
    public void stop() {
        release = "";
    }

    /** Ends it and starts the same again: it sees every stream anew, and tries failed imports at once. */
    public void restart() {
        start(release);
    }

    /** The next release takes over: a new version of the cluster, or of a bundle. */
    public void upgrade(String operatorRelease) {
        start(operatorRelease);
    }

    /** How long it takes, in real time, from the rewriting of the streams until the status tells of a samplesRegistry. */
    public void statusDelay(Duration delay) {
        statusDelay = delay;
    }

    /** Holds the status of a samplesRegistry back, or lets it go on. */
    public void holdStatus(boolean on) {
        synchronized (status) {
            held = on;
            status.notifyAll();
        }
    }

    /** Moves the operator's clock: after 5 minutes it gives up waiting for the Internet, each 10 minutes it looks at everything. */
    public void advance(Duration time) {
        Duration end = clock.plus(time);
        Duration bootstrap = started.plus(BOOTSTRAP);
        Duration resync = nextResync();
        while (resync.compareTo(end) <= 0) {
            clock = resync;
            thread.run(this::resync);
            resync = nextResync();
        }
        clock = end;
        if (clock.compareTo(bootstrap) >= 0) {
            thread.run(() -> {
                if (isRunning() && config().isEmpty()) {
                    create("Removed");
                    status.bootstrapRemoved(release);
                }
            });
        }
    }

    private Duration nextResync() {
        long rounds = clock.minus(started).dividedBy(RESYNC) + 1;
        return started.plus(RESYNC.multipliedBy(rounds));
    }

    /** Waits until the operator and the import controller have nothing left to do. */
    public void settle() throws InterruptedException {
        do {
            thread.awaitIdle();
            controller.awaitIdle();
        } while (thread.isBusy());
    }

    void streamWritten(ObjectNode stream) {
        if (isOurs(stream)) {
            thread.run(() -> look(SampleStreams.name(stream)));
        }
    }

    void streamDeleted(ObjectNode stream) {
        if (isOurs(stream)) {
            thread.run(() -> {
                String name = SampleStreams.name(stream);
                if (isManaged() && !isSkipped(name) && !ignoredDeletions.remove(name)) {
                    upsert(name);
                }
            });
        }
    }

    void written(ObjectNode object) {
        thread.run(() -> {
            if (isRunning() && config().isPresent()) {
                reconcile();
                status.report(release);
            }
        });
    }

    private boolean isOurs(ObjectNode stream) {
        return SampleStreams.NAMESPACE.equals(stream.path("metadata").path("namespace").asText())
                && assets.containsKey(SampleStreams.name(stream));
    }

    private boolean isRunning() {
        return !release.isEmpty();
    }

    private Optional<ObjectNode> config() {
        return store.get(CONFIGS, "", "cluster");
    }

    private JsonNode half(String name) {
        return config().map(config -> config.path(name)).orElse(Json.object());
    }

    /** Whether it runs, and has taken the streams over. */
    private boolean isManaged() {
        return isRunning() && "Managed".equals(half("status").path("managementState").asText());
    }

    private boolean isSkipped(String name) {
        return Json.texts(half("spec"), "skippedImagestreams").contains(name);
    }

    private void bootstrap() {
        boolean proxied = store.get("proxies.config.openshift.io", "", "cluster")
                .filter(proxy -> proxy.path("status").has("httpProxy"))
                .isPresent();
        if (internet.getAsBoolean() || proxied) {
            create("Managed");
            reconcile();
            status.report(release);
        }
    }

    private void create(String managementState) {
        ObjectNode config = Json.object();
        config.putObject("metadata").put("name", "cluster").put("generation", 1);
        Json.child(config, "metadata").putArray("finalizers").add("samples.operator.openshift.io/finalizer");
        config.putObject("spec").put("managementState", managementState).putArray("architectures").add("x86_64");
        store.create(CONFIGS, config);
        if ("Removed".equals(managementState)) {
            status.removed(release);
        }
    }

    /** Does what the Config asks for and its status does not say yet. */
    private void reconcile() {
        ObjectNode config = config().orElseThrow();
        String wanted = config.path("spec").path("managementState").asText("Managed");
        String before = config.path("status").path("managementState").asText();
        switch (wanted) {
            case "Removed" -> {
                if (!"Removed".equals(before)) {
                    remove();
                }
                status.removed(release);
            }
            case "Unmanaged" -> status.state("Unmanaged", release);
            default -> manage(config, before);
        }
    }

    private void remove() {
        for (String name : assets.keySet()) {
            if (streams.get(SampleStreams.NAMESPACE, name).isPresent()) {
                ignoredDeletions.add(name);
                streams.delete(SampleStreams.NAMESPACE, name);
            }
            status.noErrors(name);
        }
    }

    private void manage(ObjectNode config, String before) {
        Optional<String> objection = check.objection(config.path("spec").path("samplesRegistry").asText());
        if (objection.isPresent()) {
            status.invalid(objection.get());
            return;
        }
        JsonNode spec = config.path("spec");
        List<String> skipped = Json.texts(config.path("status"), "skippedImagestreams");
        String registry = spec.path("samplesRegistry").asText();
        boolean moved = !registry.equals(config.path("status").path("samplesRegistry").asText());
        status.state("Managed", release);
        status.skipped(spec.path("skippedImagestreams"));
        for (String name : assets.keySet()) {
            if (isSkipped(name)) {
                skip(name);
            } else if (moved || before.isEmpty() || "Removed".equals(before) || skipped.contains(name)) {
                upsert(name);
            } else if ("Unmanaged".equals(before)) {
                // Nothing is rewritten but what is missing or of another release.
                adopt(name, false);
            }
        }
        if (moved) {
            tell(config, registry);
        }
    }

    /** The status comes a while after the streams; when the Config was changed meanwhile, its write is refused and lost. */
    private void tell(ObjectNode seen, String registry) {
        try {
            Thread.sleep(statusDelay.toMillis());
            synchronized (status) {
                while (held) {
                    status.wait();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        JsonNode now = config().map(config -> config.path("metadata").path("generation")).orElse(Json.object());
        if (now.equals(seen.path("metadata").path("generation"))) {
            status.samplesRegistry(registry);
        }
    }

    /** Looks at a stream that was written: it is put back unless it carries this release's annotation. */
    private void look(String name) {
        if (!isManaged() || isSkipped(name)) {
            // While nobody manages, a success is still told, a failure is not.
            streams.get(SampleStreams.NAMESPACE, name)
                    .filter(found -> isRunning() && SampleStreams.failures(found).isEmpty())
                    .ifPresent(status::errors);
            return;
        }
        adopt(name, true);
        streams.get(SampleStreams.NAMESPACE, name).ifPresent(status::errors);
        retry(name);
        status.report(release);
    }

    private void everyStream(boolean unmarked) {
        if (isManaged()) {
            assets.keySet().stream().filter(name -> !isSkipped(name)).forEach(name -> {
                adopt(name, unmarked);
                streams.get(SampleStreams.NAMESPACE, name).ifPresent(status::errors);
            });
        }
    }

    /** @param unmarked whether a stream without any release's annotation is put back too */
    private void adopt(String name, boolean unmarked) {
        Optional<String> mark = streams.get(SampleStreams.NAMESPACE, name).map(SampleStreams::release);
        boolean other = mark.filter(found -> !found.equals(release))
                .filter(found -> unmarked || !found.isEmpty())
                .isPresent();
        if (mark.isEmpty() && !ignoredDeletions.contains(name) || other) {
            upsert(name);
        }
    }

    private void skip(String name) {
        status.noErrors(name);
        change(name, stream -> Json.child(Json.child(stream, "metadata"), "labels").put(SampleStreams.MANAGED, "false"));
    }

    private void upsert(String name) {
        ObjectNode asset = SampleStreams.owned(
                SampleStreams.from(assets.get(name), half("spec").path("samplesRegistry").asText()), release);
        if (streams.get(SampleStreams.NAMESPACE, name).isEmpty()) {
            streams.create(asset.deepCopy(), false);
            return;
        }
        change(name, stream -> {
            for (String kind : List.of("labels", "annotations")) {
                Json.child(Json.child(stream, "metadata"), kind)
                        .setAll((ObjectNode) asset.path("metadata").path(kind));
            }
            // Tags that the operator does not know stay.
            ObjectNode spec = Json.child(stream, "spec");
            for (ObjectNode tag : Json.objects(asset.path("spec"), "tags")) {
                Json.children(spec, "tags")
                        .removeIf(existing -> existing.path("name").equals(tag.path("name")));
                Json.children(spec, "tags").add(tag.deepCopy());
            }
        });
    }

    private void change(String name, Consumer<ObjectNode> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<ObjectNode> found = streams.get(SampleStreams.NAMESPACE, name);
            if (found.isEmpty()) {
                return;
            }
            try {
                change.accept(found.get());
                streams.update(
                        found.get(), found.get().path("metadata").path("resourceVersion").asText(), false);
                return;
            } catch (ApiException e) {
                if (e.code() != 409) {
                    return;
                }
            }
        }
    }

    private void resync() {
        if (isRunning() && config().isPresent()) {
            reconcile();
            ignoredDeletions.clear();
            everyStream(true);
            retry();
            status.report(release);
        }
    }

    private void retry() {
        if (isManaged()) {
            assets.keySet().stream().filter(name -> !isSkipped(name)).forEach(this::retry);
        }
    }

    /**
     * Tries the failed tags of a stream again, unless that was done in the last 10 minutes of this run: one import for each,
     * all with the stream's version of now, so that the first that succeeds makes the others conflict.
     */
    private void retry(String name) {
        Optional<ObjectNode> stream = streams.get(SampleStreams.NAMESPACE, name)
                .filter(found -> !SampleStreams.failures(found).isEmpty());
        Duration last = retried.getOrDefault(name, clock.minus(RESYNC));
        if (stream.isPresent() && clock.minus(last).compareTo(RESYNC) >= 0) {
            retried.put(name, clock);
            SampleStreams.failures(stream.get()).keySet().forEach(tag -> retry(stream.get(), tag));
            streams.get(SampleStreams.NAMESPACE, name).ifPresent(status::errors);
        }
    }

    private void retry(ObjectNode stream, String tag) {
        ObjectNode request = Json.object();
        request.putObject("metadata")
                .put("name", SampleStreams.name(stream))
                .put("resourceVersion", stream.path("metadata").path("resourceVersion").asText());
        ArrayNode images = request.putObject("spec").put("import", true).putArray("images");
        Json.find(stream.path("spec"), "tags", "name", tag).ifPresent(spec -> {
            ObjectNode image = images.addObject();
            List.of("from", "importPolicy", "referencePolicy").forEach(part -> image.set(part, spec.path(part)));
            image.putObject("to").put("name", tag);
        });
        try {
            importer.run(ImportRequest.of(SampleStreams.NAMESPACE, request, version), transport, new Pace(false));
        } catch (ApiException e) {
            // "simply moving on", as the real one writes into its log.
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
