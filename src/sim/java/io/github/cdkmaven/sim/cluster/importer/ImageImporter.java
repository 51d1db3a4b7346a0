package io.github.cdkmaven.sim.cluster.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.image.DockerReference;
import io.github.cdkmaven.sim.cluster.image.ImportedRepository;
import io.github.cdkmaven.sim.cluster.image.ImportedTag;
import java.util.ArrayList;
import java.util.Comparator;
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

    /**
     * An image that is wanted.
     *
     * @param insecure whether HTTP, or TLS with any certificate, will do
     * @param whole whether a list is wanted with all its images ({@code PreserveOriginal}), not the platform's image alone
     */
    private record Wish(DockerReference reference, boolean insecure, boolean whole) {

        Wish(DockerReference reference, JsonNode policy) {
            this(
                    reference,
                    policy.path("insecure").asBoolean(),
                    "PreserveOriginal".equals(policy.path("importMode").asText()));
        }

        Wish of(DockerReference other) {
            return new Wish(other, insecure, whole);
        }
    }

    private final RegistryTransport transport;
    private final PullCredentials credentials;
    private final Pace pace;
    private final ImporterRules rules;
    private final NodeRegistries conf;
    private final Map<String, Ping> pings = new HashMap<>();
    private final Map<String, ImportedTag> outcomes = new HashMap<>();

    /** @param conf what the cluster's configuration says about registries */
    public ImageImporter(
            RegistryTransport transport,
            PullCredentials credentials,
            Pace pace,
            ImporterRules rules,
            NodeRegistries conf) {
        this.transport = transport;
        this.credentials = credentials;
        this.pace = pace;
        this.rules = rules;
        this.conf = conf;
    }

    /** Looks up the elements of {@code spec.images}; the outcomes come in their order. */
    public List<ImportedTag> importAll(List<ObjectNode> images) {
        List<ImportedTag> found = new ArrayList<>();
        for (ObjectNode image : images) {
            DockerReference reference =
                    DockerReference.parse(image.path("from").path("name").asText());
            Wish wish = new Wish(reference, image.path("importPolicy"));
            String key = reference.server() + "/" + reference.path() + ":" + reference.tagOrLatest() + "@"
                    + reference.digest() + (wish.whole() ? " whole" : "");
            if (!outcomes.containsKey(key)) {
                outcomes.put(key, lookUp(wish));
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
        Wish wish = new Wish(reference, repository.path("importPolicy"));
        if (conf.isBlocked(reference)) {
            return new ImportedRepository(List.of(), List.of(), Optional.of(blocked(reference)));
        }
        try {
            List<String> tags = new ArrayList<>(
                    visit(reference.server(), isInsecure(wish)).tags(reference.path()));
            if (rules.isFour()) {
                tags.sort(Comparator.comparing((String tag) -> !"latest".equals(tag))
                        .thenComparing(Comparator.naturalOrder()));
            }
            List<ImportedTag> found = tags.stream()
                    .limit(limit)
                    .map(tag -> lookUp(wish.of(reference.withTag(tag))))
                    .toList();
            return new ImportedRepository(found, tags.stream().skip(limit).toList(), Optional.empty());
        } catch (ImporterFailure e) {
            return new ImportedRepository(List.of(), List.of(), Optional.of(rules.about(reference, e)));
        }
    }

    private ImportedTag lookUp(Wish wish) {
        DockerReference reference = wish.reference();
        if (conf.isBlocked(reference)) {
            return ImportedTag.failed("", blocked(reference));
        }
        String tag = reference.digest().isEmpty() ? reference.tagOrLatest() : "";
        List<ApiException> failures = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (DockerReference source : conf.pullSources(reference)) {
            try {
                RegistryVisit registry = visit(source.server(), isInsecure(wish));
                pace.accept();
                ImageManifest manifests = new ImageManifest(registry, source.path(), rules);
                ImageManifest.Fetched manifest =
                        manifests.fetch(reference.digest().isEmpty() ? tag : reference.digest());
                return found(wish, tag, manifests, manifest);
            } catch (ImporterFailure e) {
                failures.add(rules.about(source, e));
                texts.add(rules.text(source, e));
            } catch (IllegalArgumentException e) {
                failures.add(ApiException.internal(String.valueOf(e.getMessage())));
                texts.add(String.valueOf(e.getMessage()));
            }
        }
        return ImportedTag.failed(
                tag,
                failures.size() == 1
                        ? failures.get(0)
                        : ApiException.internal("[" + String.join(", ", texts) + "]"));
    }

    /** What follows the first manifest is told of the reference that was asked for, wherever it was found. */
    private ImportedTag found(Wish wish, String tag, ImageManifest manifests, ImageManifest.Fetched manifest) {
        DockerReference missing = wish.reference();
        try {
            if (!wish.whole() || !manifest.isList()) {
                return ImportedTag.found(tag, named(wish.reference(), manifests.image(manifest)));
            }
            List<ObjectNode> children = new ArrayList<>();
            for (String digest : manifest.children()) {
                missing = wish.reference().withDigest(digest);
                children.add(named(wish.reference(), manifests.image(manifests.fetch(digest))));
            }
            return ImportedTag.found(tag, named(wish.reference(), manifests.index(manifest)), children);
        } catch (ImporterFailure e) {
            return ImportedTag.failed(tag, rules.about(missing, e));
        } catch (IllegalArgumentException e) {
            return ImportedTag.failed(tag, ApiException.internal(String.valueOf(e.getMessage())));
        }
    }

    private static ObjectNode named(DockerReference reference, ObjectNode image) {
        String digest = image.path("metadata").path("name").asText();
        return image.put("dockerImageReference", reference.withDigest(digest).exact());
    }

    private boolean isInsecure(Wish wish) {
        return wish.insecure() || conf.isInsecure(wish.reference());
    }

    private static ApiException blocked(DockerReference reference) {
        return ApiException.forbiddenPath("registry " + reference.registry() + " blocked");
    }

    private RegistryVisit visit(String host, boolean insecure) throws ImporterFailure {
        String key = rules.isFour() && insecure ? host + " insecure" : host;
        Ping ping = pings.computeIfAbsent(key, absent -> ping(host, insecure));
        if (ping.visit().isEmpty()) {
            throw ping.failure().get(0);
        }
        return ping.visit().get(0);
    }

    private Ping ping(String host, boolean insecure) {
        try {
            return new Ping(
                    List.of(RegistryVisit.ping(transport, credentials, rules.retriesAnonymously(), host, insecure)),
                    List.of());
        } catch (ImporterFailure e) {
            return new Ping(List.of(), List.of(e));
        }
    }
}
