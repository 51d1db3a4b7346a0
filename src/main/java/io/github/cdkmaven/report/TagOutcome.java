package io.github.cdkmaven.report;

import java.util.Locale;

/** What became of one tag of an ImageStream. */
public enum TagOutcome {
    /** Would be moved, or has not been reached yet. */
    PLANNED,
    /** Moved, and its image imported from the registry. */
    IMPORTED,
    /** Was in place already. */
    UNCHANGED,
    /** Left alone on purpose: an alias, excluded, or an ignored failure. */
    SKIPPED,
    /** Left alone because no mapping covers its source, which is not the registry. */
    OUTSIDE,
    /** Not moved, or its image could not be imported. */
    FAILED;

    /** The word that the reports use, such as {@code imported}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
