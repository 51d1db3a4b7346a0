package io.github.cdkmaven.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes report.json, the report for programs. Its form is that of {@code report.schema.json}. */
public final class JsonReport {

    private JsonReport() {}

    /** Writes the report, replacing the file as a whole. */
    public static void write(RunReport report, Path file) throws IOException {
        String text = text(toTree(report));
        AtomicFile.write(file, out -> out.write(text));
    }

    /** A tree as text, the same on every platform. */
    static String text(JsonNode tree) {
        return JsonTree.pretty(tree) + "\n";
    }

    /** The report as a tree, in the order in which it is written. */
    static ObjectNode toTree(RunReport report) {
        ObjectNode root = JsonTree.object();
        root.put("schema", 2);
        root.put("goal", report.goal());
        root.put("outcome", report.outcome().word());
        put(root, "registry", report.registry());
        addCdk(root, report.cdk());
        addChecks(root, report);
        for (StreamResult stream : report.imageStreams()) {
            addStream(root.withArray("imageStreams").addObject(), stream);
        }
        for (ImageFinding image : report.images()) {
            addImage(root.withArray("images").addObject(), image);
        }
        addSummary(root, report.summary());
        return root;
    }

    private static void addCdk(ObjectNode root, CdkFacts facts) {
        if (!facts.known().isEmpty()) {
            ObjectNode cdk = root.putObject("cdk");
            facts.known().forEach((fact, value) -> cdk.put(fact.field, value));
        }
    }

    private static void addChecks(ObjectNode root, RunReport report) {
        List<Check> checks = new ArrayList<>(report.checks());
        // The form has no place for what ended the goal, and a reader of a failed report asks for nothing else.
        report.problem().map(problem -> goalCheck(report.goal(), problem)).ifPresent(checks::add);
        for (Check check : checks) {
            addCheck(root.withArray("checks").addObject(), check);
        }
    }

    private static Check goalCheck(String goal, Problem problem) {
        return Check.fail("goal", "cdk:" + goal, problem.what(), problem.fix());
    }

    private static void addCheck(ObjectNode node, Check check) {
        node.put("id", check.id());
        node.put("subject", check.subject());
        node.put("outcome", check.outcome().word());
        node.put("message", check.message());
        put(node, "fix", check.fix());
    }

    private static void addStream(ObjectNode node, StreamResult stream) {
        node.put("namespace", stream.namespace());
        node.put("name", stream.name());
        ArrayNode tags = node.putArray("tags");
        for (TagResult tag : stream.tags()) {
            addTag(tags.addObject(), tag);
        }
    }

    private static void addTag(ObjectNode node, TagResult tag) {
        node.put("tag", tag.tag());
        put(node, "from", tag.from());
        put(node, "to", tag.to());
        node.put("outcome", tag.outcome().word());
        put(node, "digest", tag.digest());
        put(node, "reason", tag.reason().map(Reason::word));
        put(node, "message", tag.message());
    }

    private static void addImage(ObjectNode node, ImageFinding finding) {
        node.put("location", finding.location());
        node.put("image", finding.image());
        node.put("verdict", finding.verdict().word());
    }

    private static void addSummary(ObjectNode root, Summary numbers) {
        root.putObject("summary")
                .put("streams", numbers.streams())
                .put("tags", numbers.tags())
                .put("imported", numbers.imported())
                .put("unchanged", numbers.unchanged())
                .put("skipped", numbers.skipped())
                .put("outside", numbers.outside())
                .put("failed", numbers.failed())
                .put("external", numbers.external())
                .put("seconds", numbers.seconds());
    }

    private static void put(ObjectNode node, String field, Optional<String> value) {
        value.ifPresent(text -> node.put(field, text));
    }
}
