package io.github.cdkmaven.preflight;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.minishift.images.Products;
import io.github.cdkmaven.mirror.Inventory;
import io.github.cdkmaven.mirror.MirrorPlan;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The registry's part of preflight in a JVM of its own, which has never spoken HTTP before: the look at the registry, and then the images, and the whole images.
 *
 * <p>Arguments: the registry, how many times more the images, and then the whole images, are asked for, and the file for the result.
 */
public final class MeasuredCheck {

    private MeasuredCheck() {}

    public static void main(String[] args) throws IOException {
        MirrorPlan plan = plan(args[0]);
        ObjectNode result = new ObjectMapper().createObjectNode();
        Registry access = Registry.to(args[0]).withInsecure(true);
        long begin = System.nanoTime();
        try (RegistryClients registries = new RegistryClients(Registries.of(access))) {
            new RegistryCheck(registries, access.host()).get();
            result.put("contact", seconds(begin));
            for (int run = 0; run <= Integer.parseInt(args[1]); run++) {
                long asked = System.nanoTime();
                long usable =
                        Inventory.take(plan, registries, Duration.ofMinutes(1)).usable();
                result.withArray("images").add(seconds(asked));
                result.put("usable", usable);
            }
            for (int run = 0; run <= Integer.parseInt(args[1]); run++) {
                long asked = System.nanoTime();
                long usable = Inventory.ofWholeImages(plan, registries, Duration.ofMinutes(1))
                        .usable();
                result.withArray("whole").add(seconds(asked));
                result.put("usableWhole", usable);
            }
        }
        Files.writeString(Path.of(args[2]), result.toString());
    }

    /** Starts one, with the arguments that {@link #main} takes. */
    public static Process start(String... args) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MeasuredCheck.class.getName()));
        words.addAll(List.of(args));
        return new ProcessBuilder(words).inheritIO().start();
    }

    /** The images of the ImageStreams of OpenShift 3.9 as a registry has to hold them. */
    public static MirrorPlan plan(String registry) {
        RegistryName name = RegistryName.of("registry", registry);
        return MirrorPlan.of(
                Catalog.of("v3.9.31", Products.CDK_3_5).stream()
                        .filter(image -> image.use() instanceof Purpose.Stream)
                        .toList(),
                name,
                Relocation.byDefault(name));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
