package io.github.cdkmaven.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** When each step ran and how long it took, as a bar on the goal's own time line. */
record TimingSection(RunReport report) implements PageSection {

    @Override
    public String id() {
        return "timing";
    }

    @Override
    public String title() {
        return "Timing";
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public boolean applies() {
        return !report.steps().isEmpty();
    }

    @Override
    public void writeTo(Html page) {
        page.open("table", "class", "timing", "aria-label", "Steps in the order they began")
                .open("thead")
                .open("tr")
                .element("th", "Step", "scope", "col")
                .element("th", "Time", "scope", "col", "class", "time")
                .element("th", "When", "scope", "col", "class", "when")
                .close()
                .close()
                .open("tbody");
        double whole = millis(report.started(), end());
        for (Step step : report.steps()) {
            page.open("tr")
                    .element("th", step.name(), "scope", "row")
                    .element("td", Wording.duration(step.took()), "class", "time")
                    .open("td", "class", "when");
            writeBar(page, millis(report.started(), step.started()), step.took().toMillis(), whole);
            page.close().close();
        }
        page.close()
                .open("tfoot")
                .open("tr")
                .element("th", "The whole goal", "scope", "row")
                .element("td", Wording.duration(report.took()), "class", "time")
                .open("td", "class", "when")
                .close()
                .close()
                .close()
                .close();
    }

    private static void writeBar(Html page, double offset, double length, double whole) {
        page.open("svg", "aria-hidden", "true", "width", "100%", "height", "12")
                .empty("rect", "class", "track", "x", "0", "y", "5", "width", "100%", "height", "2")
                .empty(
                        "rect",
                        "class",
                        "bar",
                        "x",
                        Percent.of(offset, whole),
                        "y",
                        "0",
                        "width",
                        Percent.of(length, whole),
                        "height",
                        "12",
                        "rx",
                        "2")
                .close();
    }

    /** The last moment of any step or the goal: the clocks of both may differ by a little. */
    private Instant end() {
        Instant goal = report.started().plus(report.took());
        return report.steps().stream()
                .map(step -> step.started().plus(step.took()))
                .max(Comparator.naturalOrder())
                .filter(goal::isBefore)
                .orElse(goal);
    }

    private static double millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
