package io.github.cdkmaven.crc;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.report.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The program: found, of a version that can be driven, and set up. Only crc itself sets up anything, by hand. */
final class SetupCheck implements Supplier<List<Check>> {

    private final Supplier<Crc> crc;
    private final Supplier<CrcVersion> version;
    private final Optional<BundleSource> bundle;
    private final boolean vmRuns;

    /**
     * A look that is still to be taken.
     *
     * @param crc finds the program; may throw a {@link ProblemException}, as the next one
     * @param version asks it for its version
     * @param bundle what the POM names
     * @param vmRuns whether the VM runs, which tells that all is set up
     */
    SetupCheck(Supplier<Crc> crc, Supplier<CrcVersion> version, Optional<BundleSource> bundle, boolean vmRuns) {
        this.crc = crc;
        this.version = version;
        this.bundle = bundle;
        this.vmRuns = vmRuns;
    }

    @Override
    public List<Check> get() {
        List<Check> checks = new ArrayList<>();
        try {
            String executable = crc.get().executable().toString();
            checks.add(Check.ok("tools.crc", executable, "found"));
            CrcVersion found = version.get();
            checks.add(version(executable, found));
            checks.add(setup(executable));
        } catch (ProblemException e) {
            checks.add(Check.fail(
                    checks.isEmpty() ? "tools.crc" : "tools.version",
                    "crc",
                    e.problem().toSentence(),
                    e.problem().fix()));
        }
        return checks;
    }

    private static Check version(String executable, CrcVersion found) {
        Generation generation = Generation.of(found);
        if (Generation.isUnknown(found)) {
            return Check.warn(
                    "tools.version",
                    executable,
                    found + " is newer than the versions that this plugin knows; it is treated like crc "
                            + Generation.NEWEST,
                    "look for a newer cdk-maven-plugin");
        }
        return generation.checksKubeletUnit()
                ? Check.ok(
                        "tools.version",
                        executable,
                        found
                                + "; if its pool 'master' is degraded because kubelet.service is disabled, 'sudo systemctl enable"
                                + " kubelet' in the VM helps")
                : Check.ok("tools.version", executable, found.toString());
    }

    /** crc stops at the first thing that is missing, and so does this. */
    private Check setup(String executable) {
        if (vmRuns) {
            return Check.ok("crc.setup", executable, "the VM runs");
        }
        CrcAnswer answer = crc.get().checkSetup(Optional.empty());
        if (answer.succeeded()) {
            return Check.ok("crc.setup", executable, "'crc setup --check-only' finds everything that crc needs");
        }
        String error = answer.error();
        if (error.contains("could not find cached bundle info") && bundle.isPresent()) {
            return Check.ok(
                    "crc.setup",
                    executable,
                    "everything is set up except the bundle, which the start takes from " + bundle.get());
        }
        Problem problem = answer.result().ended()
                ? KnownFailure.hangs(crc.get().executable())
                : KnownFailure.of(answer).orElseGet(() -> Problem.of(
                                "crc is not set up.",
                                "run 'crc setup"
                                        + bundle.map(source -> " -b " + source).orElse("")
                                        + "' once, in a terminal where sudo may ask for a password")
                        .with("crc: " + answer.shownError()));
        return Check.fail("crc.setup", executable, problem.toSentence(), problem.fix());
    }
}
