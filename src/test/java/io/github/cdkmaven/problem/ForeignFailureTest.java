package io.github.cdkmaven.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of an exception that nobody expected")
class ForeignFailureTest {

    private static final String CANARY = "CANARY";

    @Test
    @DisplayName("the text is shown where it tells about a file or a connection, or where it is our own")
    void shown() {
        assertThat(ForeignFailure.words(catchThrowable(() -> Files.readString(Path.of("no/such/file")))))
                .isEqualTo("NoSuchFileException: " + Path.of("no/such/file"));
        assertThat(ForeignFailure.words(new IOException("Connection\r\n\u001b[31m reset")))
                .isEqualTo("IOException: Connection [31m reset");
        assertThat(ForeignFailure.words(new IllegalStateException("no such state")))
                .isEqualTo("IllegalStateException: no such state");
        assertThat(ForeignFailure.words(new IOException("x".repeat(5000)))).hasSizeLessThan(400);
    }

    @Test
    @DisplayName("the text is not shown where it may quote what was refused, on whatever way it comes")
    void notShown() {
        Throwable header =
                catchThrowable(() -> HttpRequest.newBuilder().header("Authorization", "Bearer " + CANARY + "\n"));
        Throwable address = catchThrowable(() -> URI.create("https://a b/" + CANARY));
        Throwable json = catchThrowable(() -> new ObjectMapper().readTree(CANARY));

        assertThat(header).hasMessageContaining(CANARY);
        assertThat(ForeignFailure.words(header)).isEqualTo("IllegalArgumentException");
        assertThat(ForeignFailure.words(new IOException(header))).isEqualTo("IOException: IllegalArgumentException");
        ProtocolException answer =
                new ProtocolException("Invalid header value \"Location: https://a/#access_token=" + CANARY + "\"");
        for (Throwable failure : new Throwable[] {
            header,
            address,
            json,
            new UncheckedIOException((IOException) json),
            answer,
            new IOException(answer.getMessage(), answer)
        }) {
            StringWriter trace = new StringWriter();
            ForeignFailure.of(new IOException(failure)).printStackTrace(new PrintWriter(trace));

            assertThat(trace.toString())
                    .contains(failure.getClass().getSimpleName(), "ForeignFailureTest")
                    .doesNotContain(CANARY);
        }
    }
}
