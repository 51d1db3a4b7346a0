package io.github.cdkmaven.sim.registry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What a simulated registry stores: tags and manifests by repository, blobs by digest. */
final class RegistryContent {

    record Manifest(String digest, String mediaType, byte[] bytes) {}

    private final Map<String, Map<String, Manifest>> repositories = new ConcurrentSkipListMap<>();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    void put(String repository, String tag, TinyImage image) {
        image.parts().forEach(part -> put(repository, part.digest(), part));
        image.blobs().forEach(blobs::put);
        putManifest(repository, tag, image.mediaType(), image.manifestBytes());
    }

    String putManifest(String repository, String reference, String mediaType, byte[] bytes) {
        Manifest manifest = new Manifest(TinyImage.digest(bytes), mediaType, bytes);
        Map<String, Manifest> manifests = repositories.computeIfAbsent(repository, r -> new ConcurrentSkipListMap<>());
        manifests.put(reference, manifest);
        manifests.put(manifest.digest(), manifest);
        return manifest.digest();
    }

    void putBlob(byte[] bytes) {
        blobs.put(TinyImage.digest(bytes), bytes);
    }

    boolean hasRepository(String repository) {
        return repositories.containsKey(repository);
    }

    Set<String> repositories() {
        return repositories.keySet();
    }

    Set<String> references(String repository) {
        return repositories.getOrDefault(repository, Map.of()).keySet();
    }

    Optional<Manifest> manifest(String repository, String reference) {
        return Optional.ofNullable(
                repositories.getOrDefault(repository, Map.of()).get(reference));
    }

    Optional<byte[]> blob(String digest) {
        return Optional.ofNullable(blobs.get(digest));
    }

    void corrupt(String digest) {
        blobs.computeIfPresent(digest, (d, bytes) -> {
            byte[] broken = bytes.clone();
            broken[broken.length / 2] ^= 1;
            return broken;
        });
    }

    void removeManifest(String repository, String tag) {
        repositories.getOrDefault(repository, Map.of()).remove(tag);
    }
}
