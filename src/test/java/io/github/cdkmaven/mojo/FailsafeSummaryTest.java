package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Failsafe's summary")
class FailsafeSummaryTest {

    @TempDir
    Path target;

    private boolean tellsOfFailure(Instant since) {
        return FailsafeSummary.in(target).tellsOfFailureSince(since);
    }

    private void write(String timeout, String errors, String failures, String message) throws IOException {
        Path folder = Files.createDirectories(target.resolve("failsafe-reports"));
        Files.writeString(folder.resolve("failsafe-summary.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <failsafe-summary xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" result="null" timeout="%s">
                    <completed>3</completed>
                    <errors>%s</errors>
                    <failures>%s</failures>
                    <skipped>1</skipped>
                    <flakes>2</flakes>
                    %s
                </failsafe-summary>
                """.formatted(timeout, errors, failures, message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | 0  | 0 | <failureMessage xsi:nil=\"true\"/>                          | false",
                "false | 0  | 0 | <failureMessage/>                                            | false",
                "false | 10 | 0 | <failureMessage xsi:nil=\"true\"/>                          | true",
                "false | 0  | 1 | <failureMessage xsi:nil=\"true\"/>                          | true",
                "true  | 0  | 0 | <failureMessage xsi:nil=\"true\"/>                          | true",
                "false | 0  | 0 | <failureMessage>The forked VM terminated</failureMessage>    | true",
                "false | 0  | 0 | <failureMessage><![CDATA[The forked VM]]></failureMessage>   | true"
            })
    @DisplayName("tells of a failure by errors, failures, a timeout, or a JVM that ended")
    void tells(String timeout, String errors, String failures, String message, boolean failed) throws IOException {
        write(timeout, errors, failures, message);

        assertThat(tellsOfFailure(Instant.EPOCH)).isEqualTo(failed);
    }

    @Test
    @DisplayName("of an earlier build tells nothing of this one, and there may be none")
    void old() throws IOException {
        assertThat(tellsOfFailure(Instant.EPOCH)).isFalse();

        write("false", "1", "0", "");

        assertThat(tellsOfFailure(Instant.now().plusSeconds(60))).isFalse();
    }
}
