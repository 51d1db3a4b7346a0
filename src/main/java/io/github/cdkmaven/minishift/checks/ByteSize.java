package io.github.cdkmaven.minishift.checks;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as minishift writes them: {@code 8GB}, {@code 4096MB}; a plain number is MB. */
final class ByteSize {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgtp]?)i?b?");
    private static final String UNITS = "kmgtp";
    private static final long STEP = 1024;

    private ByteSize() {}

    /** The bytes of a size; none for a text that is no size, which is the settings' own finding. */
    static long parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return 0;
        }
        String unit = form.group(2).isEmpty() ? "m" : form.group(2);
        double bytes = Double.parseDouble(form.group(1));
        for (int i = 0; i <= UNITS.indexOf(unit); i++) {
            bytes *= STEP;
        }
        return (long) bytes;
    }

    static String words(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / (double) (STEP * STEP * STEP));
    }
}
