package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cdkmaven.problem.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@DisplayName("report.html")
class HtmlReportTest {

    private static final Path NOWHERE = Path.of("no", "such", "directory");

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

        assertThat(page).contains("cdk:start failed", "2026-11-23 20:42:33 UTC", "3 min 12 s");
        assertThat(page).contains("registry.corp.example:5000", "3.4.0-1", "1.15.1", "v3.9.14", "192.168.42.7");
        Problem problem = report.problem().orElseThrow();
        assertThat(page)
                .contains(
                        problem.what(),
                        problem.fix(),
                        problem.log().orElseThrow().toString());
        assertThat(problem.evidence()).allMatch(line -> page.contains(line.replaceFirst("  NotFound|  OciOnly", "")));
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
    @DisplayName(
            "puts the outcome first, then the totals, then what is to be done, then the lists in which something failed")
    void putsTheOutcomeFirst() {
        Document page = parsed(SampleReports.failed());

        assertThat(headings(page, "h1")).containsExactly("cdk:start failed");
        assertThat(headings(page, "h2")).containsExactly("Notes", "ImageStreams", "Images", "Checks", "Timing");
        assertThat(page.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("cdk:start failed");
        assertThat(text(page))
                .containsSubsequence("cdk:start failed", "3 tags could not", "4 checks", "Mirror the images", "Notes");
    }

    @Test
    @DisplayName("has the lists in which something failed before the others")
    void failuresFirst() {
        Document page = parsed(SampleReports.common()
                .check(Check.fail("a", "b", "c", "d"))
                .image(ImageFinding.of("vm", "a", Verdict.INTERNAL))
                .build());

        assertThat(headings(page, "h2")).containsExactly("Checks", "Images", "Timing");
    }

    @Test
    @DisplayName("of a good run has totals and what was moved, and no word of failure but the number 0")
    void ofAGoodRun() {
        Document page = parsed(SampleReports.ok());

        assertThat(headings(page, "h1")).containsExactly("cdk:start passed");
        assertThat(totals(page))
                .containsExactly(
                        "2 ImageStreams, 5 tags",
                        "0 failed",
                        "1 skipped",
                        "1 unchanged",
                        "3 imported",
                        "3 images",
                        "0 external",
                        "1 allowed",
                        "2 internal",
                        "3 checks",
                        "0 failed",
                        "1 warning",
                        "2 ok");
        assertThat(elements(page, "p"))
                .noneMatch(text -> text.getAttribute("class").equals("headline"));
        assertThat(elements(byId(page, "streams"), "summary"))
                .extracting(summary -> summary.getTextContent())
                .containsExactly("openshift/dotnet 1 imported, 1 unchanged", "openshift/jenkins 2 imported, 1 skipped");
    }

    @Test
    @DisplayName("of a goal that died half-way says so, and shows what was reached")
    void ofAGoalThatDied() {
        String page = text(parsed(SampleReports.halfDone()));

        assertThat(page).contains("The goal did not finish.", "imported", "planned", "Verify");
    }

    @Test
    @DisplayName("of a run whose configuration lets failures pass says passed, and still what failed")
    void ofARunThatLetsFailuresPass() {
        Document page = parsed(SampleReports.common()
                .tag("openshift", "ruby", TagResult.failed("2.4", "a", "b", Reason.TIMEOUT, "slow"))
                .succeeded()
                .build());

        assertThat(headings(page, "h1")).containsExactly("cdk:start passed");
        assertThat(text(page)).contains("configuration", "openshift/ruby:2.4", Reason.TIMEOUT.fix());
    }

    @Test
    @DisplayName("tells a cause once, with its count, its fix, and what it befell folded")
    void groupsByCause() {
        Document page = parsed(SampleReports.nothingMirrored());
        List<Element> cards = cards(byId(page, "checks"));

        assertThat(cards).singleElement().satisfies(card -> {
            assertThat(elements(card, "h3").get(0).getTextContent())
                    .contains("165 ×", "the registry has no such image", "image.missing");
            assertThat(elements(elements(card, "details").get(0), "li")).hasSize(165);
            assertThat(elements(card, "details").get(0).hasAttribute("open")).isFalse();
        });
        assertThat(text(page))
                .containsOnlyOnce("the registry has no such image")
                .containsOnlyOnce("Mirror the image;");
        assertThat(text(page))
                .containsOnlyOnce("image-7-rhel7")
                .contains("needed for stream 7")
                .doesNotContain("145 more");
    }

    @Test
    @DisplayName("names the subject of a single finding where its title does not")
    void namesTheSubjectOnce() {
        Document page = parsed(SampleReports.builder("preflight")
                .check(Check.fail("registry.tls", "registry", "the certificate of registry is not trusted", "a"))
                .check(Check.fail("host.driver", "kvm", "the hypervisor is not ready", "b"))
                .build());

        assertThat(elements(byId(page, "checks"), "li"))
                .filteredOn(item -> item.getAttribute("class").startsWith("item"))
                .extracting(item -> item.getAttribute("class"))
                .containsExactly("item told", "item");
    }

    @Test
    @DisplayName("does not count among what passed what a cluster tells of a failed test")
    void evidence() {
        Document page = parsed(SampleReports.evidence());

        assertThat(elements(byId(page, "checks"), "summary"))
                .extracting(Element::getTextContent)
                .containsExactly("Evidence 2 items", "Passed 1 check");
        assertThat(elements(byId(page, "checks"), "pre"))
                .extracting(Element::getTextContent)
                .containsExactly("Starting\njava.lang.IllegalStateException: no database");
    }

    @Test
    @DisplayName("counts in a fold what stands in it")
    void countsWhatIsFolded() {
        Document page = parsed(SampleReports.failed());

        assertThat(elements(byId(page, "streams"), "summary"))
                .extracting(Element::getTextContent)
                .containsExactly("openshift/ruby 1 imported");
    }

    @Test
    @DisplayName("groups tags that failed by their reason, and no tag stands in two places")
    void groupsByReason() {
        Document page = parsed(SampleReports.large(1_000));

        assertThat(cards(byId(page, "streams"))).singleElement().satisfies(card -> {
            assertThat(elements(card, "h3").get(0).getTextContent()).contains("215 ×", "NotFound");
            assertThat(elements(card, "li")).hasSize(215);
        });
        assertThat(elements(byId(page, "streams"), "li")).hasSize(5_000);
    }

    @Test
    @DisplayName("tells a fix that all failures share once")
    void tellsASharedFixOnce() {
        Document page = parsed(SampleReports.common()
                .tag("openshift", "ruby", TagResult.failed("2.4", "a", "b", Reason.TLS, "x509"))
                .problem(Problem.of("1 tag failed.", Reason.TLS.fix()).with("openshift/ruby:2.4  b  Tls: x509"))
                .build());

        assertThat(text(page)).containsOnlyOnce(Reason.TLS.fix()).containsOnlyOnce("x509");
    }

    @Test
    @DisplayName("tells what comes after the fixes of the failures as what is next, and not as a fix")
    void tellsWhatIsNext() {
        Document page = parsed(SampleReports.common()
                .check(Check.fail("registry.tls", "b", "untrusted", "Name the authority."))
                .problem(Problem.of("1 problem.", "Name the authority. Then run 'mvn cdk:preflight' again."))
                .build());

        assertThat(elements(page, "p"))
                .filteredOn(text -> text.getAttribute("class").equals("fix"))
                .extracting(text -> text.getElementsByTagName("b").item(0).getTextContent())
                .containsExactly("Next", "Fix", "Fix");
        assertThat(text(page)).contains("Run mvn cdk:preflight again.");
    }

    @Test
    @DisplayName("tells what is outside by registry, and what is not proven, as warnings")
    void warnsOfOutside() {
        Document page = parsed(SampleReports.outside());

        assertThat(totals(page)).contains("3 outside", "1 unproven", "1 bundled", "0 external");
        assertThat(cards(byId(page, "streams")))
                .extracting(card -> elements(card, "h3").get(0).getTextContent().strip())
                .containsExactly("No mapping covers docker.io outside", "2 × No mapping covers quay.io outside");
        assertThat(cards(byId(page, "images"))).singleElement().satisfies(card -> assertThat(card.getTextContent())
                .contains("registry.redhat.io/ubi8/ubi:8.6", "unproven"));
    }

    @Test
    @DisplayName("links to the files that its run wrote, and to no others")
    void linksToFiles(@TempDir Path reports) throws IOException {
        RunReport report = SampleReports.nothingMirrored();
        FileTime before = FileTime.from(report.started().minusSeconds(60));
        for (String name : List.of("images/missing.txt", "images/images.txt", "debug/pods.txt", "my log.txt")) {
            Files.createDirectories(reports.resolve(name).getParent());
            Files.setLastModifiedTime(Files.writeString(reports.resolve(name), ""), FileTime.from(report.started()));
        }
        Files.setLastModifiedTime(reports.resolve("images/images.txt"), before);
        Files.setLastModifiedTime(reports.resolve("debug"), before);
        Path page = reports.resolve("preflight/report.html");

        HtmlReport.write(report, page);
        assertThat(links(page)).containsExactly("../images/missing.txt");

        Files.setLastModifiedTime(
                reports.resolve("debug"), FileTime.from(report.started().plusSeconds(1)));
        HtmlReport.write(logged(report, reports.resolve("my log.txt")), page);
        assertThat(links(page)).containsExactly("../my%20log.txt", "../images/missing.txt", "../debug/");
        assertThat(links(page))
                .allMatch(link -> Files.exists(Path.of(page.toUri().resolve(link))));

        HtmlReport.write(logged(report, reports.resolveSibling("elsewhere.log")), page);
        assertThat(links(page)).doesNotContain("../my%20log.txt");
        assertThat(page).content().contains("elsewhere.log");
    }

    private static RunReport logged(RunReport report, Path log) {
        return SampleReports.builder(report.goal())
                .problem(report.problem().orElseThrow().loggedIn(log))
                .build();
    }

    private static List<String> links(Path page) throws IOException {
        return Pattern.compile("href=\"(\\.\\./[^\"]*)\"")
                .matcher(Files.readString(page))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    @Test
    @DisplayName("sets POM elements, properties, goals and commands of an advice as code, and nothing else")
    void setsAdviceAsCode() {
        String fix = "Set <failOn>none</failOn> (-Dcdk.failOn=none), <a b>, run cdk:images, `skopeo copy --format v2s2`"
                + " or 'mvn cdk:status'.";
        Document page = parsed(
                SampleReports.common().check(Check.fail("a", "b", "c", fix)).build());
        Element shown = elements(cards(byId(page, "checks")).get(0), "p").get(0);

        assertThat(elements(shown, "code"))
                .extracting(Element::getTextContent)
                .containsExactly(
                        "<failOn>none</failOn>",
                        "-Dcdk.failOn=none",
                        "cdk:images",
                        "skopeo copy --format v2s2",
                        "mvn cdk:status");
        assertThat(elements(shown, "code"))
                .filteredOn(code -> code.getAttribute("data-copy").equals("command"))
                .extracting(Element::getTextContent)
                .containsExactly("skopeo copy --format v2s2", "mvn cdk:status");
        assertThat(shown.getTextContent()).contains("<a b>");
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
            assertThat(table.hasAttribute("aria-labelledby")).isTrue();
            assertThat(elements(table, "th")).allMatch(cell -> cell.hasAttribute("scope"));
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName(
            "asks for nothing outside the file: no address in any attribute, style or script, and a policy that forbids it")
    void asksForNothing(RunReport report) {
        Document page = parsed(report);

        assertThat(attributes(page, "href"))
                .allMatch(link -> link.startsWith("#")
                        || link.startsWith("data:")
                        || link.equals("./report.json")
                        || link.equals("./TEST-cdk.xml"));
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
                        hash(elements(page, "script").get(0)),
                        hash(elements(page, "style").get(0)));
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
        assertThat(elements(byId(page, "streams"), "code"))
                .extracting(Element::getTextContent)
                .contains(message, Text.block(everything + "/" + everything + ":" + everything));
        assertThat(elements(byId(page, "checks"), "code"))
                .filteredOn(code -> code.getAttribute("class").equals("name"))
                .extracting(Element::getTextContent)
                .containsExactly(message, message);
        assertThat(byId(page, "images").getTextContent()).contains(message);
        assertThat(elements(page, "p"))
                .filteredOn(element -> element.getAttribute("class").equals("headline"))
                .extracting(Element::getTextContent)
                .containsExactly(message);
    }

    @Test
    @DisplayName("hides its filters until the script is there, and names each outcome that occurs")
    void offersFilters() {
        Document page = parsed(SampleReports.ok());

        assertThat(elements(page, "form")).hasSize(3).allMatch(form -> form.hasAttribute("hidden"));
        assertThat(elements(elements(page, "form").get(0), "input"))
                .filteredOn(input -> input.getAttribute("type").equals("radio"))
                .extracting(input -> input.getAttribute("value"))
                .containsExactly("all", "failed", "skipped", "unchanged", "imported");
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
    @DisplayName("draws a step also of a goal that took no whole millisecond")
    void drawsAShortStep() {
        AtomicLong nanos = new AtomicLong();
        ReportBuilder report = new ReportBuilder(
                "stop", Clock.fixed(SampleReports.START, ZoneOffset.UTC), () -> nanos.addAndGet(100_000));
        report.step("Look", () -> true);

        assertThat(elements(byId(parsed(report.build()), "timing"), "rect"))
                .filteredOn(rect -> rect.getAttribute("class").equals("bar"))
                .extracting(bar -> bar.getAttribute("x"))
                .containsExactly("0.00%");
    }

    @Test
    @DisplayName("holds a thousand streams of five tags within a few megabytes")
    void holdsAThousandStreams() {
        String page = HtmlReport.render(SampleReports.large(1_000), NOWHERE);

        assertThat(page.split(" data-outcome=", -1)).hasSize(5_004);
        assertThat(page.length()).isLessThan(4_000_000);
    }

    private static Document parsed(RunReport report) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(HtmlReport.render(report, NOWHERE))));
        } catch (Exception e) {
            throw new AssertionError("The page is not well-formed", e);
        }
    }

    /** What a reader sees: white space between elements does not matter. */
    private static String text(Document page) {
        return page.getElementsByTagName("body").item(0).getTextContent().replaceAll("\\n+", " ");
    }

    private static List<String> totals(Document page) {
        return elements(page, "ul").stream()
                .filter(list -> list.getAttribute("class").equals("totals"))
                .flatMap(list -> elements(list, "li").stream())
                .map(total -> total.getTextContent())
                .toList();
    }

    private static List<Element> cards(Element section) {
        return elements(section, "div").stream()
                .filter(div -> div.getAttribute("class").startsWith("card "))
                .toList();
    }

    private static String hash(Element asset) {
        try {
            byte[] text = asset.getTextContent().getBytes(StandardCharsets.UTF_8);
            return "'sha256-"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(text)) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
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
