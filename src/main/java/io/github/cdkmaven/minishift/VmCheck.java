package io.github.cdkmaven.minishift;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.TextTable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether the VM that is there can be used for what the POM asks, before anything is changed. */
public final class VmCheck {

    private static final Logger LOG = LoggerFactory.getLogger(VmCheck.class);

    private VmCheck() {}

    /** What helps a VM that cannot be brought to what is asked for. */
    public static String recreate(MachineFiles files) {
        return files.goal("delete") + " deletes the VM, and the next start makes it anew";
    }

    /**
     * The settings that the VM has otherwise than a start would give them; none when there is no VM.
     *
     * @param files what minishift knows of the VM
     */
    public static List<Drift> drift(StartPlan plan, MachineFiles files) {
        return files.machine().map(machine -> Drift.between(plan, machine)).orElse(List.of());
    }

    /**
     * Fails for a VM that a start would not bring to what the POM asks.
     *
     * @throws io.github.cdkmaven.problem.ProblemException with the state and what to do about it
     */
    public static void requireUsable(StartPlan plan, MachineFiles files, VmStatus before, boolean generic) {
        if (!before.exists() && files.hasMachine()) {
            throw Problem.of(
                            "The VM '" + files.profile()
                                    + "' was created only half: minishift has a record of it, but there is no such VM, and a start would take it for a restart.",
                            recreate(files))
                    .with("minishift status: " + before)
                    .toException();
        }
        if (before.vm() == VmStatus.State.RUNNING && !before.openshiftRunning() && !generic) {
            throw Problem.of(
                            "The VM runs, but there is no OpenShift in it: an earlier start failed half-way, and another one would do nothing.",
                            recreate(files))
                    .with("minishift status: " + before)
                    .toException();
        }
        List<Drift> drift = drift(plan, files);
        if (drift.stream().anyMatch(Drift::insists)) {
            throw Problem.of(
                            "The VM '" + files.profile()
                                    + "' was created with other settings, and minishift does not change them any more.",
                            recreate(files) + "; or give the POM what the VM has")
                    .with(table(drift))
                    .toException();
        }
        if (!drift.isEmpty()) {
            LOG.warn(
                    "The VM '{}' was created with other settings, none of which keeps it from being used as it is ({}):",
                    files.profile(),
                    recreate(files));
            table(drift).forEach(line -> LOG.warn("  {}", line));
        }
    }

    /** The differences side by side. */
    public static List<String> table(List<Drift> drift) {
        TextTable table = new TextTable().row("OPTION", "POM", "VM");
        drift.forEach(row -> table.row(row.option(), row.pom(), row.vm()));
        return table.lines();
    }
}
