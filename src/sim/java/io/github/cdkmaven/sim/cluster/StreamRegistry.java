package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.FieldError;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.image.StreamDefaults;
import io.github.cdkmaven.sim.cluster.image.StreamStrategy;
import io.github.cdkmaven.sim.cluster.image.StreamValidation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Stores ImageStreams by OpenShift's rules, and tells who listens (the import controller) of each write. */
final class StreamRegistry {

    private static final String KIND = "ImageStream";

    private final ObjectStore store;
    private final ClusterState state;
    private final OpenShiftRules version;
    private final StreamStrategy strategy;
    private final List<Consumer<ObjectNode>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<ObjectNode>> deletionListeners = new CopyOnWriteArrayList<>();

    StreamRegistry(ObjectStore store, ClusterState state, OpenShiftRules version, String integratedRegistry) {
        this.store = store;
        this.state = state;
        this.version = version;
        this.strategy = new StreamStrategy(
                new StreamDefaults(version.hasImportModes()), integratedRegistry, this::byPath);
    }

    /** Tells somebody of each write from now on. */
    void listen(Consumer<ObjectNode> written) {
        listeners.add(written);
    }

    /** Tells somebody of each deletion from now on. */
    void listenToDeletions(Consumer<ObjectNode> deleted) {
        deletionListeners.add(deleted);
    }

    long revision() {
        return store.revision();
    }

    List<ObjectNode> list(String namespace) {
        return store.list(ClusterState.STREAMS, namespace);
    }

    Optional<ObjectNode> get(String namespace, String name) {
        return store.get(ClusterState.STREAMS, namespace, name);
    }

    ObjectNode require(String namespace, String name) {
        return get(namespace, name)
                .orElseThrow(() -> ApiException.notFound(ApiException.IMAGE_GROUP, ClusterState.STREAMS, name));
    }

    /** @param byImport whether an import writes, which owns the status */
    ObjectNode create(ObjectNode submitted, boolean byImport) {
        ObjectNode stream = strategy.forCreate(submitted, byImport);
        validate(stream, Json.object());
        String name = name(stream);
        ObjectNode created = store.create(ClusterState.STREAMS, stream)
                .orElseThrow(() -> ApiException.alreadyExists(ApiException.IMAGE_GROUP, ClusterState.STREAMS, name));
        listeners.forEach(listener -> listener.accept(created));
        return created;
    }

    /** Stores a stream of the first boot, which no whitelist has to allow. */
    void load(ObjectNode submitted) {
        store.create(ClusterState.STREAMS, strategy.forCreate(submitted, false));
    }

    /** The same with the images that it has. */
    void loadWithStatus(ObjectNode submitted) {
        store.create(ClusterState.STREAMS, strategy.forCreate(submitted, true));
    }

    /**
     * Replaces a stream. A write that changes nothing costs no revision.
     *
     * @param expected the resource version that it must still have
     * @param byImport whether an import writes, which owns the status
     */
    ObjectNode update(ObjectNode submitted, String expected, boolean byImport) {
        String name = name(submitted);
        ObjectNode old = require(submitted.path("metadata").path("namespace").asText(), name);
        ObjectNode stream = strategy.forUpdate(submitted, old, byImport);
        boolean tooLate = !byImport && state.isReplacementTooLate();
        if (tooLate
                || !expected.equals(old.path("metadata").path("resourceVersion").asText())) {
            throw ApiException.modified(ApiException.IMAGE_GROUP, ClusterState.STREAMS, name);
        }
        validate(stream, old);
        Json.child(stream, "metadata").put("resourceVersion", expected);
        if (stream.equals(old)) {
            return old;
        }
        ObjectNode updated = store.update(ClusterState.STREAMS, stream, expected)
                .orElseThrow(() -> ApiException.modified(ApiException.IMAGE_GROUP, ClusterState.STREAMS, name));
        listeners.forEach(listener -> listener.accept(updated));
        return updated;
    }

    ObjectNode delete(String namespace, String name) {
        ObjectNode removed = store.delete(ClusterState.STREAMS, namespace, name)
                .orElseThrow(() -> ApiException.notFound(ApiException.IMAGE_GROUP, ClusterState.STREAMS, name));
        deletionListeners.forEach(listener -> listener.accept(removed));
        return removed;
    }

    private void validate(ObjectNode stream, ObjectNode old) {
        StreamValidation validation = new StreamValidation(
                version.enforcesWhitelistOnStreams() ? state.registryWhitelist() : Optional.empty(),
                version.schedulesDigests());
        List<FieldError> errors = validation.check(stream, old);
        if (!errors.isEmpty()) {
            throw version.invalid(KIND, name(stream), errors);
        }
    }

    private Optional<ObjectNode> byPath(String path) {
        int slash = path.indexOf('/');
        return get(path.substring(0, slash), path.substring(slash + 1));
    }

    private static String name(ObjectNode stream) {
        return stream.path("metadata").path("name").asText();
    }
}
