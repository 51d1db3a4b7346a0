package io.github.cdkmaven.world;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Catches what is printed and logged while it is open: a user sees it all in Maven's log. */
public final class StandardStreams implements AutoCloseable {

    private final ByteArrayOutputStream caught = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    public StandardStreams() {
        PrintStream stream = new PrintStream(caught, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
    }

    /** All that was printed so far. */
    public String text() {
        return caught.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }
}
