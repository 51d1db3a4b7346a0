package io.github.cdkmaven.report;

import io.github.cdkmaven.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The report as lines for Maven's log: what was done, what stands out, how long each step took, and, where the goal
 * failed, the problem as the last block. Plain text without colours or control characters.
 */
public final class ConsoleSummary {

    /** No finding is longer, so that a server's message cannot flood a log. */
    static final int LONGEST_FINDING = 200;

    /** What the user has to do is told whole, unless it is absurd. */
    static final int LONGEST_LINE = 1000;

    /** More of a kind are counted, and told in full by the files. */
    static final int MOST_OF_A_KIND = 20;

    private static final int LONGEST_CELL = 90;

    private final RunReport report;
    private final List<String> lines = new ArrayList<>();

    private ConsoleSummary(RunReport report) {
        this.report = report;
    }

    /** The lines, none of which has a line break in it. */
    public static List<String> lines(RunReport report) {
        ConsoleSummary summary = new ConsoleSummary(report);
        summary.addHead();
        summary.addSteps();
        summary.addFindings();
        summary.report.notes().forEach(note -> summary.add("Note: " + note));
        summary.addProblem();
        return List.copyOf(summary.lines);
    }

    /** The block that ends the log of a goal that failed; what names and messages bring along cannot act on the terminal. */
    public static List<String> lines(Problem problem) {
        return problem.toLines().stream().map(ConsoleSummary::safe).toList();
    }

    /** A line from elsewhere, with what would act on the terminal spelled out. */
    public static String safe(String line) {
        return Text.line(line, LONGEST_LINE);
    }

    private void addHead() {
        String verdict = report.outcome() == Outcome.OK ? "passed" : "failed";
        add("cdk:" + report.goal() + " " + verdict + " after " + Wording.duration(report.took()));
        TextTable table = new TextTable();
        report.registry().ifPresent(registry -> table.row("Registry", cell(registry)));
        report.cdk().get(CdkFacts.Fact.VERSION).ifPresent(version -> table.row("CDK", cell(version)));
        report.cdk().get(CdkFacts.Fact.OPENSHIFT).ifPresent(version -> table.row("OpenShift", cell(version)));
        report.cdk().get(CdkFacts.Fact.IP).ifPresent(ip -> table.row("VM", cell(ip)));
        Wording.numbers(report).forEach(table::row);
        table.lines().forEach(line -> add("  " + line));
    }

    private void addSteps() {
        TextTable table = new TextTable().right(1);
        report.steps().forEach(step -> table.row(cell(step.name()), Wording.duration(step.took())));
        table.lines().forEach(line -> add("  " + line));
    }

    private void addFindings() {
        addCauses(report.checks(CheckOutcome.WARN));
        addCauses(report.checks(CheckOutcome.FAIL).stream()
                .filter(check -> !report.isEvidence(check.toLine()))
                .toList());
        addKind(report.failedTags()
                .map(failed -> finding(
                        "FAIL " + failed.fullName() + " " + failed.reason().word() + ": "
                                + failed.tag().message().orElse(failed.reason().meaning()))));
        report.failedTags()
                .map(RunReport.StreamTag::reason)
                .distinct()
                .sorted()
                .forEach(reason -> add("Fix (" + reason.word() + "): " + reason.fix()));
        report.outsideTags()
                .forEach((source, tags) -> lines.addAll(
                        finding("OUTSIDE " + source + ", which no mapping covers: " + Wording.count(tags.size(), "tag")
                                + ", such as " + tags.get(0).fullName())));
        addKind(report.images(Verdict.EXTERNAL).stream()
                .filter(image -> !report.isEvidence(image.toLine()))
                .map(image -> finding("EXTERNAL " + image.location() + " " + image.image()
                        + image.detail().map(why -> ": " + why).orElse(""))));
    }

    private void addCauses(List<Check> checks) {
        addKind(Cause.of(checks).stream().map(cause -> {
            List<String> told =
                    new ArrayList<>(finding(cause.outcome().word().toUpperCase(Locale.ROOT) + " " + cause.toLine()));
            cause.fix().ifPresent(fix -> told.add("  Fix: " + fix));
            return told;
        }));
    }

    private static List<String> finding(String text) {
        return List.of(Text.line(text, LONGEST_FINDING));
    }

    private void addKind(Stream<List<String>> kind) {
        List<List<String>> all = kind.toList();
        all.stream().limit(MOST_OF_A_KIND).forEach(item -> item.forEach(this::add));
        if (all.size() > MOST_OF_A_KIND) {
            add("… and " + (all.size() - MOST_OF_A_KIND) + " more in " + ReportFiles.HTML);
        }
    }

    private void addProblem() {
        report.problem().ifPresent(problem -> lines.addAll(lines(problem)));
    }

    private void add(String line) {
        lines.add(safe(line));
    }

    private static String cell(String text) {
        return Text.line(text, LONGEST_CELL);
    }
}
