package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Difference;
import io.github.cdkmaven.engine.Machine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.engine.State.Phase;
import io.github.cdkmaven.problem.Problem;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether the VM that is there can be used for what the POM asks, before anything is changed. */
final class Differences {

    private static final Logger LOG = LoggerFactory.getLogger(Differences.class);

    private Differences() {}

    /** What helps a VM that cannot be brought to what is asked for. */
    static String recreate(Machine machine) {
        return machine.goal("delete") + " deletes the VM, and the next start creates a new one";
    }

    /**
     * Fails for a VM that a start would not bring to what the POM asks.
     *
     * @throws io.github.cdkmaven.problem.ProblemException with the state and what to do about it
     */
    static void requireUsable(MachineEngine engine, State before) {
        Machine machine = engine.machine();
        before.obstacle().ifPresent(problem -> {
            throw problem.toException();
        });
        String name = machine.name();
        String recreate = recreate(machine);
        if (before.phase() == Phase.LOST) {
            throw Problem.of(
                            "The VM '" + name + "' is incomplete: " + engine.name()
                                    + " has a record of it, but the VM does not exist, so a start would be treated as a restart.",
                            recreate)
                    .with(engine.name() + " status: " + before)
                    .toException();
        }
        if (before.phase() == Phase.INCOMPLETE
                || before.phase() == Phase.IDLE && machine.exists() && !machine.complete()) {
            throw Problem.of(
                            "The VM runs, but there is no OpenShift in it: an earlier start failed, and starting again does not complete it.",
                            recreate)
                    .with(engine.name() + " status: " + before)
                    .toException();
        }
        List<Difference> differences = engine.differences();
        if (differences.stream().anyMatch(Difference::insists)) {
            throw Problem.of(
                            "The VM '" + name + "' was created with different settings, and " + engine.name()
                                    + " can no longer change them.",
                            recreate + "; "
                                    + machine.another()
                                            .map(profile -> profile + "; ")
                                            .orElse("")
                                    + "or set the POM to what the VM has")
                    .with(Difference.table(differences))
                    .toException();
        }
        if (!differences.isEmpty()) {
            LOG.warn(
                    "The VM '{}' was created with different settings, none of which prevents using it ({}):",
                    name,
                    recreate);
            Difference.table(differences).forEach(line -> LOG.warn("  {}", line));
        }
    }
}
