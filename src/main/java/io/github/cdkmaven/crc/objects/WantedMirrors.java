package io.github.cdkmaven.crc.objects;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mirrors that nodes use for images that pods call by their public names.
 *
 * @param digests for images that are called by a digest
 * @param tags for images that are called by a tag
 */
record WantedMirrors(List<MirrorEntry> digests, List<MirrorEntry> tags) {

    WantedMirrors {
        digests = List.copyOf(digests);
        tags = List.copyOf(tags);
    }

    /**
     * Those of the mappings, and of the payload, which the machine-config operator takes as digest mirrors only. A mapping whose source lies on one of
     * the company's own registries is left out: NeverContactSource would block that registry.
     *
     * @param blocked registries that are never asked
     * @param payload the repositories of the release
     */
    static WantedMirrors of(Registries registries, List<String> blocked, List<String> payload) {
        List<MirrorEntry> digests = new ArrayList<>();
        List<MirrorEntry> tags = new ArrayList<>();
        for (Mapping mapping : registries.relocation().mappings()) {
            if (!registries.hosts().contains(host(mapping.from()))) {
                MirrorEntry entry = new MirrorEntry(mapping.from(), mapping.to());
                digests.add(entry);
                if (payload.stream().noneMatch(repository -> isAlong(mapping.from(), repository))) {
                    tags.add(entry);
                }
            }
        }
        for (String repository : payload) {
            if (digests.stream().noneMatch(entry -> entry.source().equals(repository))) {
                ofPayload(repository, registries, blocked).ifPresent(digests::add);
            }
        }
        return new WantedMirrors(digests, tags);
    }

    /** A registry is blocked with its payload only while that has a mirror (machine-config-operator 4.19 helpers.go:633). */
    private static Optional<MirrorEntry> ofPayload(String repository, Registries registries, List<String> blocked) {
        Optional<String> moved = References.parse(repository)
                .flatMap(registries.relocation()::move)
                .map(ImageReference::name);
        return moved.or(() -> Optional.of(registries.own().name() + repository.substring(repository.indexOf('/')))
                        .filter(target -> blocked.contains(host(repository))))
                .map(target -> new MirrorEntry(repository, target));
    }

    /** Whether a source with a path is a payload repository, or lies above or below one. */
    private static boolean isAlong(String source, String repository) {
        return source.contains("/") && (repository + "/").startsWith(source + "/")
                || (source + "/").startsWith(repository + "/");
    }

    private static String host(String name) {
        return name.split("/", 2)[0];
    }
}
