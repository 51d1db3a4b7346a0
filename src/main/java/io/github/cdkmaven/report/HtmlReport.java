package io.github.cdkmaven.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes report.html, the report for people: one file that works from disk, asks for nothing, and reads without script. */
public final class HtmlReport {

    private static final Template PAGE = Template.load("report.html");
    private static final String STYLE = hash(Template.resource("report.css"));
    private static final String SCRIPT = hash(Template.resource("report.js"));

    /** What goals leave in the report directory beside the reports, and what it is. */
    private static final List<String> FILES = List.of(
            "images/missing.txt: images that the registry lacks",
            "images/missing.skopeo-copy.sh: copies them",
            "images/missing.skopeo-sync.sh: copies them, also by way of a disk",
            "images/missing.mapping.txt: for oc image mirror",
            "images/images.txt: all images that are needed",
            "images/images.lock: what the registry holds, with digests",
            "minishift-start.log: what minishift printed",
            "crc-start.log: what crc printed",
            "debug/: versions, configuration, pods, events");

    private final RunReport report;
    private final Path directory;
    private final PageSections sections;
    private final ObjectNode page;

    private HtmlReport(RunReport report, Path directory) {
        this.report = report;
        this.directory = directory.toAbsolutePath().normalize();
        this.sections = new PageSections(report);
        this.page = head("cdk:" + report.goal() + " " + word(report), report.outcome());
    }

    /** Writes the page, replacing the file as a whole. It links to files of the report directory, which holds the page's folder. */
    public static void write(RunReport report, Path file) throws IOException {
        String page = render(report, file.resolve("../..").normalize());
        AtomicFile.write(file, out -> out.write(page));
    }

    static String render(RunReport report, Path reportDirectory) {
        return PAGE.render(new HtmlReport(report, reportDirectory).values());
    }

    /** What each page of the plugin begins with. */
    static ObjectNode head(String title, Outcome outcome) {
        String colour = outcome == Outcome.OK ? "1f7a4d" : "b3261e";
        return Template.values(
                "title", title, "outcome", outcome.word(), "colour", colour, "style", STYLE, "script", SCRIPT);
    }

    /** How it ended, for people. */
    static String word(RunReport report) {
        return report.outcome() == Outcome.OK ? "passed" : "failed";
    }

    private static String hash(String asset) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(asset.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private ObjectNode values() {
        page.put("goal", report.goal()).put("word", word(report));
        page.put("started", report.started().toString()).put("moment", Wording.moment(report.started()));
        page.put("took", Wording.duration(report.took()));
        ArrayNode facts = page.putArray("fact");
        report.registry().ifPresent(registry -> facts.add(Template.values("name", "Registry", "value", registry)));
        report.cdk()
                .known()
                .forEach((fact, value) ->
                        facts.add(Template.values("name", report.cdk().label(fact), "value", value)));
        page.putArray("section").addAll(sections.values());
        headline().ifPresent(text -> page.put("headline", text));
        report.problem().ifPresent(problem -> addProblem(page.putObject("answer"), problem));
        addFiles();
        addAll("notes", report.notes().stream().map(note -> Template.values("text", note)));
        addTiming();
        page.put("index", Files.exists(directory.resolve(ReportFiles.HTML)));
        return page;
    }

    /** Values that come with a heading, if there are any. */
    private void addAll(String name, Stream<ObjectNode> values) {
        List<ObjectNode> all = values.toList();
        if (!all.isEmpty()) {
            page.putObject(name).putArray("each").addAll(all);
        }
    }

    /** What the totals do not tell already. */
    private Optional<String> headline() {
        if (report.problem().isPresent()) {
            return report.problem().map(Problem::what);
        }
        if (report.outcome() == Outcome.FAILED) {
            return Optional.of("The goal did not finish. This page shows what was done and found up to that point.");
        }
        if (sections.hasFaults()) {
            return Optional.of("The goal passed because its configuration tolerates these failures.");
        }
        return page.path("section").isEmpty() ? Optional.of(Wording.headline(report)) : Optional.empty();
    }

    private void addProblem(ObjectNode answer, Problem problem) {
        List<String> evidence = problem.evidence().stream()
                .filter(line -> !sections.tells(line))
                .toList();
        if (!evidence.isEmpty()) {
            answer.put("evidence", String.join("\n", evidence));
        }
        String untold = sections.fixes().stream().reduce(problem.fix(), (rest, told) -> rest.replace(told, ""));
        if (untold.equals(problem.fix())) {
            answer.set("fix", PageSections.fix(untold));
        } else if (!untold.isBlank()) {
            answer.set(
                    "fix",
                    PageSections.fix(untold.strip().replaceFirst("^Then ", "")).put("label", "Next"));
        }
        problem.log().filter(log -> inside(log).isEmpty()).ifPresent(log -> answer.put("log", log.toString()));
    }

    /** Only what this run wrote: a list or log of an earlier one would tell of something else. */
    private void addFiles() {
        Map<String, String> found = new LinkedHashMap<>();
        report.problem()
                .flatMap(Problem::log)
                .flatMap(this::inside)
                .ifPresent(log -> found.put(log, "has more details"));
        for (String line : FILES) {
            String[] file = line.split(": ", 2);
            if (isNew(directory.resolve(file[0]))) {
                found.putIfAbsent(file[0], file[1]);
            }
        }
        addAll(
                "files",
                found.entrySet().stream().map(file -> Template.values("path", file.getKey(), "what", file.getValue())));
    }

    /** The way from the report directory to a file in it. */
    private Optional<String> inside(Path file) {
        Path target = file.toAbsolutePath().normalize();
        return target.startsWith(directory) && Files.exists(target)
                ? Optional.of(directory.toUri().relativize(target.toUri()).toString())
                : Optional.empty();
    }

    private boolean isNew(Path file) {
        try {
            // A file's time may be that of a coarser clock.
            Instant since = report.started().truncatedTo(ChronoUnit.SECONDS);
            return !Files.getLastModifiedTime(file).toInstant().isBefore(since);
        } catch (IOException e) {
            return false;
        }
    }

    /** Each step on the goal's own time line; the clocks of both may differ by a little. */
    private void addTiming() {
        Instant end = Stream.concat(
                        Stream.of(report.started().plus(report.took())),
                        report.steps().stream().map(step -> step.started().plus(step.took())))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Duration whole = Duration.between(report.started(), end);
        addAll(
                "timing",
                report.steps().stream()
                        .map(step -> Template.values(
                                "name", step.name(),
                                "took", Wording.duration(step.took()),
                                "offset", percent(Duration.between(report.started(), step.started()), whole),
                                "length", percent(step.took(), whole))));
    }

    private static String percent(Duration part, Duration whole) {
        double share = whole.toMillis() == 0 ? 0 : Math.max(0, 100.0 * part.toMillis() / whole.toMillis());
        return BigDecimal.valueOf(share).setScale(2, RoundingMode.HALF_UP) + "%";
    }
}
