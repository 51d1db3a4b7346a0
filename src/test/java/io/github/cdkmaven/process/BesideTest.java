package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Work beside others")
class BesideTest {

    private static String sleep(CountDownLatch begun) {
        begun.countDown();
        try {
            Thread.sleep(60_000);
            return "slept";
        } catch (InterruptedException e) {
            return "woken";
        }
    }

    @Test
    @DisplayName("begins at once, and gives its result or its own failure each time that it is asked for")
    void resultAndFailure() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Beside<String> one = Beside.begin("one", () -> {
            begun.countDown();
            return Thread.currentThread().getName();
        });
        begun.await();
        assertThat(one.get()).isEqualTo("one").isEqualTo(one.get());

        IllegalStateException failure = new IllegalStateException("refused");
        Beside<String> other = Beside.begin("other", () -> {
            throw failure;
        });
        assertThatThrownBy(other::get).isSameAs(failure);
        assertThatThrownBy(other::get).isSameAs(failure);
    }

    @Test
    @DisplayName("is interrupted with who waits for it, and still gives what comes of it")
    void interrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Beside<String> work = Beside.begin("sleeper", () -> sleep(begun));
        begun.await();
        Thread.currentThread().interrupt();

        assertThat(work.get()).isEqualTo("woken");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }
}
