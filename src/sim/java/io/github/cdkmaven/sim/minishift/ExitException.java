package io.github.cdkmaven.sim.minishift;

/** Ends a simulated command the way minishift's own exit does: a message and a status of 0 or 1. */
public final class ExitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private ExitException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** With 0 the message goes to stdout, with anything else to stderr. */
    public static ExitException with(int status, String message) {
        return new ExitException(status, message);
    }

    public static ExitException failure(String message) {
        return new ExitException(1, message);
    }

    /** Nothing is printed. */
    public static ExitException silent(int status) {
        return new ExitException(status, "");
    }

    public int status() {
        return status;
    }

    /** Empty when nothing is to be printed. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
