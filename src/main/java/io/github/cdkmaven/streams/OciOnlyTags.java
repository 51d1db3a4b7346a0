package io.github.cdkmaven.streams;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.registry.ManifestAnswer;
import io.github.cdkmaven.registry.ManifestQuery;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the registry about tags that OpenShift did not find: an image that is there with an OCI manifest only is as good as missing to OpenShift
 * 3.x, and its message is the same.
 */
final class OciOnlyTags {

    private static final int PARALLELISM = 8;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Registries registries;

    OciOnlyTags(Registries registries) {
        this.registries = registries;
    }

    /** The same results, with what the registries know better. */
    List<StreamResult> ask(List<StreamResult> results) {
        Map<String, Set<ManifestQuery>> missing = new HashMap<>();
        results.stream()
                .flatMap(stream -> stream.tags().stream())
                .flatMap(tag -> missing(tag).stream())
                .forEach(image -> missing.computeIfAbsent(image.registry().orElse(""), host -> new LinkedHashSet<>())
                        .add(query(image)));
        missing.keySet().retainAll(registries.hosts());
        if (missing.isEmpty()) {
            return results;
        }
        Map<String, Map<ManifestQuery, ManifestAnswer>> answers = new HashMap<>();
        try (RegistryClients clients = new RegistryClients(registries)) {
            missing.forEach(
                    (host, queries) -> answers.put(host, clients.client(host).manifests(queries, PARALLELISM, LIMIT)));
        }
        return results.stream()
                .map(stream -> new StreamResult(
                        stream.namespace(),
                        stream.name(),
                        stream.tags().stream()
                                .map(tag -> isOciOnly(tag, answers) ? ociOnly(tag) : tag)
                                .toList()))
                .toList();
    }

    private static boolean isOciOnly(TagResult tag, Map<String, Map<ManifestQuery, ManifestAnswer>> answers) {
        return missing(tag)
                .map(image -> answers.getOrDefault(image.registry().orElse(""), Map.of())
                        .get(query(image)))
                .filter(ManifestAnswer.OciOnly.class::isInstance)
                .isPresent();
    }

    private static Optional<ImageReference> missing(TagResult tag) {
        return tag.reason()
                .filter(Reason.NOT_FOUND::equals)
                .flatMap(reason -> tag.to())
                .flatMap(ImageReference::find);
    }

    private static ManifestQuery query(ImageReference image) {
        return new ManifestQuery(image.path(), image.tagOrDigest());
    }

    private static TagResult ociOnly(TagResult tag) {
        return TagResult.failed(
                tag.tag(),
                tag.from().orElse(""),
                tag.to().orElse(""),
                Reason.OCI_ONLY,
                tag.message().orElse("") + " (the registry holds it with an OCI manifest only)");
    }
}
