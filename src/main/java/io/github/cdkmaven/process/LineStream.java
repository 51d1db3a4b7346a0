package io.github.cdkmaven.process;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Turns the bytes of a program into lines, masked, and keeps the end of them.
 *
 * <p>Lines are handed on whole, so that no secret is torn in two on its way to the log. A program that never ends its line is cut after
 * {@value #LONGEST_LINE} bytes; one that never stops fills no memory.
 */
final class LineStream extends OutputStream {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int KEPT = 16 * 1024 * 1024;

    /** What acts on a terminal: the colours of the build's log are Maven's own, and no program moves its cursor. */
    private static final Pattern TERMINAL = Pattern.compile("\\x1b\\[[0-?]*[ -/]*[@-~]|[\\p{Cntrl}&&[^\\t]]");

    private final Secrets secrets;
    private final Consumer<String> listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
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
            hand(line.toString(StandardCharsets.UTF_8), "\n");
            line.reset();
        } else if (value != '\r') {
            boolean betweenLetters = (value & 0xC0) != 0x80; // no continuation byte of UTF-8
            if (line.size() >= LONGEST_LINE && (betweenLetters || line.size() >= 2 * LONGEST_LINE)) {
                cut();
            }
            line.write(value);
        }
    }

    /** Hands on what has come of an endless line, but for its end where that may be the beginning of a secret. */
    private void cut() {
        String text = line.toString(StandardCharsets.UTF_8);
        int end = secrets.safeEnd(text);
        if (end > 0) {
            line.reset();
            line.writeBytes(text.substring(end).getBytes(StandardCharsets.UTF_8));
            hand(text.substring(0, end), "");
        }
    }

    private void hand(String raw, String end) {
        String text = secrets.mask(raw);
        kept.append(text).append(end);
        if (kept.length() > KEPT) {
            kept.delete(0, kept.length() - KEPT / 2);
        }
        listener.accept(TERMINAL.matcher(text).replaceAll(""));
    }

    /** Everything kept so far; an unfinished line is finished, and what comes later is nobody's any more. */
    synchronized String text() {
        if (line.size() > 0) {
            hand(line.toString(StandardCharsets.UTF_8), "");
            line.reset();
        }
        closed = true;
        return kept.toString();
    }
}
