package io.github.cdkmaven.streams;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.registry.ManifestAnswer;
import io.github.cdkmaven.registry.ManifestQuery;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the registry about tags that OpenShift did not find: an image that is there with an OCI manifest only is as good as missing to OpenShift
 * 3.x, and its message is the same.
 */
final class OciOnlyTags {

    private static final int PARALLELISM = 8;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final StreamOrder order;

    OciOnlyTags(StreamOrder order) {
        this.order = order;
    }

    /** The same results, with what the registry knows better. */
    List<StreamResult> ask(List<StreamResult> results) {
        Map<String, ManifestQuery> queries = new HashMap<>();
        results.stream().flatMap(stream -> stream.tags().stream()).forEach(tag -> query(tag)
                .ifPresent(query -> queries.put(tag.to().orElse(""), query)));
        if (queries.isEmpty()) {
            return results;
        }
        try (RegistryClient client = new RegistryClient(order.access())) {
            Map<ManifestQuery, ManifestAnswer> answers = client.manifests(queries.values(), PARALLELISM, LIMIT);
            return results.stream()
                    .map(stream -> new StreamResult(
                            stream.namespace(),
                            stream.name(),
                            stream.tags().stream()
                                    .map(tag -> Optional.ofNullable(
                                                    queries.get(tag.to().orElse("")))
                                            .filter(query -> tag.reason()
                                                    .filter(Reason.NOT_FOUND::equals)
                                                    .isPresent())
                                            .filter(query -> answers.get(query) instanceof ManifestAnswer.OciOnly)
                                            .map(query -> ociOnly(tag))
                                            .orElse(tag))
                                    .toList()))
                    .toList();
        }
    }

    private Optional<ManifestQuery> query(TagResult tag) {
        return tag.reason()
                .filter(Reason.NOT_FOUND::equals)
                .flatMap(reason -> tag.to())
                .flatMap(ImageReference::find)
                .filter(reference -> reference
                        .registry()
                        .filter(order.access().host()::equals)
                        .isPresent())
                .map(reference -> new ManifestQuery(reference.path(), reference.tagOrDigest()));
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
