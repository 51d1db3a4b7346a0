package io.github.cdkmaven.crc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.Captures;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Secrets;
import java.time.Duration;

/** Answers of crc as a test tells them. */
final class CrcAnswers {

    private static final Duration SOON = Duration.ofSeconds(1);

    private CrcAnswers() {}

    static CrcAnswer of(int exit, String out, String err) {
        return CrcAnswer.of(new CommandResult(exit, out, err, SOON, false, Secrets.NONE.and(Crc.SECRETS)));
    }

    /** A failure as {@code -o json} tells it. */
    static CrcAnswer failed(String error) {
        return of(0, "{\n  \"success\": false,\n  \"error\": \"" + error.replace("\"", "\\\"") + "\"\n}\n", "");
    }

    static CrcAnswer status(String vm, String openshift) {
        return of(
                0,
                "{\n  \"success\": true,\n  \"crcStatus\": \"" + vm + "\",\n  \"openshiftStatus\": \"" + openshift
                        + "\",\n  \"openshiftVersion\": \"4.19.3\",\n  \"preset\": \"openshift\"\n}\n",
                "");
    }

    /** What was really printed. */
    static CrcAnswer captured(String capture) {
        JsonNode exchange = Captures.read(capture);
        return of(
                exchange.path("exit").asInt(),
                exchange.path("stdout").asText(),
                exchange.path("stderr").asText());
    }
}
