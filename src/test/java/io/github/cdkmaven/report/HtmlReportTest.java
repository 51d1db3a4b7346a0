package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@DisplayName("report.html")
class HtmlReportTest {

    static Stream<RunReport> samples() {
        return Stream.concat(
                JsonReportTest.samples(),
                Stream.of(
                        SampleReports.large(3),
                        SampleReports.builder("stop").succeeded().build(),
                        SampleReports.builder("stop").build()));
    }

    @Test
    @DisplayName("tells every fact in its markup, so that it reads without script")
    void tellsEveryFact() {
        RunReport report = SampleReports.failed();
        String page = text(parsed(report));

        assertThat(page).contains("cdk:start failed", "2026-11-23 20:42:33 UTC", "took 3 min 12 s");
        assertThat(page).contains("registry.corp.example:5000", "3.4.0-1", "1.15.1", "v3.9.14", "192.168.42.7");
        report.problem().orElseThrow().toLines().stream()
                .map(line -> line.replaceFirst("^(Fix|Log): ", "").strip())
                .forEach(line -> assertThat(page).contains(line));
        for (Check check : report.checks()) {
            assertThat(page).contains(check.id(), check.subject(), check.message());
            check.fix().ifPresent(fix -> assertThat(page).contains(fix));
        }
        for (StreamResult stream : report.imageStreams()) {
            assertThat(page).contains(stream.fullName());
            for (TagResult tag : stream.tags()) {
                assertThat(page).contains(tag.tag(), tag.outcome().word());
                Stream.of(
                                tag.from(),
                                tag.to(),
                                tag.digest(),
                                tag.message(),
                                tag.reason().map(Reason::word))
                        .flatMap(Optional::stream)
                        .forEach(fact -> assertThat(page).contains(fact));
            }
        }
        for (ImageFinding image : report.images()) {
            assertThat(page).contains(image.location(), image.image());
            image.detail().ifPresent(why -> assertThat(page).contains(why));
        }
        for (Step step : report.steps()) {
            assertThat(page).contains(step.name(), Wording.duration(step.took()));
        }
        report.notes().forEach(note -> assertThat(page).contains(note));
    }

