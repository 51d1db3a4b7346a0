package io.github.cdkmaven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.ManifestAnswer.Found;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Looks whether images are there whole: the manifest, the configuration, which also tells the processor, and each layer. Cleaned repositories and the
 * caches of proxies keep manifests whose blobs are gone. Each blob of a repository is asked for once.
 */
final class WholeImages {

    private static final int LONGEST_ARCHITECTURE = 40;

    /** How many short questions cost a registry as much as a look at one image by itself. */
    private static final int SHARE_OF_A_LOOK = 2;

    private record Blob(String repository, String digest, boolean configuration) {}

    /** What is known of a blob: there (with the processor, for a configuration), gone, refused, or not known and why. */
    private record BlobState(Kind kind, String words) {

        enum Kind {
            THERE,
            GONE,
            REFUSED,
            UNKNOWN
        }
    }

    private final ManifestEndpoint manifests;
    private final BlobEndpoint blobs;
    private final Duration timeout;

    WholeImages(ManifestEndpoint manifests, BlobEndpoint blobs, Duration timeout) {
        this.manifests = manifests;
        this.blobs = blobs;
        this.timeout = timeout;
    }

    /** An answer for each image, in the given order. */
    Map<ManifestQuery, ManifestAnswer> look(Collection<ManifestQuery> queries, int parallelism, Deadline deadline) {
        Map<Blob, CompletableFuture<BlobState>> states = new ConcurrentHashMap<>();
        return Parallel.steps(queries, parallelism * SHARE_OF_A_LOOK, (query, lanes) -> CompletableFuture.supplyAsync(
                        () -> manifest(query, deadline), lanes)
                .thenCompose(image -> {
                    Map<Blob, CompletableFuture<BlobState>> own = new LinkedHashMap<>();
                    blobs(query, image)
                            .forEach(blob -> own.put(
                                    blob,
                                    states.computeIfAbsent(
                                            blob,
                                            wanted -> CompletableFuture.supplyAsync(
                                                    () -> state(wanted, deadline), lanes))));
                    return CompletableFuture.allOf(own.values().toArray(CompletableFuture[]::new))
                            .thenApply(all -> answer(
                                    image,
                                    own.values().stream()
                                            .map(CompletableFuture::join)
                                            .toList()));
                }));
    }

    private ManifestEndpoint.Read manifest(ManifestQuery query, Deadline deadline) {
        if (deadline.isOver()) {
            return ManifestEndpoint.Read.without(
                    new RegistryFailure.Unreachable("not checked: the time for all images had run out"));
        }
        try {
            return manifests.read(query, deadline.atMost(timeout));
        } catch (RegistryException e) {
            return ManifestEndpoint.Read.without(e.answer());
        }
    }

    private static List<Blob> blobs(ManifestQuery query, ManifestEndpoint.Read image) {
        List<Blob> found = new ArrayList<>();
        if (image.answer() instanceof Found) {
            JsonNode manifest = image.manifest();
            found.add(new Blob(
                    query.repository(), manifest.path("config").path("digest").asText(), true));
            manifest.path("layers")
                    .forEach(layer -> found.add(
                            new Blob(query.repository(), layer.path("digest").asText(), false)));
            // Schema 1.
            manifest.path("fsLayers")
                    .forEach(layer -> found.add(
                            new Blob(query.repository(), layer.path("blobSum").asText(), false)));
        }
        found.removeIf(blob -> !Sha256.isName(blob.digest()));
        return found;
    }

    private BlobState state(Blob blob, Deadline deadline) {
        String name = (blob.configuration() ? "its configuration " : "its layer ") + blob.digest();
        if (deadline.isOver()) {
            return unknown("the time for all images had run out");
        }
        try {
            BlobEndpoint.Look look =
                    blobs.look(blob.repository(), blob.digest(), blob.configuration(), deadline.atMost(timeout));
            if (look.there()) {
                return new BlobState(BlobState.Kind.THERE, architecture(look.bytes()));
            }
            return switch (look.status()) {
                case 404 -> new BlobState(BlobState.Kind.GONE, name);
                case 401, 403 -> new BlobState(BlobState.Kind.REFUSED, name + " (" + look.status() + ')');
                default -> unknown("the registry answers " + look.status() + " for " + name);
            };
        } catch (RegistryException e) {
            return unknown(e.answer().words());
        }
    }

    private static BlobState unknown(String reason) {
        return new BlobState(BlobState.Kind.UNKNOWN, reason);
    }

    /** Empty for what is no configuration. */
    private static String architecture(byte[] configuration) {
        try {
            return Optional.of(JsonTree.readStrictly(configuration).path("architecture"))
                    .filter(JsonNode::isTextual)
                    .map(architecture -> ForeignText.line(architecture.asText(), LONGEST_ARCHITECTURE))
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static ManifestAnswer answer(ManifestEndpoint.Read image, List<BlobState> blobs) {
        if (!(image.answer() instanceof Found found)) {
            return image.answer();
        }
        Map<BlobState.Kind, List<String>> words = blobs.stream()
                .collect(Collectors.groupingBy(
                        BlobState::kind, Collectors.mapping(BlobState::words, Collectors.toList())));
        List<String> gone = words.getOrDefault(BlobState.Kind.GONE, List.of());
        if (!gone.isEmpty()) {
            return new ManifestAnswer.Incomplete(gone);
        }
        List<String> refused = words.getOrDefault(BlobState.Kind.REFUSED, List.of());
        if (!refused.isEmpty()) {
            return new RegistryFailure.Forbidden("the manifest is there, but not " + refused.get(0));
        }
        List<String> architectures = found.architectures().isEmpty()
                ? words.getOrDefault(BlobState.Kind.THERE, List.of()).stream()
                        .filter(architecture -> !architecture.isEmpty())
                        .toList()
                : found.architectures();
        Found known = new Found(found.digest(), found.mediaType(), found.size(), architectures, found.wanted());
        List<String> unknown = words.getOrDefault(BlobState.Kind.UNKNOWN, List.of());
        return unknown.isEmpty() || known.otherArchitecture()
                ? known
                : new ManifestAnswer.Unproven(known, unknown.get(0));
    }
}
