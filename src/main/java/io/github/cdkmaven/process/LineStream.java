package io.github.cdkmaven.process;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Turns the bytes of a program into lines, masked, and keeps the end of them.
 *
 * <p>Lines are handed on whole, so that no secret is torn in two on its way to the log. A program that never ends its line is cut after
 * {@value #LONGEST_LINE} bytes; one that never stops fills no memory.
 */
final class LineStream extends OutputStream {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int KEPT = 16 * 1024 * 1024;

    private final Secrets secrets;
    private final Consumer<String> listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder kept = new StringBuilder();

    LineStream(Secrets secrets, Consumer<String> listener) {
        this.secrets = secrets;
        this.listener = listener;
    }

    @Override
    public synchronized void write(int value) {
        if (value == '\n') {
            endLine("\n");
        } else if (value != '\r') {
            line.write(value);
            if (line.size() >= LONGEST_LINE) {
                endLine("");
            }
        }
    }

    private void endLine(String end) {
        String text = secrets.mask(line.toString(StandardCharsets.UTF_8));
        line.reset();
        kept.append(text).append(end);
        if (kept.length() > KEPT) {
            kept.delete(0, kept.length() - KEPT / 2);
        }
        listener.accept(text);
    }

    /** Everything kept so far; an unfinished line is finished. */
    synchronized String text() {
        if (line.size() > 0) {
            endLine("");
        }
        return kept.toString();
    }
}
