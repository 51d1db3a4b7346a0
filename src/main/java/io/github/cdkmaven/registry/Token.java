package io.github.cdkmaven.registry;

import java.time.Duration;

/**
 * A token for one scope.
 *
 * @param value the token, never shown
 * @param endNanos when it is to be thrown away, on the clock of {@link System#nanoTime}
 */
record Token(String value, long endNanos) {

    private static final int MARGIN_DIVISOR = 10;
    private static final Duration MOST_MARGIN = Duration.ofSeconds(5);

    /** A token that is thrown away a little before its time, because a request takes some. */
    static Token lasting(String value, Duration lifetime) {
        Duration margin = lifetime.dividedBy(MARGIN_DIVISOR);
        Duration used = lifetime.minus(margin.compareTo(MOST_MARGIN) < 0 ? margin : MOST_MARGIN);
        return new Token(value, System.nanoTime() + used.toNanos());
    }

    boolean usable() {
        return endNanos - System.nanoTime() > 0;
    }

    String header() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "Token[***]";
    }
}
