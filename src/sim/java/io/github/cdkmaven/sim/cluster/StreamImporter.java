package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.image.ImportedRepository;
import io.github.cdkmaven.sim.cluster.image.ImportedTag;
import io.github.cdkmaven.sim.cluster.image.ImportOutcome;
import io.github.cdkmaven.sim.cluster.importer.ImageImporter;
import io.github.cdkmaven.sim.cluster.importer.Pace;
import io.github.cdkmaven.sim.cluster.importer.PullCredentials;
import io.github.cdkmaven.sim.cluster.importer.RegistryTransport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs an {@code ImageStreamImport}: reads the stream, then works over the network, then stores once. Because of that
 * order the loser of two imports of one stream is refused with a conflict.
 */
final class StreamImporter {

    private static final String IMAGES = "images";

    private final ObjectStore store;
    private final StreamRegistry streams;
    private final OpenShiftVersion version;

    StreamImporter(ObjectStore store, StreamRegistry streams, OpenShiftVersion version) {
        this.store = store;
        this.streams = streams;
        this.version = version;
    }

    /**
     * Imports.
     *
     * @return the object that the API answers with
     */
    ObjectNode run(ImportRequest request, RegistryTransport transport, Pace pace) {
        Optional<ObjectNode> stream = streamOf(request);
        PullCredentials credentials = new PullCredentials(store.list("secrets", request.namespace()));
        ImageImporter importer = new ImageImporter(
                transport, credentials, pace, version.retriesAnonymously(), version.readsManifestLists());
        List<ImportedTag> outcomes = importer.importAll(request.images());
        Optional<ImportedRepository> repository =
                request.repository().map(wanted -> importer.importRepository(wanted, version.tagsOfARepository()));

        ObjectNode answer = answer(request);
        ObjectNode status = answer.putObject("status");
        if (request.stores()) {
            status.set("import", store(request, stream, outcomes, repository));
            stamp(outcomes);
            repository.ifPresent(found -> stamp(found.tags()));
        }
        repository.ifPresent(found -> status.set("repository", shown(found)));
        if (!outcomes.isEmpty()) {
            ArrayNode images = status.putArray("images");
            outcomes.forEach(outcome -> images.add(shown(outcome)));
        }
        return answer;
    }

    private Optional<ObjectNode> streamOf(ImportRequest request) {
        boolean mustExist =
                !request.resourceVersion().isEmpty() || !request.uid().isEmpty();
        Optional<ObjectNode> stream = mustExist
                ? Optional.of(streams.require(request.namespace(), request.name()))
                : streams.get(request.namespace(), request.name());
        stream.ifPresent(found -> {
            String current = found.path("metadata").path("resourceVersion").asText();
            if (!request.resourceVersion().isEmpty()
                    && !request.resourceVersion().equals(current)) {
                throw ApiException.conflict(
                        ApiException.IMAGE_GROUP,
                        "imagestream",
                        request.name(),
                        "the image stream was updated from \"" + request.resourceVersion() + "\" to \"" + current
                                + "\"");
            }
            if (!request.uid().isEmpty()
                    && !request.uid().equals(found.path("metadata").path("uid").asText())) {
                throw ApiException.notFound(ApiException.IMAGE_GROUP, "imagestream", request.name());
            }
        });
        return stream;
    }

    private ObjectNode store(
            ImportRequest request,
            Optional<ObjectNode> stream,
            List<ImportedTag> outcomes,
            Optional<ImportedRepository> repository) {
        ObjectNode changed = stream.map(ObjectNode::deepCopy).orElseGet(() -> {
            ObjectNode created = Json.object();
            created.putObject("metadata").put("name", request.name()).put("namespace", request.namespace());
            return created;
        });
        ImportOutcome writer = new ImportOutcome(changed, version.keepsReferencePolicy());
        repository.ifPresent(found -> found.tags()
                .forEach(tag -> writer.record(tagOf(request.repository().orElseThrow(), tag.tag()), tag)));
        List<ObjectNode> images = request.images();
        for (int i = 0; i < images.size(); i++) {
            if (images.get(i).has("to")) {
                writer.record(images.get(i), outcomes.get(i));
            }
        }
        boolean checkedBefore = changed.path("metadata").path("annotations").has(ImportOutcome.CHECKED);
        if (stream.isPresent() && checkedBefore && changed.equals(stream.get())) {
            return stream.get();
        }
        writer.stamp();
        if (stream.isEmpty()) {
            return streams.create(changed, true);
        }
        String expected = stream.get().path("metadata").path("resourceVersion").asText();
        return streams.update(changed, expected, true);
    }

    /** One tag of a repository, as if it had been asked for by itself. */
    private static ObjectNode tagOf(ObjectNode repository, String tag) {
        ObjectNode image = repository.deepCopy();
        String name = repository.path("from").path("name").asText();
        Json.child(image, "from").put("name", name + ":" + tag);
        image.putObject("to").put("name", tag);
        return image;
    }

    /** Gives found images what storing them does; an image that is stored already keeps its object. */
    private void stamp(List<ImportedTag> outcomes) {
        Map<String, ObjectNode> stamped = new HashMap<>();
        for (ImportedTag outcome : outcomes) {
            outcome.image().ifPresent(image -> {
                String name = image.path("metadata").path("name").asText();
                ObjectNode metadata = Json.child(image, "metadata");
                ObjectNode first = stamped.computeIfAbsent(name, key -> storeImage(image));
                metadata.setAll(first);
            });
        }
    }

    private ObjectNode storeImage(ObjectNode image) {
        ObjectNode object = Json.object();
        object.putObject("metadata")
                .put("name", image.path("metadata").path("name").asText());
        object.set("dockerImageReference", image.path("dockerImageReference"));
        ObjectNode stamp = Json.object()
                .put("uid", UUID.randomUUID().toString())
                .put(
                        "creationTimestamp",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        Optional<ObjectNode> created = store.create(IMAGES, object);
        if (version.showsImageVersions()) {
            created.ifPresent(stored ->
                    stamp.set("resourceVersion", stored.path("metadata").path("resourceVersion")));
        }
        return stamp;
    }

    private static ObjectNode answer(ImportRequest request) {
        ObjectNode answer = Json.object().put("kind", "ImageStreamImport").put("apiVersion", "image.openshift.io/v1");
        answer.putObject("metadata")
                .put("name", request.name())
                .put("namespace", request.namespace())
                .put(
                        "selfLink",
                        "/apis/image.openshift.io/v1/namespaces/" + request.namespace() + "/imagestreamimports/"
                                + request.name())
                .put("uid", UUID.randomUUID().toString())
                .put(
                        "creationTimestamp",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        answer.set("spec", request.submitted().path("spec"));
        return answer;
    }

    private static ObjectNode shown(ImportedRepository repository) {
        ObjectNode shown = shown(new ImportedTag("", Optional.empty(), repository.failure()));
        repository.tags().forEach(tag -> Json.children(shown, "images").add(shown(tag)));
        repository.additional().forEach(Json.children(shown, "additionalTags")::add);
        return shown;
    }

    private static ObjectNode shown(ImportedTag outcome) {
        ObjectNode shown = Json.object();
        ObjectNode status = shown.putObject("status");
        if (outcome.failure().isPresent()) {
            status.setAll(outcome.failure().get().embedded());
        } else {
            status.putObject("metadata");
            status.put("status", "Success");
        }
        outcome.image().ifPresent(image -> shown.set("image", image.deepCopy()));
        if (!outcome.tag().isEmpty()) {
            shown.put("tag", outcome.tag());
        }
        return shown;
    }
}
