package io.github.cdkmaven.problem;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An unexpected exception as it may be shown: with its class and its stack trace, and with its text only where that is harmless. Java's I/O
 * exceptions tell about a file or a connection, and our own code words its texts itself; any other text may quote the value that was refused, such
 * as a token.
 */
public final class ForeignFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String OURS = "io.github.cdkmaven.";

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
        return shown && failure.getMessage() != null ? name + ": " + ForeignText.line(text) : name;
    }

    /** What may be shown of what caused an exception, one line for each. Maven adds what a message does not say yet. */
    public static List<String> causes(Throwable failure) {
        return Stream.iterate(failure.getCause(), Objects::nonNull, Throwable::getCause)
                .map(ForeignFailure::words)
                .toList();
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
}
