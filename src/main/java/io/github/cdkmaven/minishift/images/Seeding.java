package io.github.cdkmaven.minishift.images;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.minishift.images.OciManifest.Descriptor;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.ManifestAnswer;
import io.github.cdkmaven.registry.ManifestAnswer.Found;
import io.github.cdkmaven.registry.ManifestContent;
import io.github.cdkmaven.registry.MediaTypes;
import io.github.cdkmaven.registry.Parallel;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.registry.RegistryException;
import io.github.cdkmaven.registry.RegistryFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run over one layout: manifests, then configurations, then layers, and the index when all is there. */
final class Seeding {

    private static final Logger LOGGER = LoggerFactory.getLogger(Seeding.class);
    private static final int LANES = 4;
    private static final ManifestAnswer NO_CONFIGURATION =
            new RegistryFailure.Broken(200, "an image whose configuration is not a JSON object");

    private final OciLayout layout;
    private final RegistryClient client;
    private final BlobFetch blobs;
    private final Deadline deadline;
    private final Map<SeedImage, SeedResult> results = new LinkedHashMap<>();
    private final Map<SeedImage, OciManifest> wanted = new LinkedHashMap<>();
    private final Map<SeedImage, SeedResult> kept = new LinkedHashMap<>();

    /** A run; the caller holds the layout's lock. */
    Seeding(OciLayout layout, RegistryClient client, Deadline deadline) {
        this.deadline = deadline;
        this.layout = layout;
        this.client = client;
        this.blobs = new BlobFetch(layout, client, deadline, LANES);
    }

    Map<SeedImage, SeedResult> run(List<SeedImage> images) throws IOException {
        Parallel.map(images, LANES, this::plan).forEach((image, plan) -> {
            // In the order of the images, whatever comes of them.
            results.put(image, plan.result());
            plan.manifest().ifPresent(manifest -> wanted.put(image, manifest));
            plan.kept().ifPresent(result -> kept.put(image, result));
        });
        fetchConfigurations();
        fetchLayers();
        finish();
        return results;
    }

    /** What is to be done for an image: nothing any more, or to bring in a manifest; and what the cache has until then. */
    private record Plan(SeedResult result, Optional<OciManifest> manifest, Optional<SeedResult> kept) {}

    private Plan plan(SeedImage image) {
        try {
            Optional<OciLayout.Cached> cached = layout.image(image.publicName());
            Optional<SeedResult> kept = cached.map(there -> new SeedResult.Present(there.digest()));
            try {
                OciManifest offered = offered(image);
                // The configuration identifies an image; its layers may have been compressed again.
                return cached.filter(there -> there.manifest().config().equals(offered.config()))
                        .map(same -> new Plan(kept.orElseThrow(), Optional.empty(), kept))
                        .orElseGet(() -> new Plan(
                                new SeedResult.Seeded(offered.descriptor().digest(), 0), Optional.of(offered), kept));
            } catch (RegistryException e) {
                return new Plan(failed(image, e.answer(), kept), Optional.empty(), kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The registry's image in the form that the cache needs. */
    private OciManifest offered(SeedImage image) throws RegistryException {
        if (deadline.isOver()) {
            throw new RegistryException(new RegistryFailure.Unreachable("the time for all images had run out"));
        }
        ManifestContent content = client.fetchManifest(image.repository(), image.reference());
        Found found =
                new Found(content.digest(), content.mediaType(), content.bytes().remaining(), List.of());
        if (found.schema1()) {
            throw new RegistryException(found);
        }
        try {
            return OciManifest.convert(content.toByteArray());
        } catch (IOException e) {
            throw new RegistryException(new RegistryFailure.Broken(200, String.valueOf(e.getMessage())), e);
        }
    }

    private static SeedResult failed(SeedImage image, ManifestAnswer answer, Optional<SeedResult> kept) {
        if (kept.isPresent()) {
            LOGGER.warn("Keeping {} as it is in minishift's image cache: {}", image, answer.words());
        }
        return kept.orElseGet(() -> new SeedResult.Failed(answer));
    }

    private void fetchConfigurations() {
        Map<Descriptor, String> configurations = new LinkedHashMap<>();
        wanted.forEach((image, manifest) -> configurations.putIfAbsent(manifest.config(), image.repository()));
        blobs.fetch(configurations);
        for (SeedImage image : List.copyOf(wanted.keySet())) {
            OciManifest manifest = wanted.get(image);
            blobs.failure(manifest.config())
                    .or(() -> otherArchitecture(manifest))
                    .ifPresent(answer -> fail(image, answer));
        }
    }

    private void fetchLayers() {
        Map<Descriptor, String> layers = new LinkedHashMap<>();
        wanted.forEach(
                (image, manifest) -> manifest.layers().forEach(layer -> layers.putIfAbsent(layer, image.repository())));
        if (!layers.isEmpty()) {
            LOGGER.info("Adding {} to minishift's image cache", wanted.keySet());
        }
        blobs.fetch(layers);
        for (SeedImage image : List.copyOf(wanted.keySet())) {
            wanted.get(image).layers().stream()
                    .map(blobs::failure)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(answer -> fail(image, answer));
        }
    }

    private void finish() throws IOException {
        Map<String, OciManifest> names = new LinkedHashMap<>();
        Set<String> counted = new HashSet<>();
        for (Map.Entry<SeedImage, OciManifest> entry : wanted.entrySet()) {
            OciManifest manifest = entry.getValue();
            layout.install(manifest);
            names.put(entry.getKey().publicName(), manifest);
            long bytes = manifest.blobs().stream()
                    .filter(blob -> counted.add(blob.digest()))
                    .mapToLong(blobs::bytes)
                    .sum();
            results.put(
                    entry.getKey(), new SeedResult.Seeded(manifest.descriptor().digest(), bytes));
        }
        if (!names.isEmpty()) {
            layout.point(names);
        }
    }

    private Optional<ManifestAnswer> otherArchitecture(OciManifest manifest) {
        byte[] configuration;
        try {
            configuration = Files.readAllBytes(layout.blob(manifest.config().digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            JsonNode json = JsonTree.readStrictly(configuration);
            if (!json.isObject()) {
                return Optional.of(NO_CONFIGURATION);
            }
            String architecture = json.path("architecture").asText("");
            return architecture.isEmpty() || architecture.equals(MediaTypes.AMD64)
                    ? Optional.empty()
                    : Optional.of(new Found(
                            manifest.descriptor().digest(),
                            MediaTypes.SCHEMA_2,
                            manifest.descriptor().size(),
                            List.of(ForeignText.line(architecture))));
        } catch (IOException e) {
            return Optional.of(NO_CONFIGURATION);
        }
    }

    private void fail(SeedImage image, ManifestAnswer answer) {
        wanted.remove(image);
        results.put(image, failed(image, answer, Optional.ofNullable(kept.get(image))));
    }
}
