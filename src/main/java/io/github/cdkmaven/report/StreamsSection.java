package io.github.cdkmaven.report;

import java.util.Arrays;
import java.util.Optional;

/** Every ImageStream with every tag: before, after, outcome, reason, digest. The script makes them searchable. */
record StreamsSection(RunReport report) implements PageSection {

    @Override
    public String id() {
        return "streams";
    }

    @Override
    public String title() {
        return "ImageStreams";
    }

    @Override
    public int size() {
        return report.imageStreams().size();
    }

    @Override
    public boolean applies() {
        return !report.imageStreams().isEmpty();
    }

    @Override
    public void writeTo(Html page) {
        writeFilter(page);
        page.open("div", "id", "stream-list");
        int number = 0;
        for (StreamResult stream : report.imageStreams()) {
            number++;
            writeStream(page, stream, "stream-" + number);
        }
        page.close();
    }

    /** Hidden until the script is there to serve it. */
    private void writeFilter(Html page) {
        Summary numbers = report.summary();
        page.open("form", "id", "filter", "class", "filter", "hidden", "hidden", "role", "search")
                .open("div", "class", "search")
                .element("label", "Search streams, tags, references", "for", "query")
                .empty("input", "id", "query", "type", "search", "autocomplete", "off", "spellcheck", "false")
                .close()
                .open("fieldset")
                .element("legend", "Outcome");
        choice(page, "all", numbers.tags(), true);
        Arrays.stream(TagOutcome.values())
                .filter(outcome -> count(outcome) > 0)
                .forEach(outcome -> choice(page, outcome.word(), count(outcome), false));
        page.close()
                .element(
                        "p",
                        Wording.count(numbers.tags(), "tag") + " in " + Wording.count(numbers.streams(), "ImageStream"),
                        "id",
                        "shown",
                        "role",
                        "status",
                        "aria-live",
                        "polite")
                .close();
    }

    private long count(TagOutcome outcome) {
        return report.imageStreams().stream()
                .mapToLong(stream -> stream.count(outcome))
                .sum();
    }

    private static void choice(Html page, String word, long count, boolean chosen) {
        String id = "outcome-" + word;
        if (chosen) {
            page.empty("input", "type", "radio", "name", "outcome", "id", id, "value", word, "checked", "checked");
        } else {
            page.empty("input", "type", "radio", "name", "outcome", "id", id, "value", word);
        }
        page.open("label", "for", id)
                .text(word + " ")
                .element("span", String.valueOf(count), "class", "size")
                .close();
    }

    private static void writeStream(Html page, StreamResult stream, String heading) {
        page.open("div", "class", "stream")
                .open("h3", "id", heading)
                .element("span", stream.namespace() + "/", "class", "namespace")
                .text(stream.name())
                .close()
                .open("table", "aria-labelledby", heading)
                .open("thead", "class", "unseen")
                .open("tr")
                .element("th", "Tag", "scope", "col")
                .element("th", "Outcome", "scope", "col")
                .element("th", "Reference and image", "scope", "col")
                .close()
                .close()
                .open("tbody");
        stream.tags().forEach(tag -> writeTag(page, tag));
        page.close().close().close();
    }

    private static void writeTag(Html page, TagResult tag) {
        String outcome = tag.outcome().word();
        page.open("tr", "data-outcome", outcome)
                .element("th", tag.tag(), "scope", "row")
                .open("td")
                .element("span", outcome, "class", "badge " + outcome);
        tag.reason().ifPresent(reason -> page.text(" ").element("span", reason.word(), "class", "reason"));
        page.close().open("td");
        if (tag.from().isPresent() || tag.to().isPresent() || tag.digest().isPresent()) {
            page.open("dl", "class", "refs");
            reference(page, "before", tag.from());
            reference(page, tag.outcome() == TagOutcome.FAILED ? "tried" : "after", tag.to());
            reference(page, "digest", tag.digest());
            page.close();
        }
        tag.message().ifPresent(message -> page.element("p", message, "class", "message"));
        page.close().close();
    }

    private static void reference(Html page, String name, Optional<String> value) {
        value.ifPresent(text -> page.element("dt", name)
                .open("dd", "class", name)
                .element("code", text)
                .close());
    }
}
