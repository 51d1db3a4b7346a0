package io.github.cdkmaven.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Hands lines on, and of those that come again and again only their number, so that a program that says the same for ever fills no log.
 *
 * <p>A few lines in turn are folded as well: minishift at its password prompt prints one to ask and one to complain
 * ({@code registration/redhat.go}).
 */
public final class FoldedLines implements Consumer<String>, AutoCloseable {

    private static final int TURN = 4;

    private final Consumer<String> listener;
    private final Deque<String> latest = new ArrayDeque<>();
    private long folded;

    public FoldedLines(Consumer<String> listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void accept(String line) {
        if (latest.contains(line)) {
            folded++;
            return;
        }
        close();
        latest.addLast(line);
        if (latest.size() > TURN) {
            latest.removeFirst();
        }
        listener.accept(line);
    }

    /** Tells how many lines were folded since the last one that was handed on. */
    @Override
    public synchronized void close() {
        if (folded > 0) {
            listener.accept("(" + folded + (folded == 1 ? " line" : " lines") + " like those before)");
            folded = 0;
        }
    }
}
