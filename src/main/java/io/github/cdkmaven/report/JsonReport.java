package io.github.cdkmaven.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Writes report.json, the report for programs. Its form is that of {@code report.schema.json}. */
public final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper();
    // The same bytes on every platform: the default breaks lines as the system does.
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = JSON.writer(
                    new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES))
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private JsonReport() {}

    /** Writes the report, replacing the file as a whole. */
    public static void write(RunReport report, Path file) throws IOException {
        ObjectNode tree = toTree(report);
        AtomicFile.write(file, out -> {
            WRITER.writeValue(out, tree);
            out.write('\n');
        });
    }

    /** The report as a tree, in the order in which it is written. */
    static ObjectNode toTree(RunReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", 1);
        put(root, "goal", report.goal());
        root.put("outcome", report.outcome().word());
        put(root, "registry", report.registry());
        addCdk(root, report.cdk());
        addChecks(root, report);
        addStreams(root, report);
        addImages(root, report);
        addSummary(root, report.summary());
        return root;
    }

    private static void addCdk(ObjectNode root, CdkFacts facts) {
        if (facts.isEmpty()) {
            return;
        }
        ObjectNode cdk = root.putObject("cdk");
        put(cdk, "version", facts.version());
        put(cdk, "minishift", facts.minishift());
        put(cdk, "openshift", facts.openshift());
        put(cdk, "profile", facts.profile());
        put(cdk, "ip", facts.ip());
    }

    private static void addChecks(ObjectNode root, RunReport report) {
        if (report.checks().isEmpty() && report.problem().isEmpty()) {
            return;
        }
        ArrayNode checks = root.putArray("checks");
        report.checks().forEach(check -> addCheck(checks.addObject(), check));
        // The form has no place for what ended the goal, and a reader of a failed report asks for nothing else.
        report.problem()
                .map(problem -> goalCheck(report.goal(), problem))
                .ifPresent(check -> addCheck(checks.addObject(), check));
    }

    private static Check goalCheck(String goal, Problem problem) {
        return Check.fail("goal", "cdk:" + goal, problem.what(), problem.fix());
    }

    private static void addCheck(ObjectNode node, Check check) {
        put(node, "id", check.id());
        put(node, "subject", check.subject());
        node.put("outcome", check.outcome().word());
        put(node, "message", check.message());
        put(node, "fix", check.fix());
    }

    private static void addStreams(ObjectNode root, RunReport report) {
        if (report.imageStreams().isEmpty()) {
            return;
        }
        ArrayNode streams = root.putArray("imageStreams");
        for (StreamResult result : report.imageStreams()) {
            ObjectNode stream = streams.addObject();
            put(stream, "namespace", result.namespace());
            put(stream, "name", result.name());
            ArrayNode tags = stream.putArray("tags");
            result.tags().forEach(tag -> addTag(tags.addObject(), tag));
        }
    }

    private static void addTag(ObjectNode node, TagResult tag) {
        put(node, "tag", tag.tag());
        put(node, "from", tag.from());
        put(node, "to", tag.to());
        node.put("outcome", tag.outcome().word());
        put(node, "digest", tag.digest());
        put(node, "reason", tag.reason().map(Reason::word));
        put(node, "message", tag.message());
    }

    private static void addImages(ObjectNode root, RunReport report) {
        if (report.images().isEmpty()) {
            return;
        }
        ArrayNode images = root.putArray("images");
        for (ImageFinding finding : report.images()) {
            ObjectNode image = images.addObject();
            put(image, "location", finding.location());
            put(image, "image", finding.image());
            image.put("verdict", finding.verdict().word());
        }
    }

    private static void addSummary(ObjectNode root, Summary numbers) {
        root.putObject("summary")
                .put("streams", numbers.streams())
                .put("tags", numbers.tags())
                .put("imported", numbers.imported())
                .put("unchanged", numbers.unchanged())
                .put("skipped", numbers.skipped())
                .put("failed", numbers.failed())
                .put("external", numbers.external())
                .put("seconds", numbers.seconds());
    }

    private static void put(ObjectNode node, String field, Optional<String> value) {
        value.ifPresent(text -> put(node, field, text));
    }

    private static void put(ObjectNode node, String field, String value) {
        node.put(field, Text.wellFormed(value));
    }
}
