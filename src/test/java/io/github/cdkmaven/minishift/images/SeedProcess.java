package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Seeds a cache in a JVM of its own, which a test may kill. */
final class SeedProcess {

    private SeedProcess() {}

    /** Takes the cache's folder, the registry's host, and the images as {@code repository:tag}. */
    public static void main(String[] arguments) throws IOException {
        List<SeedImage> images = new ArrayList<>();
        for (String name : List.of(arguments).subList(2, arguments.length)) {
            images.add(SeededImagesTest.image(name));
        }
        Registry access = Registry.to(arguments[1]).withInsecure(true);
        try (RegistryClient client = new RegistryClient(access)) {
            SeededImages.seed(Path.of(arguments[0]), client, images, Duration.ofMinutes(1))
                    .forEach((image, result) -> System.out.println(image + " " + result));
        }
    }

    /** Starts it. */
    static Process start(Path cache, String host, String... names) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SeedProcess.class.getName(),
                cache.toString(),
                host));
        command.addAll(List.of(names));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
