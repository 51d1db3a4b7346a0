package io.github.cdkmaven.report;

import io.github.cdkmaven.problem.Problem;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What failed, each with its fix. Tags that failed for the same reason share one. */
record FaultsSection(RunReport report) implements PageSection {

    /** So many names are enough to recognise what they have in common; the rest is found among the ImageStreams. */
    private static final int NAMES_SHOWN = 20;

    @Override
    public String id() {
        return "faults";
    }

    @Override
    public String title() {
        return "What failed";
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public boolean applies() {
        return report.outcome() == Outcome.FAILED
                || report.summary().failed() > 0
                || report.summary().external() > 0
                || !report.checks(CheckOutcome.FAIL).isEmpty();
    }

    @Override
    public void writeTo(Html page) {
        if (report.outcome() == Outcome.OK) {
            page.element("p", "The goal passed all the same: its configuration lets these pass.", "class", "aside");
        } else if (report.problem().isEmpty()) {
            page.element(
                    "p",
                    "The goal did not come to a good end. This page shows all that was done and found until then.",
                    "class",
                    "aside");
        }
        report.problem().ifPresent(problem -> writeProblem(page, problem));
        report.checks(CheckOutcome.FAIL).forEach(check -> writeCheck(page, check));
        writeTags(page);
        writeImages(page);
    }

    /** The lines that stand for what has a place of its own on the page. */
    private Set<String> toldBelow() {
        return Stream.concat(
                        report.images(Verdict.EXTERNAL).stream().map(ImageFinding::toLine),
                        report.checks(CheckOutcome.FAIL).stream().map(Check::toLine))
                .collect(Collectors.toSet());
    }

    private void writeProblem(Html page, Problem problem) {
        Set<String> toldBelow = toldBelow();
        page.open("div", "class", "fault").element("h3", problem.what());
        List<String> evidence = problem.evidence().stream()
                .filter(Predicate.not(toldBelow::contains))
                .toList();
        if (!evidence.isEmpty()) {
            page.element("pre", String.join("\n", evidence), "class", "evidence");
        }
        FixText.writeTo(page, problem.fix());
        problem.log().ifPresent(log -> page.open("p", "class", "log")
                .element("b", "Log")
                .text(" ")
                .element("code", log.toString())
                .close());
        page.close();
    }

    private static void writeCheck(Html page, Check check) {
        page.open("div", "class", "fault")
                .open("h3")
                .element("code", check.id())
                .text(" " + check.subject())
                .close()
                .element("p", check.message(), "class", "message");
        check.fix().ifPresent(fix -> FixText.writeTo(page, fix));
        page.close();
    }

    private void writeTags(Html page) {
        Map<Reason, List<RunReport.FailedTag>> byReason = report.failedTags()
                .collect(Collectors.groupingBy(
                        RunReport.FailedTag::reason, () -> new EnumMap<>(Reason.class), Collectors.toList()));
        byReason.forEach((reason, tags) -> {
            page.open("div", "class", "fault")
                    .open("h3")
                    .element("code", reason.word())
                    .text(" " + Wording.count(tags.size(), "tag"))
                    .close()
                    .element("p", reason.meaning());
            writeNames(page, tags.stream().map(RunReport.FailedTag::fullName).toList());
            FixText.writeTo(page, reason.fix());
            page.close();
        });
    }

    private void writeImages(Html page) {
        List<ImageFinding> external = report.images(Verdict.EXTERNAL);
        if (external.isEmpty()) {
            return;
        }
        page.open("div", "class", "fault")
                .open("h3")
                .element("code", Verdict.EXTERNAL.word())
                .text(" " + Wording.count(external.size(), "image"))
                .close()
                .element("p", "These images did not come from the registry.");
        page.open("ul", "class", "found");
        external.stream().limit(NAMES_SHOWN).forEach(image -> writeImage(page, image));
        page.close();
        writeRest(page, external.size(), "among the images");
        FixText.writeTo(
                page,
                "Mirror the image and name its source in <mappings> (-Dcdk.mappings), block its registry with"
                        + " <blockedRegistries> (-Dcdk.blockedRegistries), or accept it with <allowedImages>"
                        + " (-Dcdk.allowedImages).");
        page.close();
    }

    private static void writeImage(Html page, ImageFinding image) {
        page.open("li").element("code", image.image()).text(" in " + image.place());
        image.detail().ifPresent(why -> page.element("p", why, "class", "message"));
        page.close();
    }

    private static void writeNames(Html page, List<String> names) {
        page.open("ul", "class", "names");
        names.stream()
                .limit(NAMES_SHOWN)
                .forEach(name -> page.open("li").element("code", name).close());
        page.close();
        writeRest(page, names.size(), "among the ImageStreams");
    }

    private static void writeRest(Html page, int all, String where) {
        if (all > NAMES_SHOWN) {
            page.element("p", "and " + (all - NAMES_SHOWN) + " more, " + where + " below");
        }
    }
}
