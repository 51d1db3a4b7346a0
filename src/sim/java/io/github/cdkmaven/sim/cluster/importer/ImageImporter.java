package io.github.cdkmaven.sim.cluster.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.image.DockerReference;
import io.github.cdkmaven.sim.cluster.image.ImportedRepository;
import io.github.cdkmaven.sim.cluster.image.ImportedTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks up the images of one import request, one after the other. A host's ping counts for the whole request, whether
 * it succeeded or not; equal references are asked for once.
 */
public final class ImageImporter {

    private record Ping(List<RegistryVisit> visit, List<ImporterFailure> failure) {}

    private final RegistryTransport transport;
    private final PullCredentials credentials;
    private final Pace pace;
    private final boolean retriesAnonymously;
    private final boolean readsLists;
    private final Map<String, Ping> pings = new HashMap<>();
    private final Map<String, ImportedTag> outcomes = new HashMap<>();

    /**
     * @param retriesAnonymously see {@link RegistryVisit#ping}
     * @param readsLists see {@link ImageManifest}
     */
    public ImageImporter(
            RegistryTransport transport,
            PullCredentials credentials,
            Pace pace,
            boolean retriesAnonymously,
            boolean readsLists) {
        this.transport = transport;
        this.credentials = credentials;
        this.pace = pace;
        this.retriesAnonymously = retriesAnonymously;
        this.readsLists = readsLists;
    }

    /** Looks up the elements of {@code spec.images}; the outcomes come in their order. */
    public List<ImportedTag> importAll(List<ObjectNode> images) {
        List<ImportedTag> found = new ArrayList<>();
        for (ObjectNode image : images) {
            DockerReference reference =
                    DockerReference.parse(image.path("from").path("name").asText());
            boolean insecure = image.path("importPolicy").path("insecure").asBoolean();
            String key = reference.server() + "/" + reference.path() + ":" + reference.tagOrLatest() + "@"
                    + reference.digest();
            if (!outcomes.containsKey(key)) {
                outcomes.put(key, lookUp(reference, insecure));
            }
            found.add(outcomes.get(key));
        }
        return found;
    }

    /**
     * Looks up the tags of a whole repository.
     *
     * @param limit how many tags at most; the others are only named
     */
    public ImportedRepository importRepository(ObjectNode repository, int limit) {
        DockerReference reference =
                DockerReference.parse(repository.path("from").path("name").asText());
        boolean insecure = repository.path("importPolicy").path("insecure").asBoolean();
        try {
            List<String> tags = visit(reference.server(), insecure).tags(reference.path());
            List<ImportedTag> found = tags.stream()
                    .limit(limit)
                    .map(tag -> lookUp(reference.withTag(tag), insecure))
                    .toList();
            return new ImportedRepository(found, tags.stream().skip(limit).toList(), Optional.empty());
        } catch (ImporterFailure e) {
            return new ImportedRepository(List.of(), List.of(), Optional.of(e.about(reference)));
        }
    }

    private ImportedTag lookUp(DockerReference reference, boolean insecure) {
        boolean pinned = !reference.digest().isEmpty();
        String tag = pinned ? "" : reference.tagOrLatest();
        try {
            RegistryVisit registry = visit(reference.server(), insecure);
            pace.accept();
            ImageManifest manifest = new ImageManifest(registry, reference.path(), readsLists);
            ObjectNode image = manifest.image(pinned ? reference.digest() : tag);
            String digest = image.path("metadata").path("name").asText();
            image.put(
                    "dockerImageReference",
                    new DockerReference(reference.registry(), reference.repository(), "", digest).exact());
            return ImportedTag.found(tag, image);
        } catch (ImporterFailure e) {
            return ImportedTag.failed(tag, e.about(reference));
        } catch (IllegalArgumentException e) {
            return ImportedTag.failed(tag, ApiException.internal(String.valueOf(e.getMessage())));
        }
    }

    private RegistryVisit visit(String host, boolean insecure) throws ImporterFailure {
        Ping ping = pings.computeIfAbsent(host, key -> ping(key, insecure));
        if (ping.visit().isEmpty()) {
            throw ping.failure().get(0);
        }
        return ping.visit().get(0);
    }

    private Ping ping(String host, boolean insecure) {
        try {
            return new Ping(
                    List.of(RegistryVisit.ping(transport, credentials, retriesAnonymously, host, insecure)), List.of());
        } catch (ImporterFailure e) {
            return new Ping(List.of(), List.of(e));
        }
    }
}
