package io.github.cdkmaven.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes TEST-cdk.xml, so that a CI server shows the goal, checks, tags and images as it shows tests. */
public final class JunitXmlReport {

    private static final int MILLIS = 3;
    private static final Template SUITE = Template.load("TEST-cdk.xml");

    private final ArrayNode cases;

    private JunitXmlReport(ArrayNode cases) {
        this.cases = cases;
    }

    /** Writes the report, replacing the file as a whole. */
    public static void write(RunReport report, Path file) throws IOException {
        ObjectNode suite = Template.values(
                "goal", Text.line(report.goal()),
                "time", Wording.seconds(report.took(), MILLIS),
                "timestamp", report.started().toString());
        JunitXmlReport xml = new JunitXmlReport(suite.putArray("case"));
        xml.addGoal(report);
        for (Check check : report.checks()) {
            xml.addCheck(check);
        }
        for (StreamResult stream : report.imageStreams()) {
            for (TagResult tag : stream.tags()) {
                xml.addTag(stream, tag);
            }
        }
        for (ImageFinding image : report.images()) {
            xml.addImage(image);
        }
        suite.put("tests", xml.cases.size());
        for (String outcome : List.of("failure", "error", "skipped")) {
            int count = xml.cases.findParents(outcome).size();
            suite.put(outcome.equals("skipped") ? outcome : outcome + "s", count);
        }
        String text = SUITE.render(suite);
        AtomicFile.write(file, out -> out.write(text));
    }

    /** The goal itself is a test too; it alone can be an error. */
    private void addGoal(RunReport report) {
        ObjectNode test = test("cdk", "cdk:" + report.goal()).put("time", Wording.seconds(report.took(), MILLIS));
        if (report.outcome() == Outcome.FAILED) {
            String story = report.problem()
                    .map(Problem::toLines)
                    .map(lines -> String.join("\n", lines))
                    .orElse("");
            complain(test, "error", "failed", Wording.headline(report), story);
        }
    }

    private void addCheck(Check check) {
        ObjectNode test = test("cdk.checks", check.id() + " " + check.subject());
        String advice =
                check.message() + check.fix().map(fix -> "\nFix: " + fix).orElse("");
        switch (check.outcome()) {
            case FAIL -> complain(test, "failure", check.id(), check.message(), advice);
            case WARN -> test.put("out", "Warning: " + advice);
            case OK -> test.put("out", advice);
        }
    }

    private void addTag(StreamResult stream, TagResult tag) {
        ObjectNode test = test("cdk.imagestreams", stream.fullName() + ":" + tag.tag());
        switch (tag.outcome()) {
            case FAILED -> {
                Reason reason = tag.reason().orElse(Reason.OTHER);
                complain(test, "failure", reason.word(), tag.message().orElse(reason.meaning()), story(tag, reason));
            }
            case SKIPPED -> skip(test, tag.message().orElse("skipped"));
            case PLANNED -> skip(test, "planned: " + tag.to().orElse(""));
            case OUTSIDE -> test.put("out", "Warning: outside: " + tag.from().orElse(""));
            case IMPORTED, UNCHANGED ->
                test.put("out", tag.outcome().word() + ": " + tag.to().orElse(""));
        }
    }

    private static String story(TagResult tag, Reason reason) {
        return reason.meaning()
                + tag.from().map(from -> "\nbefore: " + from).orElse("")
                + tag.to().map(to -> "\nafter: " + to).orElse("")
                + tag.message().map(message -> "\n" + message).orElse("")
                + "\nFix: " + reason.fix();
    }

    private void addImage(ImageFinding image) {
        ObjectNode test = test("cdk.images", image.location() + " " + image.image());
        Verdict verdict = image.verdict();
        if (verdict == Verdict.EXTERNAL) {
            String why = image.detail().orElse("");
            complain(test, "failure", verdict.word(), "The image did not come from the registry.", why);
        } else {
            String told = verdict.word() + image.detail().map(why -> ": " + why).orElse("");
            test.put("out", (verdict == Verdict.UNPROVEN ? "Warning: " : "") + told);
        }
    }

    private ObjectNode test(String group, String name) {
        ObjectNode test = Template.values("group", group, "name", Text.line(name), "time", "0");
        cases.add(test);
        return test;
    }

    /** An attribute's line breaks would be read as spaces, so attributes are one line. */
    private static void complain(ObjectNode test, String kind, String type, String message, String story) {
        test.set(kind, Template.values("type", Text.line(type), "message", Text.line(message), "story", story));
    }

    private static void skip(ObjectNode test, String why) {
        test.set("skipped", Template.values("message", Text.line(why)));
    }
}
