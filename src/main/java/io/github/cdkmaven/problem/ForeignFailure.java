package io.github.cdkmaven.problem;

import java.io.IOException;
import java.net.ProtocolException;

/**
 * An unexpected exception as it may be shown: with its class and its stack trace, and with its text only where that is harmless. Java's I/O
 * exceptions tell about a file or a connection, and our own code words its texts itself; any other text may quote the value that was refused, such
 * as a token.
 */
public final class ForeignFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String OURS = "io.github.cdkmaven.";
    private static final int LONGEST = 300;

    private ForeignFailure(Throwable failure) {
        super(words(failure), failure.getCause() == null ? null : new ForeignFailure(failure.getCause()));
        setStackTrace(failure.getStackTrace());
    }

    /** The same failure, to be shown with its stack trace. */
    public static ForeignFailure of(Throwable failure) {
        return new ForeignFailure(failure);
    }

    /** What may be shown of an exception, in one line. */
    public static String words(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        String text = String.valueOf(failure.getMessage());
        Throwable cause = failure.getCause();
        if (cause != null && text.equals(cause.toString())) {
            return name + ": " + words(cause);
        }
        boolean shown = !quotesAnswer(failure) && (isIo(failure) || isOurs(failure));
        return shown && failure.getMessage() != null ? name + ": " + line(text) : name;
    }

    /** Only Java's own: Jackson's are I/O exceptions too, and quote what could not be read. */
    private static boolean isIo(Throwable failure) {
        return failure instanceof IOException && failure.getClass().getName().startsWith("java");
    }

    /** Java's HTTP client quotes a header that it cannot read, which may hold a token; it hands the text on to the exceptions around that one. */
    private static boolean quotesAnswer(Throwable failure) {
        return failure instanceof ProtocolException || failure.getCause() != null && quotesAnswer(failure.getCause());
    }

    private static boolean isOurs(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith(OURS);
    }

    /** A server's answer may be quoted in it, which must not steer a terminal. */
    private static String line(String text) {
        String line = ForeignText.spelledOut(text.strip().replaceAll("\\p{Cntrl}+", " "));
        return line.length() > LONGEST ? line.substring(0, LONGEST) + '…' : line;
    }
}
