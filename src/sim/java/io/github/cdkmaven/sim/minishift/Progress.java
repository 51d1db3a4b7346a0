package io.github.cdkmaven.sim.minishift;

import java.util.concurrent.TimeUnit;

/** Progress dots, which come without a line end while something takes its time. */
final class Progress {

    private static final int DOTS = 5;

    private Progress() {}

    /** @param share how much of the world's start time is spent here */
    static void dots(Session session, double share) {
        double seconds = session.world().startSeconds() * share;
        session.call().print(".");
        for (int i = 0; i < DOTS && seconds > 0; i++) {
            sleep((long) (seconds * 1000 / DOTS));
            session.call().print(".");
        }
    }

    /** Dots without end. */
    static void forEver(Session session) {
        while (!Thread.currentThread().isInterrupted()) {
            session.call().print(".");
            sleep(100);
        }
    }

    static void sleep(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ExitException.silent(130);
        }
    }
}
