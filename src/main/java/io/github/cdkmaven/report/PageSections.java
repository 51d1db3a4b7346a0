package io.github.cdkmaven.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page's lists of ImageStreams, images and checks, as values for its template. Each list has a card for every cause of a failure or
 * doubt, with its count and fix, and then folds of what is in order.
 */
final class PageSections {

    /** So many items are shown with their card; more are folded. */
    private static final int FEW = 3;

    private static final String EXTERNAL_FIX =
            "Mirror the image and name its source in <mappings> (-Dcdk.mappings), block its registry with"
                    + " <blockedRegistries> (-Dcdk.blockedRegistries), or accept it with <allowedImages>"
                    + " (-Dcdk.allowedImages).";

    private static final Pattern CODE = Pattern.compile("`([^`\n]{1,300})`|'(mvn [^'\n]{1,300})'"
            + "|(<(\\w{1,30})>[^<\\s]{0,30}</\\4>|<\\w{1,30}>|-Dcdk\\.\\w{1,30}(?:=[\\w./*:-]{0,60}[\\w/*])?"
            + "|\\bcdk:[a-z]{1,20}|\\bskopeo copy --format v2s2)");
    private static final Pattern COMMAND = Pattern.compile("[\\w./-]+ .+");
    private static final Pattern REST = Pattern.compile("(?:… )?and \\d+ more\\b.*\\breport.*");

    private final RunReport report;
    private final List<Cause> failures;

    PageSections(RunReport report) {
        this.report = report;
        this.failures = Cause.of(report.checks(CheckOutcome.FAIL));
    }

    /** Whether anything stands against the run. */
    boolean hasFaults() {
        return report.summary().failed() + report.summary().external() + failures.size() > 0;
    }

    /** Whether a line of a problem's evidence is told by a list, so that it needs no second place. */
    boolean tells(String line) {
        return REST.matcher(line).matches()
                || fixes().stream().anyMatch(fix -> line.equals("  Fix: " + fix))
                || report.failedTags().anyMatch(tag -> line.startsWith(tag.fullName() + "  "))
                || report.images(Verdict.EXTERNAL).stream().anyMatch(image -> line.equals(image.toLine()))
                || failures.stream().anyMatch(cause -> line.equals(cause.toLine()))
                || report.checks(CheckOutcome.FAIL).stream()
                        .anyMatch(
                                check -> line.equals(check.toLine()) || line.equals(check.id() + " " + check.toLine()));
    }

    /** The fixes that stand beside what failed. */
    List<String> fixes() {
        return Stream.concat(
                        failures.stream().flatMap(cause -> cause.fix().stream()),
                        report.failedTags().map(tag -> tag.reason().fix()))
                .distinct()
                .toList();
    }

    /** An advice in parts: POM elements, properties, goals and commands are code. */
    static ObjectNode fix(String text) {
        ObjectNode fix = Template.values("label", "Fix");
        ArrayNode parts = fix.putArray("part");
        String advice = Wording.sentence(text);
        Matcher code = CODE.matcher(advice);
        int done = 0;
        while (code.find()) {
            String found = Stream.of(1, 2, 3)
                    .map(code::group)
                    .filter(group -> group != null)
                    .findFirst()
                    .orElseThrow();
            parts.add(Template.values("text", advice.substring(done, code.start())));
            parts.add(Template.values(COMMAND.matcher(found).matches() ? "command" : "code", found));
            done = code.end();
        }
        parts.add(Template.values("text", advice.substring(done)));
        return fix;
    }

    /** The lists that have anything to show, those first in which something failed. */
    List<ObjectNode> values() {
        List<ObjectNode> sections = new ArrayList<>();
        if (!report.imageStreams().isEmpty()) {
            sections.add(streams());
        }
        if (!report.images().isEmpty()) {
            sections.add(images());
        }
        if (!report.checks().isEmpty()) {
            sections.add(checks());
        }
        sections.sort(Comparator.comparing(section -> !section.path("failed").asBoolean()));
        return sections;
    }

