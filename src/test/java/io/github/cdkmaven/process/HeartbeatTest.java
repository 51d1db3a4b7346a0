package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A heartbeat")
class HeartbeatTest {

    private final BlockingQueue<String> beats = new LinkedBlockingQueue<>();

    @Test
    @DisplayName("says what is waited for, how long, and how long at most")
    void saysWhatIsWaitedFor() {
        String beat = Heartbeat.during(
                "minishift start", Duration.ofMinutes(20), Duration.ofMillis(1), beats::add, () -> next());

        assertThat(beat).matches("Still waiting for minishift start: \\d+ s of at most 20 min");
    }

    @Test
    @DisplayName("lets failures through")
    void letsFailuresThrough() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Heartbeat.during("x", Duration.ZERO, Duration.ofHours(1), beats::add, () -> {
                    throw new IllegalStateException("failed");
                }))
                .withMessage("failed");
        assertThat(beats).isEmpty();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("says times as people do")
    @CsvSource({"PT0.4S, 0 s", "PT45S, 45 s", "PT1M, 1 min", "PT2M5S, 2 min 5 s", "PT90M, 90 min"})
    void saysTimes(Duration time, String words) {
        assertThat(Heartbeat.words(time)).isEqualTo(words);
    }

    private String next() {
        try {
            return beats.poll(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
