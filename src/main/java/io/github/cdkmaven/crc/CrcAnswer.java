package io.github.cdkmaven.crc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.process.CommandResult;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What crc answered to {@code -o json}: it exits 0 also when it failed (crc {@code cmd/json.go}), and some failures print no JSON at all
 * (a preset that does not fit, an unknown flag), so that the text has to be read.
 *
 * @param json what it printed on standard output; missing where that is no JSON object
 * @param result the run
 */
record CrcAnswer(JsonNode json, CommandResult result) {

    /** A line that ends a run: from 2.52 on a log line, before that the bare text. */
    private static final Pattern FAILURE = Pattern.compile("(?m)^(?:time=\\S+ )?level=(?:error|fatal) msg=\"(.*)\"$");

    private static final Pattern LOG_LINE = Pattern.compile("^(?:time=\\S+ )?level=\\w+ msg=.*");

    /** Reads it. */
    static CrcAnswer of(CommandResult result) {
        String out = result.out();
        int begin = out.indexOf('{');
        if (begin >= 0) {
            try {
                JsonNode json = JsonTree.read(out.substring(begin));
                if (json.isObject()) {
                    return new CrcAnswer(json, result);
                }
            } catch (JsonProcessingException e) {
                // Cut off, or no JSON: the text is read.
            }
        }
        return new CrcAnswer(MissingNode.getInstance(), result);
    }

    /** Whether crc says that it did what it was told. */
    boolean succeeded() {
        return !result.ended() && json.path("success").asBoolean(false);
    }

    /** Whether there is an answer at all. */
    boolean isJson() {
        return json.isObject();
    }

    /** Why it failed, in crc's words, to be read by us alone: they may quote the pull secret. Empty where it did not. */
    String error() {
        if (json.path("error").isTextual()) {
            return json.path("error").asText().strip();
        }
        if (succeeded()) {
            return "";
        }
        Matcher failure = FAILURE.matcher(result.all());
        String last = "";
        while (failure.find()) {
            last = failure.group(1).replace("\\n", "\n").replace("\\\"", "\"");
        }
        if (!last.isEmpty()) {
            return last.strip();
        }
        List<String> bare = result.err()
                .lines()
                .filter(line -> !line.isBlank() && !LOG_LINE.matcher(line).matches())
                .toList();
        return bare.isEmpty() ? "" : bare.get(bare.size() - 1).strip();
    }

    /** The same for people. */
    String shownError() {
        return result.secrets().mask(error()).replaceAll("\\s*\\n\\s*", "; ");
    }

    /** Everything in which the meaning of a failure may be found, to be read by us alone. */
    String words() {
        return error() + "\n" + result.err();
    }
}
