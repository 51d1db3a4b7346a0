package io.github.cdkmaven.report;

import java.util.List;

/** Every image that runs or lies in store, by verdict, the ones from outside first. */
record ImagesSection(RunReport report) implements PageSection {

    @Override
    public String id() {
        return "images";
    }

    @Override
    public String title() {
        return "Images";
    }

    @Override
    public int size() {
        return report.images().size();
    }

    @Override
    public boolean applies() {
        return !report.images().isEmpty();
    }

    @Override
    public void writeTo(Html page) {
        writeVerdict(page, Verdict.EXTERNAL, "not from the registry");
        writeVerdict(page, Verdict.ALLOWED, "under another name, and accepted");
        writeVerdict(page, Verdict.INTERNAL, "from the registry");
    }

    private void writeVerdict(Html page, Verdict verdict, String meaning) {
        List<ImageFinding> images = report.images(verdict);
        if (images.isEmpty()) {
            return;
        }
        String heading = "images-" + verdict.word();
        page.open("h3", "id", heading)
                .element("span", verdict.word(), "class", "badge " + verdict.word())
                .text(" " + Wording.count(images.size(), "image") + ", " + meaning)
                .close()
                .open("table", "class", "images", "aria-labelledby", heading)
                .open("thead")
                .open("tr")
                .element("th", "Where", "scope", "col")
                .element("th", "Image", "scope", "col")
                .close()
                .close()
                .open("tbody");
        images.forEach(image -> writeImage(page, image));
        page.close().close();
    }

    private static void writeImage(Html page, ImageFinding image) {
        page.open("tr").element("th", image.place(), "scope", "row").open("td").element("code", image.image());
        image.detail().ifPresent(why -> page.element("p", why, "class", "message"));
        page.close().close();
    }
}
