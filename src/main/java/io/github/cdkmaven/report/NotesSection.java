package io.github.cdkmaven.report;

/** Sentences worth reading that are neither a check nor a problem. */
record NotesSection(RunReport report) implements PageSection {

    @Override
    public String id() {
        return "notes";
    }

    @Override
    public String title() {
        return "Notes";
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public boolean applies() {
        return !report.notes().isEmpty();
    }

    @Override
    public void writeTo(Html page) {
        page.open("ul", "class", "notes");
        report.notes().forEach(note -> page.element("li", note));
        page.close();
    }
}
