package io.github.cdkmaven.report;

/** Every check, in the order it was made. */
record ChecksSection(RunReport report) implements PageSection {

    @Override
    public String id() {
        return "checks";
    }

    @Override
    public String title() {
        return "Checks";
    }

    @Override
    public int size() {
        return report.checks().size();
    }

    @Override
    public boolean applies() {
        return !report.checks().isEmpty();
    }

    @Override
    public void writeTo(Html page) {
        page.open("table", "class", "checks", "aria-label", "Checks in the order they were made")
                .open("thead")
                .open("tr")
                .element("th", "Outcome", "scope", "col")
                .element("th", "Check", "scope", "col")
                .element("th", "Subject", "scope", "col")
                .element("th", "What was seen", "scope", "col")
                .close()
                .close()
                .open("tbody");
        report.checks().forEach(check -> writeCheck(page, check));
        page.close().close();
    }

    private static void writeCheck(Html page, Check check) {
        String outcome = check.outcome().word();
        page.open("tr")
                .open("td")
                .element("span", outcome, "class", "badge " + outcome)
                .close()
                .open("th", "scope", "row")
                .element("code", check.id())
                .close()
                .open("td")
                .element("code", check.subject())
                .close()
                .open("td")
                .element("p", check.message(), "class", "message");
        check.fix().ifPresent(fix -> FixText.writeTo(page, fix));
        page.close().close();
    }
}
