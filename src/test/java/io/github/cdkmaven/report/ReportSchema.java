package io.github.cdkmaven.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what goals have written against the schema that the plugin carries. */
public final class ReportSchema {

    private static final JsonSchema SCHEMA = load();

    private ReportSchema() {}

    private static JsonSchema load() {
        try (InputStream in = JsonReport.class.getResourceAsStream("report.schema.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree() {
        return SCHEMA.getSchemaNode();
    }

    static Set<String> faults(JsonNode report) {
        return SCHEMA.validate(report).stream().map(ValidationMessage::toString).collect(Collectors.toSet());
    }

    /**
     * Reads a {@code report.json}.
     *
     * @throws AssertionError if it is not as the schema has it
     */
    public static JsonNode valid(Path file) {
        try {
            JsonNode report = new ObjectMapper().readTree(file.toFile());
            Set<String> faults = faults(report);
            if (!faults.isEmpty()) {
                throw new AssertionError(file + ": " + faults);
            }
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
