package io.github.cdkmaven.report;

import java.util.Locale;

/** Where an image came from. */
public enum Verdict {
    /** From the registry. */
    INTERNAL,
    /** With the VM's own image, as the bundle of OpenShift Local has it. */
    BUNDLED,
    /** Under another name, and accepted: by {@code allowedImages}, or proven by its digest. */
    ALLOWED,
    /** Nothing shows that it came from the registry: a mirrored pull keeps its public name. */
    UNPROVEN,
    /** From elsewhere. */
    EXTERNAL;

    /** The word that the reports use, such as {@code internal}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
