package io.github.cdkmaven.report;

import java.util.Locale;

/** Where an image came from. */
public enum Verdict {
    /** From the registry. */
    INTERNAL,
    /** Under another name, and accepted: by {@code allowedImages}, or proven by its digest. */
    ALLOWED,
    /** From elsewhere. */
    EXTERNAL;

    /** The word that the reports use, such as {@code internal}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
