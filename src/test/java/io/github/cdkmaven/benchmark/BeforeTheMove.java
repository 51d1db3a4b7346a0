package io.github.cdkmaven.benchmark;

import io.github.cdkmaven.registry.ManifestQuery;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClient;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/** What a build has behind it when its ImageStreams begin to move. */
final class BeforeTheMove {

    private static final int PARALLELISM = 8;
    private static final int CHECK_MILLIS = 250;
    private static final int CHECKS = 80;

    private BeforeTheMove() {}

    /** Asks the registry for the images, as preflight does. */
    static void preflight(String registry, List<String> images) {
        try (RegistryClient client = new RegistryClient(Registry.to(registry).withInsecure(true))) {
            client.manifests(
                    images.stream()
                            .map(image -> image.split(":(?=[^:]*$)", 2))
                            .map(image -> new ManifestQuery(image[0], image[1]))
                            .toList(),
                    PARALLELISM,
                    Duration.ofMinutes(1));
        }
    }

    /** While a VM boots, the JVM has minutes to compile what ran so far; here it gets as long as it takes. */
    static void awaitTheVm() throws InterruptedException {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long before = -1;
        for (int i = 0; i < CHECKS && compiler.getTotalCompilationTime() != before; i++) {
            before = compiler.getTotalCompilationTime();
            Thread.sleep(CHECK_MILLIS);
        }
    }
}
