package io.github.cdkmaven.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The stamp of a process")
class ProcessStampTest {

    @Test
    @DisplayName("tells whether it lives")
    void lives() {
        assertThat(ProcessStamp.current().isAlive()).isTrue();
        assertThat(Builds.dead("a").isAlive()).isFalse();
    }

    @Test
    @DisplayName(
            "is not taken in by another process that got the same number, and forgives a clock that was adjusted by a second")
    void numbersAreUsedAgain() {
        ProcessStamp mine = ProcessStamp.current();

        assertThat(new ProcessStamp(mine.pid(), mine.started().minusSeconds(60)).isAlive())
                .isFalse();
        assertThat(new ProcessStamp(mine.pid(), mine.started().minusSeconds(1)).isAlive())
                .isTrue();
    }

    @Test
    @DisplayName("matches no process when it has no start time: a record made by hand names whatever has that number")
    void withoutStartTime() {
        assertThat(new ProcessStamp(ProcessStamp.current().pid(), Instant.EPOCH).process())
                .isEmpty();
    }
}
