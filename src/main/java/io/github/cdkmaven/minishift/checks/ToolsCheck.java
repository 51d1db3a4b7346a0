package io.github.cdkmaven.minishift.checks;

import io.github.cdkmaven.minishift.Generation;
import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.MinishiftVersion;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The programs: found, executable, of a version that can be driven, and set up. */
public final class ToolsCheck implements Supplier<List<Check>> {

    /**
     * Ways to the programs, each of which may throw a {@link ProblemException}.
     *
     * @param executable finds minishift
     * @param version asks for its version
     * @param state asks for the state of the VM, which a CDK tells only when it is set up
     * @param oc tells where minishift gets the oc of an OpenShift from
     */
    public record Programs(
            Supplier<Path> executable,
            Supplier<MinishiftVersion> version,
            Supplier<?> state,
            UnaryOperator<String> oc) {}

    private final Programs programs;
    private final MachineFiles files;
    private final StartSettings settings;

    public ToolsCheck(Programs programs, MachineFiles files, StartSettings settings) {
        this.programs = programs;
        this.files = files;
        this.settings = settings;
    }

    @Override
    public List<Check> get() {
        List<Check> checks = new ArrayList<>();
        String executable;
        try {
            executable = programs.executable().get().toString();
            checks.add(Check.ok("tools.minishift", executable, "found"));
        } catch (ProblemException e) {
            return List.of(fail("tools.minishift", "minishift", e.problem()));
        }
        try {
            MinishiftVersion found = programs.version().get();
            checks.add(version(executable, found));
            Check setup = setup();
            checks.add(setup);
            if (setup.outcome() == CheckOutcome.OK) {
                checks.add(oc(found));
            }
        } catch (ProblemException e) {
            boolean setup = e.problem().fix().contains("setup-cdk");
            checks.add(fail(setup ? "tools.setup" : "tools.version", executable, e.problem()));
        }
        return checks;
    }

    private static Check version(String executable, MinishiftVersion found) {
        Generation.of(found);
        return Generation.isUnknown(found)
                ? Check.warn(
                        "tools.version",
                        executable,
                        found + " is newer than the versions that this plugin knows; it is treated like minishift "
                                + Generation.NEWEST,
                        "look for a newer cdk-maven-plugin")
                : Check.ok("tools.version", executable, found.toString());
    }

    /** A CDK that was never set up says so to every command but {@code version}. */
    private Check setup() {
        String home = files.home().toString();
        try {
            programs.state().get();
            return Check.ok("tools.setup", home, files.hasMachine() ? "there is a VM" : "there is no VM yet");
        } catch (ProblemException e) {
            return fail("tools.setup", home, e.problem());
        }
    }

    /** minishift looks outside for an oc that it does not have (minishift#1637), which is no use without Internet access. */
    private Check oc(MinishiftVersion found) {
        String openshift = settings.openshift(found, files.cachedOpenShifts());
        try {
            return Check.ok("tools.oc", openshift, programs.oc().apply(openshift));
        } catch (ProblemException e) {
            return fail("tools.oc", openshift, e.problem());
        }
    }

    private static Check fail(String id, String subject, Problem problem) {
        return Check.fail(id, subject, problem.toSentence(), problem.fix());
    }
}
