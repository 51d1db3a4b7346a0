package io.github.cdkmaven.streams;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.Reason;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides whether tags that could not be moved fail the goal, and says which and why. */
final class FailedTags {

    private static final int SHOWN = 20;

    private FailedTags() {}

    /** The problem that the failed tags are; empty if there are none that count. */
    static Optional<Problem> problem(List<StreamResult> results, Streams streams, String registry) {
        List<String> lines = new ArrayList<>();
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        long tried = 0;
        for (StreamResult stream : results) {
            for (TagResult tag : stream.tags()) {
                tried += tag.outcome() == TagOutcome.SKIPPED ? 0 : 1;
                if (tag.outcome() == TagOutcome.FAILED && !streams.mayFail(stream.name(), tag.tag())) {
                    reasons.add(tag.reason().orElse(Reason.OTHER));
                    lines.add(stream.fullName() + ":" + tag.tag() + "  "
                            + tag.to().orElse("") + "  "
                            + tag.reason().orElse(Reason.OTHER).word() + ": "
                            + tag.message().orElse(""));
                }
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        int failed = lines.size();
        if (failed > SHOWN) {
            lines.subList(SHOWN, failed).clear();
            lines.add("and " + (failed - SHOWN) + " more, all of them in report.html");
        }
        String fix = reasons.stream()
                .map(Reason::fix)
                .distinct()
                .reduce((a, b) -> a + " " + b)
                .orElse("");
        return Optional.of(Problem.of(
                        streams.dryRun()
                                ? failed + " of " + tried + " image stream tags would not be imported from " + registry
                                        + "; nothing was changed."
                                : failed + " of " + tried + " image stream tags could not be imported from " + registry
                                        + "; all others are in place.",
                        fix)
                .with(lines));
    }
}
