package io.github.cdkmaven.crc;

import io.github.cdkmaven.ownership.Builds;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.sim.SimulatedCrc;
import io.github.cdkmaven.world.BuildProcess;
import io.github.cdkmaven.world.Canaries;
import io.github.cdkmaven.world.LocalSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A build on OpenShift Local in a JVM of its own, with the log of {@code -X}: {@code LocalBuild <folder of the world> <registry> <name> <goals>}. */
final class LocalBuild {

    private static final Map<String, Consumer<LocalSite>> GOALS = Map.of(
            "start", LocalSite::start,
            "start-without-preflight", site -> site.withoutPreflight().start(),
            "status", LocalSite::status,
            "verify", LocalSite::verify,
            "env", LocalSite::env,
            "console", LocalSite::console,
            "stop", LocalSite::stop,
            "delete", LocalSite::delete);

    private LocalBuild() {}

    /** Begins it; it goes on after a goal that fails, and shows all that Maven would show of that. */
    static BuildProcess begin(SimulatedCrc crc, String registry, String name, String... goals) {
        Path folder = crc.home().resolveSibling(name);
        folder.toFile().mkdirs();
        List<String> arguments = new ArrayList<>(List.of(crc.home().getParent().toString(), registry, name));
        arguments.addAll(List.of(goals));
        return BuildProcess.java(LocalBuild.class, folder, arguments.toArray(String[]::new));
    }

    public static void main(String[] arguments) {
        LocalSite site = site(SimulatedCrc.at(Path.of(arguments[0])), arguments[1], arguments[2]);
        boolean failed = false;
        for (String goal : Arrays.asList(arguments).subList(3, arguments.length)) {
            try {
                GOALS.get(goal).accept(site);
                site.said().forEach(System.err::println);
            } catch (ProblemException e) {
                failed = true;
                e.printStackTrace();
            }
        }
        System.exit(failed ? 1 : 0);
    }

    /** The same site for a build of whoever calls. */
    static LocalSite site(SimulatedCrc crc, String registry, String name) {
        Registry own =
                Registry.to(registry).withInsecure(true).withCredentials(new Credentials("ci", Canaries.REGISTRY));
        return new LocalSite(crc, Registries.of(own), crc.home().resolveSibling(name)).build(Builds.living(name));
    }
}
