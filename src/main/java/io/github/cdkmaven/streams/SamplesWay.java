package io.github.cdkmaven.streams;

import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.openshift.ImageConfig;
import io.github.cdkmaven.openshift.SamplesConfig;
import io.github.cdkmaven.registry.Registries;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the streams of the samples operator get to the registry.
 *
 * @param means who rewrites them
 * @param prefix the samplesRegistry that gives every stream the name that it would have by the mappings; absent where no single one does
 * @param obstacle why that is not used, though the cluster may be configured
 */
record SamplesWay(Means means, Optional<String> prefix, Optional<String> obstacle) {

    /** Who rewrites the streams. */
    enum Means {
        /** The operator, which keeps them so over its next version. */
        SAMPLES_REGISTRY,
        /** We, after the operator was told to leave them alone for good. */
        SKIPPED,
        /** We, and the next version of the operator takes it back. */
        IMPORTS
    }

    /** The hosts for which the operator puts its samplesRegistry (cluster-samples-operator 4.6 to 4.22, {@code coreUpdateDockerPullSpec}). */
    private static final Set<String> REPLACED = Set.of(
            "docker.io",
            "registry.redhat.io",
            "registry.access.redhat.com",
            "quay.io",
            "registry.svc.ci.openshift.org");

    /**
     * Chooses one.
     *
     * @param images the operator's images by their public names, by stream and tag
     */
    static SamplesWay of(
            SamplesConfig config,
            Map<String, Map<String, ImageReference>> images,
            Registries registries,
            Streams streams,
            ImageConfig importer,
            ClusterConfiguration configuration) {
        Optional<String> prefix = prefix(images, registries);
        boolean wanted = images.entrySet().stream().allMatch(stream -> stream.getValue().keySet().stream()
                .allMatch(tag -> streams.wants(stream.getKey(), tag)));
        if (!configuration.ours() || config.isUnmanaged()) {
            return new SamplesWay(Means.IMPORTS, prefix.filter(value -> wanted), Optional.empty());
        }
        Optional<String> obstacle = prefix.isEmpty()
                ? Optional.of("<mappings> has more than one rule for its images")
                : wanted
                        ? obstacle(prefix.get(), registries, importer)
                        : Optional.of("<includes> or <excludes> leaves out some of its streams");
        return new SamplesWay(
                obstacle.isEmpty() ? Means.SAMPLES_REGISTRY : Means.SKIPPED, prefix.filter(value -> wanted), obstacle);
    }

    /** The operator's specs are never marked insecure, and its rewriting drops our mark (4.19: all imports fail). */
    private static Optional<String> obstacle(String prefix, Registries registries, ImageConfig importer) {
        String host = prefix.split("/", 2)[0];
        return registries.at(host).insecure() && !importer.isInsecure(host)
                ? Optional.of("insecureRegistries of image.config.openshift.io/cluster lacks " + host)
                : importer.objectionOfSamples(prefix);
    }

    /** What stands in the place of each image's host after a move, if that is the same for all and nothing else changes. */
    private static Optional<String> prefix(Map<String, Map<String, ImageReference>> images, Registries registries) {
        Set<Optional<String>> prefixes = new HashSet<>();
        List<ImageReference> all =
                images.values().stream().flatMap(tags -> tags.values().stream()).toList();
        for (ImageReference image : all) {
            String rest = "/" + image.path();
            prefixes.add(registries
                    .relocation()
                    .move(image)
                    .map(ImageReference::name)
                    .filter(name -> name.endsWith(rest) && REPLACED.contains(References.host(image)))
                    .map(name -> name.substring(0, name.length() - rest.length())));
        }
        return prefixes.size() == 1 ? prefixes.iterator().next() : Optional.empty();
    }
}
