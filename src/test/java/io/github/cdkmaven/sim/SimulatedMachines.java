package io.github.cdkmaven.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small things that tests of the simulation do to a world. */
final class SimulatedMachines {

    private SimulatedMachines() {}

    /** As if {@code oc} of that OpenShift had been copied into the cache by hand. */
    static void cacheOc(SimulatedCdk cdk, String openshift) {
        Path oc = cdk.home().resolve("cache/oc/" + openshift + "/linux/oc");
        try {
            Files.createDirectories(oc.getParent());
            Files.deleteIfExists(oc);
            Files.copy(cdk.oc(), oc, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The arguments of a start against a registry, as the plugin's users would write them. */
    static String[] start(AnyImageRegistry registry, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "start",
                "--skip-registration",
                "--insecure-registry",
                registry.host(),
                "--docker-opt",
                "add-registry=" + registry.host(),
                "--docker-opt",
                "block-registry=registry.access.redhat.com"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
