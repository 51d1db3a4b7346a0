package io.github.cdkmaven.report;

import java.util.Locale;

/** How one check came out. Only {@link #FAIL} speaks against the goal. */
public enum CheckOutcome {
    OK,
    WARN,
    FAIL;

    /** The word that the reports use, such as {@code warn}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
