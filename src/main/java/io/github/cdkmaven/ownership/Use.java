package io.github.cdkmaven.ownership;

import java.util.Set;
import java.util.TreeSet;

/**
 * A build that uses the VM.
 *
 * @param build the build
 * @param modules those of its modules that are between their start and their stop
 */
public record Use(Build build, Set<String> modules) {

    public Use {
        modules = Set.copyOf(modules);
    }

    /** The same use, in one module more. */
    public Use with(String module) {
        Set<String> more = new TreeSet<>(modules);
        more.add(module);
        return new Use(build, more);
    }

    /** The same use, in one module fewer. */
    public Use without(String module) {
        Set<String> fewer = new TreeSet<>(modules);
        fewer.remove(module);
        return new Use(build, fewer);
    }
}
