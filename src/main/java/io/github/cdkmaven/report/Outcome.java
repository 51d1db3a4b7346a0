package io.github.cdkmaven.report;

import java.util.Locale;

/** How a goal ended. */
public enum Outcome {
    OK,
    FAILED;

    /** The word that the reports use, such as {@code ok}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
