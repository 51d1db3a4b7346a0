package io.github.cdkmaven.minishift.checks;

import io.github.cdkmaven.minishift.Generation;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.minishift.StartPlan;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.preflight.PreflightCheck;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.report.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The programs: found, executable, of a version that can be driven, and set up. */
public final class ToolsCheck implements PreflightCheck {

    private final Programs programs;
    private final StartSettings settings;
    private Optional<Product> product = Optional.empty();

    public ToolsCheck(Programs programs, StartSettings settings) {
        this.programs = programs;
        this.settings = settings;
    }

    /** Which product it is, once that was found out. */
    public Optional<Product> product() {
        return product;
    }

    @Override
    public List<Check> run() {
        List<Check> checks = new ArrayList<>();
        Minishift minishift;
        try {
            minishift = programs.minishift().get();
            checks.add(Check.ok("tools.minishift", minishift.executable().toString(), "found"));
        } catch (ProblemException e) {
            return List.of(fail("tools.minishift", "minishift", e.problem()));
        }
        checks.add(version(minishift));
        if (product.isPresent()) {
            checks.add(setup(minishift));
            checks.add(oc(product.get()));
        }
        return checks;
    }

    private Check version(Minishift minishift) {
        String subject = minishift.executable().toString();
        try {
            Product found = minishift.product();
            Generation.of(found);
            product = Optional.of(found);
            return Generation.isUnknown(found)
                    ? Check.warn(
                            "tools.version",
                            subject,
                            found + " is newer than what this plugin knows; it is driven like minishift "
                                    + Generation.NEWEST,
                            "look for a newer cdk-maven-plugin")
                    : Check.ok("tools.version", subject, found.toString());
        } catch (ProblemException e) {
            boolean setup = e.problem().fix().contains("setup-cdk");
            return fail(setup ? "tools.setup" : "tools.version", subject, e.problem());
        }
    }

    /** A CDK that was never set up says so to every command but {@code version}. */
    private Check setup(Minishift minishift) {
        String home = programs.files().home().toString();
        try {
            minishift.status();
            return Check.ok(
                    "tools.setup", home, programs.files().hasMachine() ? "there is a VM" : "there is no VM yet");
        } catch (ProblemException e) {
            return fail("tools.setup", home, e.problem());
        }
    }

    private Check oc(Product found) {
        String openshift = StartPlan.openshift(found, settings, programs.files().cachedOpenShifts());
        List<String> cached = programs.files().cachedOpenShifts();
        if (cached.contains(openshift)) {
            return Check.ok("tools.oc", openshift, "in minishift's cache");
        }
        Optional<Path> oc = Optional.empty();
        try {
            oc = Optional.of(programs.oc().get());
        } catch (ProblemException e) {
            if (programs.files().hasMachine()) {
                return fail("tools.oc", "oc", e.problem());
            }
        }
        if (programs.files().hasMachine() && oc.isPresent()) {
            return Check.ok("tools.oc", oc.get().toString(), "found");
        }
        // minishift would fetch it from GitHub or mirror.openshift.com (minishift#1637), which is no use without
        // Internet access.
        return Check.warn(
                "tools.oc",
                openshift,
                "minishift has no oc of this version in its cache"
                        + (cached.isEmpty() ? "" : " (only of " + String.join(", ", cached) + ")")
                        + " and will try to download it",
                cached.isEmpty()
                        ? "run 'minishift setup-cdk' with MINISHIFT_HOME="
                                + programs.files().home() + ", or put it into "
                                + programs.files().home() + "/cache/oc/" + openshift + "/<linux|darwin|windows>/"
                        : "<openshiftVersion>" + cached.get(cached.size() - 1) + "</openshiftVersion>"
                                + " (-Dcdk.openshiftVersion=" + cached.get(cached.size() - 1) + ")");
    }

    public static Check fail(String id, String subject, Problem problem) {
        return Check.fail(
                id,
                subject,
                problem.evidence().isEmpty()
                        ? problem.what()
                        : problem.what() + " (" + String.join("; ", problem.evidence()) + ")",
                problem.fix());
    }
}
