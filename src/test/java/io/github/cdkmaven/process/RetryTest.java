package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cdkmaven.process.Retry.Passing;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A server that cannot answer just now")
class RetryTest {

    private static final Deadline MINUTE = Deadline.in(Duration.ofMinutes(1));

    private final List<Duration> pauses = new ArrayList<>();
    private Optional<Duration> retryAfter = Optional.empty();

    private final Retry<String> retry = new Retry<>(
            3,
            new Passing<>() {
                @Override
                public boolean isPassing(String answer) {
                    return answer.equals("busy");
                }

                @Override
                public boolean isPassing(IOException failure) {
                    return failure instanceof EOFException;
                }

                @Override
                public Optional<Duration> retryAfter(String answer) {
                    return retryAfter;
                }
            },
            pauses::add);

    @Test
    @DisplayName("is asked again until its answer lasts, also when a connection was lost")
    void isAskedAgain() throws IOException {
        assertThat(retry.ask(MINUTE, answers("busy", new EOFException(), "yes", "too late")))
                .isEqualTo("yes");
        assertThat(pauses).hasSize(2).allSatisfy(pause -> assertThat(pause).isPositive());
    }

    @Test
    @DisplayName("is not asked again for ever: its last answer or failure stands")
    void isNotAskedForEver() throws IOException {
        assertThat(retry.ask(MINUTE, answers("busy", "busy", "busy", "yes"))).isEqualTo("busy");
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(
                        () -> retry.ask(MINUTE, answers("busy", new EOFException(), new EOFException("last"), "yes")))
                .withMessage("last");
        assertThat(pauses).hasSize(4);
    }

    @Test
    @DisplayName("is asked once where the answer or the failure lasts")
    void isAskedOnce() throws IOException {
        assertThat(retry.ask(MINUTE, answers("no", "yes"))).isEqualTo("no");
        assertThatExceptionOfType(FileNotFoundException.class)
                .isThrownBy(() -> retry.ask(MINUTE, answers(new FileNotFoundException(), "yes")));
        assertThat(pauses).isEmpty();
    }

    @Test
    @DisplayName("is left alone for as long as it wants, and not asked again where that is too long")
    void isLeftAlone() throws IOException {
        retryAfter = Optional.of(Duration.ofSeconds(7));
        assertThat(retry.ask(MINUTE, answers("busy", "yes"))).isEqualTo("yes");
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));

        retryAfter = Optional.of(Duration.ofHours(1));
        assertThat(retry.ask(MINUTE, answers("busy", "yes"))).isEqualTo("busy");
        assertThat(pauses).hasSize(1);
    }

    @Test
    @DisplayName("is not asked again when the time is over")
    void isNotAskedTooLate() throws IOException {
        assertThat(retry.ask(Deadline.in(Duration.ZERO), answers("busy", "yes")))
                .isEqualTo("busy");
    }

    @RepeatedTest(20)
    @DisplayName("is left alone for a time that doubles up to five seconds, the half of it by chance")
    void isLeftAloneForLonger() {
        for (int attempt = 0; attempt < 40; attempt++) {
            long longest = attempt > 4 ? 5_000 : 250L << attempt;

            assertThat(Retry.backoff(attempt)).isBetween(Duration.ofMillis(longest / 2), Duration.ofMillis(longest));
        }
    }

    @Test
    @DisplayName("is not waited for by somebody who is interrupted")
    void isInterruptible() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> Pause.real().sleep(Duration.ofMinutes(10)));
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @DisplayName("says in seconds when to come back, or with a date")
    @CsvSource(
            nullValues = "-",
            value = {
                "5, PT5S",
                "' 60 ', PT1M",
                "0, PT0S",
                "3600, PT1H",
                "-1, -",
                "soon, -",
                "'', -",
                "99999999999999, -",
                "'Wed, 21 Oct 2015 07:28:00 GMT', PT0S"
            })
    void saysWhenToComeBack(String header, Duration wait) {
        assertThat(Retry.after(headers(header)).orElse(null)).isEqualTo(wait);
    }

    @Test
    @DisplayName("may name a date that lies ahead")
    void mayNameADate() {
        ZonedDateTime soon = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);

        assertThat(Retry.after(headers(soon.format(DateTimeFormatter.RFC_1123_DATE_TIME))))
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofMinutes(58), Duration.ofHours(1)));
    }

    private static HttpHeaders headers(String retryAfter) {
        return HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (name, value) -> true);
    }

    private static Retry.Question<String, IOException> answers(Object... answers) {
        Iterator<Object> next = List.of(answers).iterator();
        return () -> {
            Object answer = next.next();
            if (answer instanceof IOException failure) {
                throw failure;
            }
            return (String) answer;
        };
    }
}
