package io.github.cdkmaven.report;

import io.github.cdkmaven.problem.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/**
 * The report as lines for Maven's log: what was done, how long each step took, and what stands out, each at its level. What ended the goal is
 * not among them: the exception's message tells it, and Maven prints that. Plain text without colours or control characters.
 */
public final class ConsoleSummary {

    /** No finding is longer, so that a server's message cannot flood a log. */
    static final int LONGEST_FINDING = 200;

    /** What the user has to do is told whole, unless it is absurd. */
    static final int LONGEST_LINE = 1000;

    /** More of a kind are counted, and told in full by the files. */
    static final int MOST_OF_A_KIND = 20;

    private static final int LONGEST_CELL = 90;

    /** A line, and as what it is logged. */
    public record Line(CheckOutcome level, String text) {}

    private final RunReport report;
    private final List<Line> lines = new ArrayList<>();

    private ConsoleSummary(RunReport report) {
        this.report = report;
    }

    /** Logs the report: a failure as an error, a warning as one. */
    public static void log(RunReport report, Logger log) {
        log(report, Optional.empty(), log);
    }

    /**
     * The same in a build that does several things at a time.
     *
     * @param module whose goal it was
     */
    public static void log(RunReport report, Optional<String> module, Logger log) {
        for (Line line : lines(report, module)) {
            switch (line.level()) {
                case OK -> log.info(line.text());
                case WARN -> log.warn(line.text());
                case FAIL -> log.error(line.text());
            }
        }
    }

    /** The lines, none of which has a line break in it. */
    public static List<Line> lines(RunReport report) {
        return lines(report, Optional.empty());
    }

    static List<Line> lines(RunReport report, Optional<String> module) {
        ConsoleSummary summary = new ConsoleSummary(report);
        summary.addHead(module.map(name -> " @ " + name).orElse(""));
        summary.addSteps();
        summary.addFindings();
        summary.report.notes().forEach(note -> summary.add("Note: " + note));
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

    private void addHead(String where) {
        String verdict = report.outcome() == Outcome.OK ? "passed" : "failed";
        add("cdk:" + report.goal() + where + " " + verdict + " after " + Wording.duration(report.took()));
        TextTable table = new TextTable();
        report.registry().ifPresent(registry -> table.row("Registry", cell(registry)));
        report.cdk()
                .get(CdkFacts.Fact.VERSION)
                .ifPresent(version -> table.row(report.cdk().label(CdkFacts.Fact.VERSION), cell(version)));
        report.cdk().get(CdkFacts.Fact.OPENSHIFT).ifPresent(version -> table.row("OpenShift", cell(version)));
        report.cdk().get(CdkFacts.Fact.IP).ifPresent(ip -> table.row("VM", cell(ip)));
        report.checks(CheckOutcome.OK).stream()
                .filter(check -> check.id().equals("image.found"))
                .forEach(check -> table.row("Mirror", cell(check.message())));
        Wording.numbers(report).forEach(table::row);
        table.lines().forEach(line -> add("  " + line));
        List<ImageFinding> allowed = report.images(Verdict.ALLOWED);
        allowed.stream()
                .limit(MOST_OF_A_KIND)
                .forEach(image -> add("  "
                        + finding("allowed: " + image.image() + " in " + image.place()
                                + image.detail().map(why -> ": " + why).orElse(""))));
        if (allowed.size() > MOST_OF_A_KIND) {
            add("  … and " + (allowed.size() - MOST_OF_A_KIND) + " more allowed images in " + ReportFiles.HTML);
        }
    }

    private void addSteps() {
        TextTable table = new TextTable().right(1);
        report.steps().forEach(step -> table.row(cell(step.name()), Wording.duration(step.took())));
        table.lines().forEach(line -> add("  " + line));
    }

    private void addFindings() {
        addCauses(CheckOutcome.WARN);
        addCauses(CheckOutcome.FAIL);
        addFailedTags();
        report.outsideTags()
                .forEach((source, tags) -> add(
                        CheckOutcome.WARN,
                        finding(Wording.count(tags.size(), "tag") + " outside, at " + source
                                + ", which no mapping covers, such as "
                                + tags.get(0).fullName())));
        List<ImageFinding> external = report.images(Verdict.EXTERNAL).stream()
                .filter(image -> !report.isEvidence(image.toLine()))
                .toList();
        external.stream()
                .limit(MOST_OF_A_KIND)
                .forEach(image -> add(CheckOutcome.FAIL, finding("external image: " + image.toLine())));
        if (external.size() > MOST_OF_A_KIND) {
            add(
                    CheckOutcome.FAIL,
                    "… and " + (external.size() - MOST_OF_A_KIND) + " more external images in " + ReportFiles.HTML);
        }
    }

    private void addCauses(CheckOutcome outcome) {
        for (Cause cause : Cause.of(report.checks(outcome))) {
            if (!report.isEvidence(cause)) {
                add(outcome, finding(cause.toLine()));
                cause.fix().ifPresent(fix -> add(outcome, "  Fix: " + fix));
            }
        }
    }

    /** One line for each reason; a goal that passed lets them pass. */
    private void addFailedTags() {
        CheckOutcome level = report.outcome() == Outcome.OK ? CheckOutcome.WARN : CheckOutcome.FAIL;
        Map<Reason, List<RunReport.StreamTag>> byReason = report.failedTags()
                .filter(failed -> !report.isEvidence(failed))
                .collect(Collectors.groupingBy(
                        RunReport.StreamTag::reason, () -> new EnumMap<>(Reason.class), Collectors.toList()));
        byReason.forEach((reason, tags) -> {
            RunReport.StreamTag first = tags.get(0);
            add(
                    level,
                    finding(reason.word() + ", " + Wording.count(tags.size(), "tag")
                            + (tags.size() == 1 ? ": " : ", such as ") + first.fullName() + ": "
                            + first.tag().message().orElse(reason.meaning())));
            add(level, "  Fix: " + reason.fix());
        });
    }

    private static String finding(String text) {
        return Text.line(text, LONGEST_FINDING);
    }

    private void add(String line) {
        add(CheckOutcome.OK, line);
    }

    private void add(CheckOutcome level, String line) {
        lines.add(new Line(level, safe(line)));
    }

    private static String cell(String text) {
        return Text.line(text, LONGEST_CELL);
    }
}
