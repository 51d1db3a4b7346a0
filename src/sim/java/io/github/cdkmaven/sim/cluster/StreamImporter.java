package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import io.github.cdkmaven.sim.cluster.image.ImportedRepository;
import io.github.cdkmaven.sim.cluster.image.ImportedTag;
import io.github.cdkmaven.sim.cluster.image.ImportOutcome;
import io.github.cdkmaven.sim.cluster.image.StreamDefaults;
import io.github.cdkmaven.sim.cluster.importer.ImageImporter;
import io.github.cdkmaven.sim.cluster.importer.Pace;
import io.github.cdkmaven.sim.cluster.importer.PullCredentials;
import io.github.cdkmaven.sim.cluster.importer.NodeRegistries;
import io.github.cdkmaven.sim.cluster.importer.RegistryTransport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Runs an {@code ImageStreamImport}: reads the stream, then works over the network, then stores once. Because of that
 * order the loser of two imports of one stream is refused with a conflict.
 */
final class StreamImporter {

    private static final String IMAGES = "images";

    private final ObjectStore store;
    private final StreamRegistry streams;
    private final OpenShiftRules version;
    private final NodeRegistries conf;

    StreamImporter(ObjectStore store, StreamRegistry streams, OpenShiftRules version, NodeRegistries conf) {
        this.store = store;
        this.streams = streams;
        this.conf = conf;
        this.version = version;
    }

    /**
     * Imports.
     *
     * @return the object that the API answers with
     */
    ObjectNode run(ImportRequest request, RegistryTransport transport, Pace pace) {
        Optional<ObjectNode> stream = streamOf(request);
        ImageImporter importer =
                new ImageImporter(transport, credentials(request.namespace()), pace, version.importerRules(), conf);
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

    /** The namespace's own, and on OpenShift 4 the nodes' after them: what the cluster's pull secret holds. */
    private PullCredentials credentials(String namespace) {
        List<ObjectNode> secrets = new ArrayList<>(store.list("secrets", namespace));
        if (version.isFour()) {
            store.get("secrets", "openshift-config", "pull-secret").ifPresent(secrets::add);
        }
        return new PullCredentials(secrets);
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
        ImportOutcome writer = new ImportOutcome(
                changed,
                new StreamDefaults(version.hasImportModes()),
                version.keepsReferencePolicy(),
                version.refreshesConditions());
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
            Stream.concat(outcome.children().stream(), outcome.image().stream()).forEach(image -> {
                String name = image.path("metadata").path("name").asText();
                ObjectNode metadata = Json.child(image, "metadata");
                ObjectNode first = stamped.computeIfAbsent(name, key -> storeImage(image));
                metadata.setAll(first);
            });
        }
    }

    private ObjectNode storeImage(ObjectNode image) {
        ObjectNode object = image.deepCopy();
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

    private ObjectNode answer(ImportRequest request) {
        ObjectNode answer = Json.object().put("kind", "ImageStreamImport").put("apiVersion", "image.openshift.io/v1");
        ObjectNode metadata = answer.putObject("metadata")
                .put("name", request.name())
                .put("namespace", request.namespace());
        if (version.showsSelfLinks()) {
            metadata.put(
                    "selfLink",
                    "/apis/image.openshift.io/v1/namespaces/" + request.namespace() + "/imagestreamimports/"
                            + request.name());
        }
        metadata.put("uid", UUID.randomUUID().toString())
                .put(
                        "creationTimestamp",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        answer.set("spec", request.submitted().path("spec"));
        return answer;
    }

    private static ObjectNode shown(ImportedRepository repository) {
        ObjectNode shown = shown(new ImportedTag("", Optional.empty(), List.of(), repository.failure()));
        repository.tags().forEach(tag -> Json.children(shown, "images").add(shown(tag)));
        repository.additional().forEach(tag -> Json.children(shown, "additionalTags").add(tag));
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
        outcome.children().forEach(child -> Json.children(shown, "manifests").add(child.deepCopy()));
        return shown;
    }
}