    private ObjectNode checks() {
        ObjectNode section = section("checks", "Checks", report.checks().size());
        for (CheckOutcome outcome : CheckOutcome.values()) {
            long count = report.checks(outcome).size();
            String label =
                    switch (outcome) {
                        case OK -> "ok";
                        case WARN -> count == 1 ? "warning" : "warnings";
                        case FAIL -> "failed";
                    };
            count(section, outcome.word(), label, count, outcome == CheckOutcome.FAIL);
        }
        failures.forEach(cause -> card(section, cause));
        Cause.of(report.checks(CheckOutcome.WARN)).forEach(cause -> card(section, cause));
        // What a cluster tells of a failed test is a check in the report's form, and has not passed anything.
        Map<Boolean, List<ObjectNode>> others = report.checks(CheckOutcome.OK).stream()
                .collect(Collectors.partitioningBy(
                        check -> check.id().startsWith("evidence."),
                        Collectors.mapping(
                                check -> item("ok", check.subject(), Optional.of(check.message()))
                                        .put("id", check.id()),
                                Collectors.toList())));
        foldAll(section, "Evidence", "item", others.get(true));
        foldAll(section, "Passed", "check", others.get(false));
        return section;
    }

    private static void card(ObjectNode section, Cause cause) {
        String word = cause.outcome().word();
        List<ObjectNode> items = cause.checks().stream()
                .map(check -> check.id().contains("image")
                        ? item(word, check.subject(), cause.detail(check)).put("copy", "image")
                        : item(word, check.subject(), cause.detail(check)))
                .toList();
        String[] message = cause.message().orElse(cause.id()).split("\n", 2);
        ObjectNode card = card(section, word, cause.id(), message[0], cause.fix(), items);
        if (message.length > 1) {
            card.put("more", message[1]);
        }
    }

    private ObjectNode streams() {
        ObjectNode section =
                section("streams", "ImageStreams", report.imageStreams().size());
        section.put("tags", report.summary().tags());
        for (TagOutcome outcome : TagOutcome.values()) {
            long tags = report.imageStreams().stream()
                    .mapToLong(stream -> stream.count(outcome))
                    .sum();
            count(section, outcome.word(), outcome.word(), tags, outcome == TagOutcome.FAILED);
        }
        Map<Reason, List<RunReport.StreamTag>> failed = report.failedTags()
                .collect(Collectors.groupingBy(
                        RunReport.StreamTag::reason, () -> new EnumMap<>(Reason.class), Collectors.toList()));
        failed.forEach((reason, tags) ->
                card(section, "failed", reason.word(), reason.meaning(), Optional.of(reason.fix()), named(tags)));
        report.outsideTags().forEach((source, tags) -> {
            String fix = "Add a rule for " + source + " to <mappings> (-Dcdk.mappings), or leave the tags out with"
                    + " <excludes> (-Dcdk.excludes).";
            card(section, "outside", "outside", "No mapping covers " + source, Optional.of(fix), named(tags));
        });
        Predicate<TagResult> told = tag -> tag.outcome() == TagOutcome.FAILED || tag.outcome() == TagOutcome.OUTSIDE;
        for (StreamResult stream : report.imageStreams()) {
            List<TagResult> rest = stream.tags().stream().filter(told.negate()).toList();
            if (!rest.isEmpty() || stream.tags().isEmpty()) {
                String tally = Wording.tally(List.of(new StreamResult(stream.namespace(), stream.name(), rest)));
                List<ObjectNode> items = rest.stream()
                        .map(tag ->
                                tag(tag.tag(), tag).put("badge", tag.outcome().word()))
                        .toList();
                fold(section, stream.fullName(), tally.isEmpty() ? "no tags" : tally, items);
            }
        }
        return section;
    }

    private static List<ObjectNode> named(List<RunReport.StreamTag> tags) {
        return tags.stream().map(one -> tag(one.fullName(), one.tag())).toList();
    }

