package io.github.cdkmaven.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that came out the same for the same reason: 165 missing images are one cause, told once with a count and a fix.
 *
 * @param checks at least one; all have the same id, outcome and fix
 */
public record Cause(List<Check> checks) {

    public Cause {
        checks = List.copyOf(checks);
    }

    /** The causes of several checks, in the order in which they first occur. */
    public static List<Cause> of(List<Check> checks) {
        Map<Check, List<Check>> causes = new LinkedHashMap<>();
        for (Check check : checks) {
            Check same = new Check(check.id(), "", check.outcome(), "", check.fix());
            causes.computeIfAbsent(same, key -> new ArrayList<>()).add(check);
        }
        return causes.values().stream().map(Cause::new).toList();
    }

    /** The id that all of them have. */
    public String id() {
        return checks.get(0).id();
    }

    /** The outcome that all of them have. */
    public CheckOutcome outcome() {
        return checks.get(0).outcome();
    }

    /** The fix that all of them have. */
    public Optional<String> fix() {
        return checks.get(0).fix();
    }

    /** What was seen of each: the whole message, or else its part before a semicolon; empty if the checks agree in neither. */
    public Optional<String> message() {
        String whole = checks.get(0).message();
        String clause = whole.split(";", 2)[0];
        if (checks.stream().allMatch(check -> check.message().equals(whole))) {
            return Optional.of(whole);
        }
        return checks.stream().allMatch(check -> check.message().startsWith(clause + ";"))
                ? Optional.of(clause)
                : Optional.empty();
    }

    /** What was seen of one of them beyond {@link #message()}. */
    public Optional<String> detail(Check check) {
        String shared = message().orElse("");
        return check.message().equals(shared)
                ? Optional.empty()
                : Optional.of(check.message()
                        .substring(shared.isEmpty() ? 0 : shared.length() + 1)
                        .strip());
    }

    /** One line that names the id, the count, what was seen, and the first subjects. */
    public String toLine() {
        List<String> subjects = checks.stream().map(Check::subject).toList();
        String first = String.join(", ", subjects.subList(0, Math.min(3, subjects.size())));
        return checks.size() == 1
                ? id() + " " + checks.get(0).toLine()
                : id() + ", " + checks.size() + " times: "
                        + message().map(text -> text + ": ").orElse("") + first + (checks.size() > 3 ? ", …" : "");
    }
}
