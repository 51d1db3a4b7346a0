package io.github.cdkmaven.report;

/** The head of the page: how the goal ended, in a word, a sentence and numbers. */
record Banner(RunReport report) {

    static String title(RunReport report) {
        return "cdk:" + report.goal() + (report.outcome() == Outcome.OK ? " passed" : " failed");
    }

    void writeTo(Html page) {
        page.open("header", "class", "banner");
        page.open("div", "class", "verdict")
                .open("h1")
                .element("span", "cdk:" + report.goal(), "class", "goal")
                .text(" ")
                .element("span", report.outcome() == Outcome.OK ? "passed" : "failed", "class", "word")
                .close()
                .element("p", Wording.headline(report), "class", "headline")
                .open("p", "class", "when")
                .element(
                        "time",
                        Wording.moment(report.started()),
                        "datetime",
                        report.started().toString())
                .text(" · took " + Wording.duration(report.took()))
                .close()
                .close();
        if (!report.imageStreams().isEmpty() || !report.images().isEmpty()) {
            writeNumbers(page, report.summary());
        }
        page.close();
    }

    private void writeNumbers(Html page, Summary numbers) {
        page.open("div", "class", "numbers").open("dl");
        if (!report.imageStreams().isEmpty()) {
            number(page, "ImageStreams", numbers.streams(), "all");
            number(page, "tags", numbers.tags(), "all");
            number(page, "imported", numbers.imported(), "imported");
            number(page, "unchanged", numbers.unchanged(), "unchanged");
            number(page, "planned", numbers.planned(), "planned");
            number(page, "skipped", numbers.skipped(), "skipped");
            number(page, "failed", numbers.failed(), "failed");
        }
        if (!report.images().isEmpty()) {
            number(page, "images", report.images().size(), "all");
            number(page, "allowed", report.images(Verdict.ALLOWED).size(), "allowed");
            number(page, "from outside", numbers.external(), "external");
        }
        page.close();
        writeShares(page, numbers);
        page.close();
    }

    private static void number(Html page, String name, int value, String kind) {
        page.open("div", "class", value == 0 ? "zero" : kind)
                .element("dt", name)
                .element("dd", String.valueOf(value))
                .close();
    }

    private static void writeShares(Html page, Summary numbers) {
        if (numbers.tags() == 0) {
            return;
        }
        page.open("svg", "class", "shares", "aria-hidden", "true", "height", "6", "width", "100%");
        int before = 0;
        before = share(page, "imported", numbers.imported(), before, numbers.tags());
        before = share(page, "unchanged", numbers.unchanged(), before, numbers.tags());
        before = share(page, "planned", numbers.planned(), before, numbers.tags());
        before = share(page, "skipped", numbers.skipped(), before, numbers.tags());
        share(page, "failed", numbers.failed(), before, numbers.tags());
        page.close();
    }

    private static int share(Html page, String kind, int value, int before, int all) {
        if (value > 0) {
            page.empty(
                    "rect",
                    "class",
                    kind,
                    "x",
                    Percent.of(before, all),
                    "y",
                    "0",
                    "width",
                    Percent.of(value, all),
                    "height",
                    "6");
        }
        return before + value;
    }
}
