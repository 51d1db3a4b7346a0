package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A deadline")
class DeadlineTest {

    @Test
    @DisplayName("that lies ahead leaves time, at most what was given")
    void leavesTime() {
        Deadline deadline = Deadline.in(Duration.ofHours(1));

        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.left()).isPositive().isLessThanOrEqualTo(Duration.ofHours(1));
        assertThat(deadline.limit()).isEqualTo(Duration.ofHours(1));
        assertThat(deadline.within(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
        assertThat(deadline.within(Duration.ofHours(2))).isLessThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    @DisplayName("that is over leaves none, and never less")
    void isOver() {
        Deadline deadline = Deadline.in(Duration.ZERO);

        assertThat(deadline.isOver()).isTrue();
        assertThat(deadline.left()).isZero();
        assertThat(deadline.within(Duration.ofSeconds(5))).isZero();
        assertThat(Deadline.in(Duration.ofSeconds(-1)).left()).isZero();
    }

    @Test
    @DisplayName("is put forward by a shorter time, and never put off")
    void isPutForward() {
        Deadline deadline = Deadline.in(Duration.ofHours(1));

        assertThat(deadline.atMost(Duration.ofMinutes(1)).left()).isLessThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(deadline.atMost(Duration.ofHours(2)).left()).isLessThanOrEqualTo(Duration.ofHours(1));
        assertThat(deadline.atMost(Duration.ZERO).isOver()).isTrue();
    }

    @Test
    @DisplayName("can be put off by the time of a wait, and still gives the same limit")
    void isPutOff() {
        Deadline deadline = Deadline.in(Duration.ofMinutes(1));
        deadline.postpone(Duration.ofHours(1));

        assertThat(deadline.left()).isGreaterThan(Duration.ofHours(1));
        assertThat(deadline.limit()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("that was put forward stays there when the later one is put off")
    void staysPutForward() {
        Deadline deadline = Deadline.in(Duration.ofMinutes(1));
        Deadline shorter = deadline.atMost(Duration.ofSeconds(5));
        Deadline same = deadline.atMost(Duration.ofHours(1));
        deadline.postpone(Duration.ofHours(1));

        assertThat(shorter.left()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(same.left()).isLessThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(same.limit()).isEqualTo(Duration.ofMinutes(1));
    }
}
