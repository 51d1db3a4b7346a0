package io.github.cdkmaven.report;

import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Writes report.html, the report for people: one file that works from disk, asks for nothing, and reads without script. */
public final class HtmlReport {

    private static final Asset STYLE = Asset.load("report.css");
    private static final Asset SCRIPT = Asset.load("report.js");
    private static final String POLICY = "default-src 'none'; img-src data:; style-src " + STYLE.policySource()
            + "; script-src " + SCRIPT.policySource() + "; base-uri 'none'; form-action 'none'";

    private HtmlReport() {}

    /** Writes the page, replacing the file as a whole. */
    public static void write(RunReport report, Path file) throws IOException {
        String page = render(report);
        AtomicFile.write(file, out -> out.write(page));
    }

    static String render(RunReport report) {
        List<PageSection> sections = List.<PageSection>of(
                        new FaultsSection(report),
                        new NotesSection(report),
                        new FactsSection(report),
                        new ChecksSection(report),
                        new StreamsSection(report),
                        new ImagesSection(report),
                        new TimingSection(report))
                .stream()
                .filter(PageSection::applies)
                .toList();
        Html page = new Html();
        page.open("html", "lang", "en", "class", report.outcome().word());
        writeHead(page, report);
        page.open("body").element("a", "Skip to the findings", "class", "skip", "href", "#findings");
        new Banner(report).writeTo(page);
        writeContents(page, sections);
        page.open("main", "id", "findings");
        sections.forEach(section -> writeSection(page, section));
        page.close();
        page.element(
                "footer",
                "Written by cdk-maven-plugin, goal cdk:" + report.goal()
                        + ". The same findings for programs: report.json");
        return page.asset("script", SCRIPT).close().close().page();
    }

    private static void writeHead(Html page, RunReport report) {
        page.open("head")
                .empty("meta", "charset", "utf-8")
                .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .empty("meta", "name", "referrer", "content", "no-referrer")
                .empty("link", "rel", "icon", "href", icon(report.outcome()))
                .element("title", Banner.title(report))
                .asset("style", STYLE)
                .close();
    }

    /** A dot in the outcome's colour, so that a row of browser tabs tells which run failed. */
    private static String icon(Outcome outcome) {
        String colour = outcome == Outcome.OK ? "#1f7a4d" : "#b3261e";
        String image = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><circle cx='8' cy='8' r='7' fill='"
                + colour + "'/></svg>";
        return "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(image.getBytes(StandardCharsets.US_ASCII));
    }

    private static void writeContents(Html page, List<PageSection> sections) {
        page.open("nav", "aria-label", "Contents").open("ul");
        for (PageSection section : sections) {
            page.open("li").open("a", "href", "#" + section.id()).text(section.title());
            if (section.size() > 0) {
                page.text(" ").element("span", String.valueOf(section.size()), "class", "size");
            }
            page.close().close();
        }
        page.close().close();
    }

    private static void writeSection(Html page, PageSection section) {
        String heading = section.id() + "-heading";
        page.open("section", "id", section.id(), "aria-labelledby", heading)
                .element("h2", section.title(), "id", heading);
        section.writeTo(page);
        page.close();
    }
}
