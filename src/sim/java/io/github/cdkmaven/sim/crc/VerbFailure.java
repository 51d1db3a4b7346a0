package io.github.cdkmaven.sim.crc;

/** Ends a command of crc with an error. */
final class VerbFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Where the error goes. */
    enum Kind {
        /** Into the JSON result, with status 0; in text mode to stderr, with status 1. */
        RESULT,
        /** To stderr in either mode, with status 1. */
        BEFORE_RESULT,
        /** The same, before the log is set up. */
        BEFORE_LOG,
        /** {@code logging.Fatal}: as an error of that level, with status 1. */
        FATAL,
        /** Nowhere: the process was killed. */
        KILLED
    }

    private final Kind kind;
    private final int status;

    private VerbFailure(Kind kind, int status, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.status = status;
    }

    VerbFailure(String message) {
        this(Kind.RESULT, 1, message);
    }

    static VerbFailure of(Kind kind, String message) {
        return new VerbFailure(kind, kind == Kind.KILLED ? 137 : 1, message);
    }

    /** The status of a check that failed in {@code setup --check-only}. */
    static VerbFailure check(String message) {
        return new VerbFailure(Kind.RESULT, 2, message);
    }

    Kind kind() {
        return kind;
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