    private static ObjectNode tag(String name, TagResult tag) {
        ObjectNode item = item(tag.outcome().word(), name, tag.message());
        ArrayNode references = item.putArray("ref");
        String to = tag.outcome() == TagOutcome.FAILED ? "tried" : "after";
        tag.from().ifPresent(text -> references.add(Template.values("label", "before", "text", text, "copy", "image")));
        tag.to().ifPresent(text -> references.add(Template.values("label", to, "text", text, "copy", "image")));
        tag.digest().ifPresent(text -> references.add(Template.values("label", "digest", "text", text)));
        return item;
    }

    private ObjectNode images() {
        ObjectNode section = section("images", "Images", report.images().size());
        for (Verdict verdict : Verdict.values()) {
            count(
                    section,
                    verdict.word(),
                    verdict.word(),
                    report.images(verdict).size(),
                    verdict == Verdict.EXTERNAL);
        }
        card(section, Verdict.EXTERNAL, "Not from the registry", Optional.of(EXTERNAL_FIX));
        card(section, Verdict.UNPROVEN, "Nothing shows that it came from the registry", Optional.empty());
        card(section, Verdict.ALLOWED, "Under another name, but accepted", Optional.empty());
        for (Verdict verdict : List.of(Verdict.INTERNAL, Verdict.BUNDLED)) {
            foldAll(section, verdict.word(), "image", items(verdict));
        }
        return section;
    }

    private void card(ObjectNode section, Verdict verdict, String title, Optional<String> fix) {
        List<ObjectNode> items = items(verdict);
        if (!items.isEmpty()) {
            card(section, verdict.word(), verdict.word(), title, fix, items);
        }
    }

    private List<ObjectNode> items(Verdict verdict) {
        List<ObjectNode> items = new ArrayList<>();
        for (ImageFinding image : report.images(verdict)) {
            ObjectNode item =
                    item(verdict.word(), image.image(), image.detail()).put("copy", "image");
            item.putArray("ref").add(Template.values("label", "in", "text", image.place()));
            items.add(item);
        }
        return items;
    }

    private static ObjectNode section(String id, String title, int size) {
        String several = id.equals("streams") ? title : id;
        String noun = size == 1 ? several.substring(0, several.length() - 1) : several;
        return Template.values("id", id, "title", title, "noun", noun).put("size", size);
    }

    /** A total, by which the list can be filtered; the worst comes first. That nothing failed is worth a number, too. */
    private static void count(ObjectNode section, String word, String label, long count, boolean failure) {
        if (count > 0 || failure) {
            section.withArray("choice")
                    .insert(
                            0,
                            Template.values("id", section.path("id").asText(), "word", word, "label", label)
                                    .put("count", count));
        }
        section.put("failed", section.path("failed").asBoolean() || failure && count > 0);
    }

    private static ObjectNode card(
            ObjectNode section, String kind, String code, String title, Optional<String> fix, List<ObjectNode> items) {
        ObjectNode card = Template.values(
                "kind", kind, "code", code, "title", items.size() > 1 ? title : Wording.sentence(title));
        section.withArray("card").add(card);
        if (items.size() > 1) {
            card.put("times", items.size());
        }
        fix.ifPresent(text -> card.set("fix", fix(text)));
        boolean named = items.size() == 1 && items.get(0).path("ref").isMissingNode();
        if (named && title.contains(items.get(0).path("name").asText())) {
            items.get(0).put("told", true);
        }
        String place = named ? "one" : items.size() > FEW ? "many" : "few";
        ObjectNode list = card.putObject(place).put("count", items.size());
        list.putArray("item").addAll(items);
        return card;
    }

    private static void foldAll(ObjectNode section, String title, String noun, List<ObjectNode> items) {
        if (!items.isEmpty()) {
            fold(section, title, Wording.count(items.size(), noun), items);
        }
    }

    private static void fold(ObjectNode section, String title, String tally, List<ObjectNode> items) {
        ObjectNode fold = Template.values("title", title, "tally", tally);
        fold.putArray("item").addAll(items);
        section.withArray("fold").add(fold);
    }

    private static ObjectNode item(String outcome, String name, Optional<String> message) {
        ObjectNode item = Template.values("outcome", outcome, "name", name);
        message.ifPresent(text -> item.put(text.contains("\n") ? "text" : "message", text));
        return item;
    }
}
