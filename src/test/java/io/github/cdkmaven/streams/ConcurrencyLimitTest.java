package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("ConcurrencyLimit")
@Timeout(60)
class ConcurrencyLimitTest {

    @Test
    @DisplayName("let in as many at once as there are, and really that many")
    void letInAsManyAsThereAre() throws Exception {
        ConcurrencyLimit lanes = new ConcurrencyLimit(3);
        CountDownLatch three = new CountDownLatch(3);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Thread thread = new Thread(() -> {
                try {
                    lanes.enter();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    three.countDown();
                    leave.await(30, TimeUnit.SECONDS);
                    inside.decrementAndGet();
                    lanes.leave();
                } catch (InterruptedIOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        assertThat(three.await(30, TimeUnit.SECONDS)).isTrue();
        leave.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most).hasValue(3);
    }

    @Test
    @DisplayName("are closed one by one, but never the last")
    void areClosed() {
        ConcurrencyLimit lanes = new ConcurrencyLimit(3);
        lanes.closeOne();
        assertThat(lanes.open()).isEqualTo(2);
        lanes.closeOne();
        lanes.closeOne();
        lanes.closeOne();

        assertThat(lanes.open()).isEqualTo(1);
    }

    @Test
    @DisplayName("that are closed while all are taken let nobody in until one more has left")
    void areClosedWhileTaken() throws Exception {
        ConcurrencyLimit lanes = new ConcurrencyLimit(2);
        lanes.enter();
        lanes.enter();
        lanes.closeOne();
        lanes.leave();
        Thread waiting = new Thread(() -> {
            try {
                lanes.enter();
            } catch (InterruptedIOException e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        lanes.leave();
        waiting.join();

        assertThat(lanes.open()).isEqualTo(1);
    }

    @Test
    @DisplayName("are at least one")
    void areAtLeastOne() throws InterruptedIOException {
        ConcurrencyLimit lanes = new ConcurrencyLimit(0);
        lanes.enter();

        assertThat(lanes.open()).isEqualTo(1);
    }

    @Test
    @DisplayName("let nobody in who is interrupted, and keep the interrupt")
    void areInterruptible() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> new ConcurrencyLimit(1).enter());
        assertThat(Thread.interrupted()).isTrue();
    }
}
