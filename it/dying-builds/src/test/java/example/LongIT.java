package example;

import org.junit.jupiter.api.Test;

/** Takes two minutes, unless it is told not to. */
class LongIT {

    @Test
    void takesItsTime() throws InterruptedException {
        System.out.println("The tests are running");
        Thread.sleep(Boolean.getBoolean("atOnce") ? 0 : 120_000);
    }
}
