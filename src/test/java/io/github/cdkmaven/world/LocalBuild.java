package io.github.cdkmaven.world;

import io.github.cdkmaven.ownership.Builds;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.sim.SimulatedCrc;
import java.nio.file.Files;
import java.nio.file.Path;

/** A build that starts OpenShift Local in a JVM of its own: {@code LocalStart <folder of the world> <registry> <name> <preflight?>}. */
final class LocalStart {

    private LocalStart() {}

    static BuildProcess begin(SimulatedCrc crc, String registry, String name, boolean preflight) {
        Path folder = crc.home().resolveSibling(name);
        folder.toFile().mkdirs();
        return BuildProcess.java(
                LocalStart.class,
                folder,
                crc.home().getParent().toString(),
                registry,
                name,
                Boolean.toString(preflight));
    }

    public static void main(String[] arguments) throws Exception {
        LocalSite site = site(SimulatedCrc.at(Path.of(arguments[0])), arguments[1], arguments[2]);
        if (!Boolean.parseBoolean(arguments[3])) {
            site.withoutPreflight();
        }
        site.start();
        Files.writeString(Path.of("started"), "");
        site.stop();
    }

    /** The same site for a build of whoever calls. */
    static LocalSite site(SimulatedCrc crc, String registry, String name) {
        Registry own = Registry.to(registry).withInsecure(true);
        return new LocalSite(crc, Registries.of(own), crc.home().resolveSibling(name)).build(Builds.living(name));
    }
}
