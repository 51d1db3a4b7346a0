package io.github.cdkmaven.preflight;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.Cause;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a preflight that failed tells: each cause in one line, with a count and its fix.
 *
 * @param checks all that was found
 * @param images how many images were looked for
 */
record FailedPreflight(List<Check> checks, long images) {

    private static final int CAUSES = 20;
    private static final int SUBJECTS = 3;

    FailedPreflight {
        checks = List.copyOf(checks);
    }

    /**
     * The problem that it is.
     *
     * @param outcome what was not done because of it
     * @param again how to go on once all is fixed
     */
    Problem problem(String outcome, String again) {
        List<Cause> causes = Cause.of(of(CheckOutcome.FAIL));
        String what = "Preflight found " + causes.size() + (causes.size() == 1 ? " problem" : " problems") + ", so "
                + outcome + ".";
        if (causes.size() == 1) {
            return Problem.of(what, sentence(causes.get(0).fix().orElse("See the report")) + " " + sentence(again))
                    .with(line(causes.get(0)));
        }
        List<String> evidence = new ArrayList<>();
        causes.stream().limit(CAUSES).forEach(cause -> {
            evidence.add(line(cause));
            cause.fix().ifPresent(fix -> evidence.add("  Fix: " + fix));
        });
        if (causes.size() > CAUSES) {
            evidence.add("… and " + (causes.size() - CAUSES) + " more in the report");
        }
        return Problem.of(what, "Fix each as described below it. " + sentence(again))
                .with(evidence);
    }

    private List<Check> of(CheckOutcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).toList();
    }

    /** Many images are counted, with those that alone would not fail the goal. */
    private String line(Cause cause) {
        if (cause.checks().size() == 1 || !cause.id().startsWith("image.")) {
            return cause.toLine();
        }
        long optional = Cause.of(of(CheckOutcome.WARN)).stream()
                .filter(other -> other.id().equals(cause.id()) && other.fix().equals(cause.fix()))
                .mapToLong(other -> other.checks().size())
                .sum();
        return cause.id() + ": " + (cause.checks().size() + optional) + " of " + images + " images"
                + (cause.id().equals(ImagesCheck.MISSING)
                        ? " are missing"
                        : cause.message().map(text -> ": " + text).orElse(""))
                + (optional == 0
                        ? ", such as "
                        : "; OpenShift cannot start without " + cause.checks().size() + " of them, such as ")
                + cause.checks().stream().limit(SUBJECTS).map(Check::subject).collect(Collectors.joining(", "));
    }

    private static String sentence(String text) {
        String capital = text.isEmpty() || text.startsWith("mvn")
                ? text
                : Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }
}
