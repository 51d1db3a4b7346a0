package io.github.cdkmaven.mirror;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.registry.RegistryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How much the registry holds of a plan, by the manifests: configurations and layers as they are stored and sent, each once.
 *
 * @param bytes their sizes together
 * @param unknown of how many images the size is not known: those of schema 1 do not tell, and a registry may fail meanwhile
 */
public record HeldSize(long bytes, int unknown) {

    /** Asks for the manifests of the images that OpenShift can use. */
    static HeldSize of(Inventory inventory, RegistryClients clients) {
        List<ImageReference> held = inventory.answers().entrySet().stream()
                .filter(entry -> Inventory.isUsable(entry.getValue()))
                .map(entry -> entry.getKey().target())
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(Inventory.PARALLELISM, task -> {
            Thread thread = new Thread(task, "image-size");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Map<String, Long>>> asked = new ArrayList<>();
            held.forEach(image -> asked.add(threads.submit(() -> blobs(image, clients))));
            Map<String, Long> all = new HashMap<>();
            int unknown = 0;
            for (Future<Map<String, Long>> answer : asked) {
                Map<String, Long> blobs = answer.get();
                all.putAll(blobs);
                unknown += blobs.isEmpty() ? 1 : 0;
            }
            return new HeldSize(all.values().stream().mapToLong(Long::longValue).sum(), unknown);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new HeldSize(0, held.size());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a manifest could not be read: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<String, Long> blobs(ImageReference image, RegistryClients clients) {
        try {
            return clients.client(image.registry().orElseThrow())
                    .fetchManifest(image.path(), image.tagOrDigest())
                    .blobSizes();
        } catch (RegistryException e) {
            return Map.of();
        }
    }

    /** The size in words. */
    public String words() {
        double mega = bytes / 1_000_000.0;
        String size = mega < 1000
                ? String.format(Locale.ROOT, "%.1f MB", mega)
                : String.format(Locale.ROOT, "%.1f GB", mega / 1000);
        return unknown == 0 ? size : size + " and " + unknown + " of unknown size";
    }
}
