package io.github.cdkmaven.process;

import io.github.cdkmaven.problem.ForeignText;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Turns the bytes of a program into lines: masked for people, and as they are for whoever reads an answer out of them.
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

    /** The end of what was cut off an endless line, which may be the beginning of a secret. */
    private String held = "";

    private final StringBuilder kept = new StringBuilder();
    private boolean closed;

    LineStream(Secrets secrets, Consumer<String> listener) {
        this.secrets = secrets;
        this.listener = listener;
    }

    @Override
    public synchronized void write(int value) {
        if (closed) {
            return;
        }
        if (value == '\n') {
            finish("\n");
        } else if (value != '\r') {
            boolean betweenLetters = (value & 0xC0) != 0x80; // no continuation byte of UTF-8
            if (line.size() >= LONGEST_LINE && (betweenLetters || line.size() >= 2 * LONGEST_LINE)) {
                cut();
            }
            line.write(value);
        }
    }

    private void finish(String end) {
        String text = held + keep(end);
        held = "";
        listener.accept(secrets.mask(text));
    }

    private void cut() {
        String text = ForeignText.plain(held + keep(""));
        // What holds more than a line of possible beginnings is no secret.
        int end = text.length() > 2 * LONGEST_LINE ? text.length() : secrets.safeEnd(text);
        held = text.substring(end);
        if (end > 0) {
            listener.accept(secrets.mask(text.substring(0, end)));
        }
    }

    /** What has come of the line, which is kept for the caller as it is. */
    private String keep(String end) {
        String raw = line.toString(StandardCharsets.UTF_8);
        line.reset();
        kept.append(raw).append(end);
        if (kept.length() > KEPT) {
            kept.delete(0, kept.length() - KEPT / 2);
        }
        return raw;
    }

    /** Everything kept so far, not masked; an unfinished line is finished, and what comes later is nobody's any more. */
    synchronized String text() {
        if (line.size() > 0 || !held.isEmpty()) {
            finish("");
        }
        closed = true;
        return kept.toString();
    }
}