    @Test
    @DisplayName("puts the outcome first, then what failed, and everything else after it")
    void putsTheOutcomeFirst() {
        Document page = parsed(SampleReports.failed());

        assertThat(headings(page, "h1")).containsExactly("cdk:start failed");
        assertThat(headings(page, "h2"))
                .containsExactly(
                        "What failed", "Notes", "Registry and CDK", "Checks", "ImageStreams", "Images", "Timing");
        assertThat(page.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("cdk:start failed");
    }

    @Test
    @DisplayName("of a good run has nothing under 'what failed'")
    void ofAGoodRun() {
        Document page = parsed(SampleReports.ok());

        assertThat(headings(page, "h1")).containsExactly("cdk:start passed");
        assertThat(headings(page, "h2")).doesNotContain("What failed");
        assertThat(text(page))
                .contains(
                        "3 checks passed with 1 warning. 5 tags in 2 ImageStreams: 3 imported, 1 unchanged, 1 skipped."
                                + " No image came from outside.");
    }

    @Test
    @DisplayName("of a goal that died half-way says so, and shows what was reached")
    void ofAGoalThatDied() {
        String page = text(parsed(SampleReports.halfDone()));

        assertThat(page).contains("The goal ended before it was finished.", "imported", "planned", "Verify");
    }

    @Test
    @DisplayName("of a run whose configuration lets failures pass says passed, and still what failed")
    void ofARunThatLetsFailuresPass() {
        Document page = parsed(SampleReports.common()
                .tag("openshift", "ruby", TagResult.failed("2.4", "a", "b", Reason.TIMEOUT, "slow"))
                .succeeded()
                .build());

        assertThat(headings(page, "h1")).containsExactly("cdk:start passed");
        assertThat(text(page)).contains("What failed", "its configuration lets these pass", Reason.TIMEOUT.fix());
    }

    @Test
    @DisplayName("names tags that failed for the same reason together, with one fix, and counts what it does not name")
    void groupsByReason() {
        Document page = parsed(SampleReports.large(1_000));
        Element faults = byId(page, "faults");

        assertThat(faults.getElementsByTagName("h3").getLength()).isEqualTo(1);
        assertThat(faults.getTextContent())
                .contains("NotFound 215 tags", Reason.NOT_FOUND.fix(), "and 195 more, among the ImageStreams below");
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("is well-formed, with unique ids, links that lead somewhere, and headings in order")
    void isWellFormed(RunReport report) {
        Document page = parsed(report);

        List<String> ids = attributes(page, "id");
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(attributes(page, "href"))
                .filteredOn(link -> link.startsWith("#"))
                .allMatch(link -> ids.contains(link.substring(1)));
        assertThat(attributes(page, "for")).allMatch(ids::contains);
        assertThat(attributes(page, "aria-labelledby")).allMatch(ids::contains);
        assertThat(levels(page)).startsWith(1).satisfies(levels -> IntStream.range(1, levels.size())
                .forEach(i -> assertThat(levels.get(i)).isLessThanOrEqualTo(levels.get(i - 1) + 1)));
        elements(page, "table").forEach(table -> {
            assertThat(table.hasAttribute("aria-label") || table.hasAttribute("aria-labelledby"))
                    .isTrue();
            assertThat(elements(table, "th")).allMatch(cell -> cell.hasAttribute("scope"));
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName(
            "asks for nothing outside the file: no address in any attribute, style or script, and a policy that forbids it")
    void asksForNothing(RunReport report) {
        Document page = parsed(report);

        assertThat(attributes(page, "href")).allMatch(link -> link.startsWith("#") || link.startsWith("data:"));
        assertThat(attributes(page, "src")).isEmpty();
        assertThat(attributes(page, "style")).isEmpty();
        assertThat(names(page)).doesNotContain("iframe", "object", "embed", "img", "base", "video", "audio");
        assertThat(elements(page, "style")).singleElement().satisfies(style -> assertThat(style.getTextContent())
                .doesNotContain("url(", "@import", "http:", "https:", "//"));
        assertThat(elements(page, "script")).singleElement().satisfies(script -> assertThat(script.getTextContent())
                .doesNotContain("http:", "https:", "fetch", "XMLHttpRequest", "import(", "innerHTML", "eval"));
        assertThat(elements(page, "meta"))
                .filteredOn(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .singleElement()
                .extracting(meta -> meta.getAttribute("content"))
                .asString()
                .startsWith("default-src 'none'; ")
                .doesNotContain("unsafe", "http", "*")
                .contains(
                        Asset.of(elements(page, "script").get(0).getTextContent())
                                .policySource(),
                        Asset.of(elements(page, "style").get(0).getTextContent())
                                .policySource());
    }

    @Test
    @DisplayName("shows any character in any place as text")
    void showsAnyCharacterAsText() {
        String everything = IntStream.rangeClosed(0, 0xFFFF)
                .collect(StringBuilder::new, (all, c) -> all.append((char) c), StringBuilder::append)
                .append("</script><script>alert(1)</script>]]>--><!-- %s ${x} \u001B[31m")
                .append("x".repeat(10_000))
                .toString();
        Document page = parsed(SampleReports.hostile(everything));

        assertThat(elements(page, "script")).hasSize(1);
        String message = Text.block(everything);
        assertThat(elements(byId(page, "checks"), "p"))
                .filteredOn(element -> element.getAttribute("class").equals("message"))
                .extracting(Element::getTextContent)
                .containsExactly(message, message);
        assertThat(elements(byId(page, "streams"), "dd"))
                .extracting(Element::getTextContent)
                .containsExactly(message, message);
        assertThat(byId(page, "images").getTextContent()).contains(message);
        assertThat(elements(page, "p"))
                .filteredOn(element -> element.getAttribute("class").equals("headline"))
                .singleElement()
                .satisfies(headline -> assertThat(headline.getTextContent()).endsWith("…"));
    }

    @Test
    @DisplayName("hides its filter until the script is there, and names each outcome that occurs")
    void offersAFilter() {
        Element filter = byId(parsed(SampleReports.ok()), "filter");

        assertThat(filter.hasAttribute("hidden")).isTrue();
        assertThat(elements(filter, "input"))
                .filteredOn(input -> input.getAttribute("type").equals("radio"))
                .extracting(input -> input.getAttribute("value"))
                .containsExactly("all", "imported", "unchanged", "skipped");
        assertThat(elements(filter, "p")).singleElement().satisfies(count -> {
            assertThat(count.getAttribute("aria-live")).isEqualTo("polite");
            assertThat(count.getTextContent()).isEqualTo("5 tags in 2 ImageStreams");
        });
    }

    @Test
    @DisplayName("draws each step on the goal's own time line")
    void drawsSteps() {
        List<Element> bars = elements(byId(parsed(SampleReports.ok()), "timing"), "rect").stream()
                .filter(rect -> rect.getAttribute("class").equals("bar"))
                .toList();

        assertThat(bars)
                .extracting(bar -> bar.getAttribute("x"), bar -> bar.getAttribute("width"))
                .startsWith(tuple("0.00%", "0.44%"), tuple("0.44%", "83.81%"))
                .hasSize(5);
    }

    @Test
    @DisplayName("holds a thousand streams of five tags within a few megabytes")
    void holdsAThousandStreams() {
        String page = HtmlReport.render(SampleReports.large(1_000));

        assertThat(page.split(" data-outcome=", -1)).hasSize(5_001);
        assertThat(page.length()).isLessThan(4_000_000);
    }

    private static Document parsed(RunReport report) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(HtmlReport.render(report))));
        } catch (Exception e) {
            throw new AssertionError("The page is not well-formed", e);
        }
    }

    /** What a reader sees: white space between elements does not matter. */
    private static String text(Document page) {
        return page.getElementsByTagName("body").item(0).getTextContent().replaceAll("\\n+", " ");
    }

    private static Element byId(Document page, String id) {
        return elements(page, "*").stream()
                .filter(element -> element.getAttribute("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> headings(Document page, String level) {
        return elements(page, level).stream().map(Element::getTextContent).toList();
    }

    private static List<Integer> levels(Document page) {
        return elements(page, "*").stream()
                .map(Element::getTagName)
                .filter(name -> name.matches("h[1-6]"))
                .map(name -> Integer.valueOf(name.substring(1)))
                .toList();
    }

    private static List<String> names(Document page) {
        return elements(page, "*").stream().map(Element::getTagName).toList();
    }

    private static List<String> attributes(Document page, String name) {
        List<String> values = new ArrayList<>();
        for (Element element : elements(page, "*")) {
            NamedNodeMap attributes = element.getAttributes();
            if (attributes.getNamedItem(name) != null) {
                values.add(element.getAttribute(name));
            }
        }
        return values;
    }

    private static List<Element> elements(Document page, String name) {
        return list(page.getElementsByTagName(name));
    }

    private static List<Element> elements(Element parent, String name) {
        return list(parent.getElementsByTagName(name));
    }

    private static List<Element> list(NodeList found) {
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
