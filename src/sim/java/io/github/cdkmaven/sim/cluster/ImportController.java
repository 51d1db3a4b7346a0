package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.image.ImportOutcome;
import io.github.cdkmaven.sim.cluster.importer.Pace;
import io.github.cdkmaven.sim.cluster.importer.RegistryTransport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Imports by itself what a written stream asks for: tags whose source is newer than their status (origin
 * {@code imagestream_controller.go}, 5 workers). It uses the tags' own policies and works beside the requests, so both
 * may meet a conflict.
 */
final class ImportController implements AutoCloseable {

    private static final int WORKERS = 5;
    private static final int ATTEMPTS = 15;

    private final StreamRegistry streams;
    private final StreamImporter importer;
    private final RegistryTransport transport;
    private final OpenShiftRules version;
    private final boolean pacing;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, work -> {
        Thread thread = new Thread(work, "import-controller");
        thread.setDaemon(true);
        return thread;
    });
    private int pending;

    ImportController(
            StreamRegistry streams,
            StreamImporter importer,
            RegistryTransport transport,
            OpenShiftRules version,
            boolean pacing) {
        this.streams = streams;
        this.importer = importer;
        this.transport = transport;
        this.version = version;
        this.pacing = pacing;
    }

    /** Looks at a stream that was written. */
    void written(ObjectNode stream) {
        if (!isNeedy(stream)) {
            return;
        }
        String namespace = stream.path("metadata").path("namespace").asText();
        String name = stream.path("metadata").path("name").asText();
        begin();
        try {
            workers.execute(() -> {
                try {
                    importNow(namespace, name, new Pace(pacing));
                } finally {
                    end();
                }
            });
        } catch (RejectedExecutionException e) {
            end();
        }
    }

    /** Imports what a stream asks for, again after a conflict. */
    void importNow(String namespace, String name, Pace pace) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<ObjectNode> stream = streams.get(namespace, name).filter(ImportController::isNeedy);
            if (stream.isEmpty()) {
                return;
            }
            try {
                importer.run(ImportRequest.of(namespace, request(name, stream.get()), version), transport, pace);
                return;
            } catch (ApiException e) {
                if (e.code() != 409) {
                    return;
                }
            }
        }
    }

    /** Waits until nothing that was written so far is left to do. */
    synchronized void awaitIdle() throws InterruptedException {
        while (pending > 0) {
            wait();
        }
    }

    private synchronized void begin() {
        pending++;
    }

    private synchronized void end() {
        pending--;
        notifyAll();
    }

    private static boolean isNeedy(ObjectNode stream) {
        return !repository(stream).isEmpty() || !needy(stream).isEmpty();
    }

    /** The repository that a stream wants as a whole; only a stream that was never imported gets it. */
    private static String repository(ObjectNode stream) {
        return isNew(stream) ? stream.path("spec").path("dockerImageRepository").asText() : "";
    }

    /** The annotation counts for the repository and for none of the tags (facts/imagestreams.md, 1). */
    private static boolean isInsecure(ObjectNode stream) {
        return "true"
                .equals(stream.path("metadata")
                        .path("annotations")
                        .path("openshift.io/image.insecureRepository")
                        .asText());
    }

    private static ObjectNode request(String name, ObjectNode stream) {
        ObjectNode request = Json.object();
        ObjectNode metadata = request.putObject("metadata").put("name", name);
        metadata.set("resourceVersion", stream.path("metadata").path("resourceVersion"));
        ObjectNode spec = request.putObject("spec").put("import", true);
        if (!repository(stream).isEmpty()) {
            ObjectNode wanted = spec.putObject("repository");
            wanted.putObject("from").put("kind", "DockerImage").put("name", repository(stream));
            wanted.putObject("importPolicy").put("insecure", isInsecure(stream));
        }
        ArrayNode images = spec.putArray("images");
        for (ObjectNode tag : needy(stream)) {
            ObjectNode image = images.addObject();
            image.set("from", tag.path("from"));
            image.putObject("to").put("name", tag.path("name").asText());
            image.set("importPolicy", tag.path("importPolicy"));
            image.set("referencePolicy", tag.path("referencePolicy"));
        }
        return request;
    }

    private static List<ObjectNode> needy(ObjectNode stream) {
        boolean never = isNew(stream);
        return Json.objects(stream.path("spec"), "tags").stream()
                .filter(tag ->
                        "DockerImage".equals(tag.path("from").path("kind").asText())
                                && !tag.path("reference").asBoolean())
                .filter(tag -> never || tag.path("generation").asInt() > seen(stream, tag))
                .toList();
    }

    private static boolean isNew(ObjectNode stream) {
        return stream.path("metadata")
                .path("annotations")
                .path(ImportOutcome.CHECKED)
                .asText()
                .isEmpty();
    }

    /** The newest generation of a tag that an import came to an end with. */
    private static int seen(ObjectNode stream, ObjectNode tag) {
        JsonNode status = Json.find(
                        stream.path("status"), "tags", "tag", tag.path("name").asText())
                .map(JsonNode.class::cast)
                .orElse(Json.object());
        int seen = status.path("items").path(0).path("generation").asInt();
        for (JsonNode condition : status.path("conditions")) {
            seen = Math.max(seen, condition.path("generation").asInt());
        }
        return seen;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
