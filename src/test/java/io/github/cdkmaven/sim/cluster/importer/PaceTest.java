package io.github.cdkmaven.sim.cluster.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pace of one import request")
class PaceTest {

    @Test
    @DisplayName("is three images at once, then two a second")
    void burstThenPace() {
        Pace pace = new Pace(true);
        long now = 1_000_000;
        assertThat(IntStream.range(0, 6).mapToLong(image -> TimeUnit.NANOSECONDS.toMillis(pace.reserve(now))))
                .containsExactly(0L, 0L, 0L, 500L, 1000L, 1500L);
    }

    @Test
    @DisplayName("never saves up more than three images")
    void savesNoMore() {
        Pace pace = new Pace(true);
        pace.reserve(0);
        long later = TimeUnit.MINUTES.toNanos(1);
        assertThat(IntStream.range(0, 4).mapToLong(image -> TimeUnit.NANOSECONDS.toMillis(pace.reserve(later))))
                .containsExactly(0L, 0L, 0L, 500L);
    }
}
