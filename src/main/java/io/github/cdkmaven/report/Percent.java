package io.github.cdkmaven.report;

import java.util.Locale;

/** Shares as SVG writes lengths: {@code 12.50%}. */
final class Percent {

    private Percent() {}

    static String of(double part, double whole) {
        return String.format(Locale.ROOT, "%.2f%%", whole > 0 ? 100 * part / whole : 0);
    }
}
