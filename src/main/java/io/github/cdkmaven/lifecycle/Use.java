package io.github.cdkmaven.lifecycle;

import java.util.Set;
import java.util.TreeSet;

/**
 * A build that uses the VM.
 *
 * @param build the build
 * @param modules those of its modules that are between their start and their stop
 */
record Use(Build build, Set<String> modules) {

    Use {
        modules = Set.copyOf(modules);
    }

    Use with(String module) {
        Set<String> more = new TreeSet<>(modules);
        more.add(module);
        return new Use(build, more);
    }

    Use without(String module) {
        Set<String> fewer = new TreeSet<>(modules);
        fewer.remove(module);
        return new Use(build, fewer);
    }
}
