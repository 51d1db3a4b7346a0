package io.github.cdkmaven.minishift.checks;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The programs of a start.
 *
 * @param minishift finds minishift, or throws a {@link io.github.cdkmaven.problem.ProblemException}
 * @param oc finds oc, or throws a {@link io.github.cdkmaven.problem.ProblemException}
 * @param files what minishift knows of the VM
 */
public record Programs(Supplier<Minishift> minishift, Supplier<Path> oc, MachineFiles files) {}
