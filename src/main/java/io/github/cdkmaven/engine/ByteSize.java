package io.github.cdkmaven.engine;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size as Go programs read it ({@code go-units}): {@code 8GB}, {@code 4096MB}; a plain number is MB.
 *
 * @param number how many of its unit
 * @param power how many times the unit is as large as the next smaller one, from bytes on: 3 for GB
 */
public record ByteSize(double number, int power) {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?) *([kmgtp]?)i?b?");
    private static final String UNITS = "kmgtp";
    private static final int BINARY = 1024;
    private static final int MEGA = 2;

    /** Reads a size; empty for a text that is none. */
    public static Optional<ByteSize> parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        return form.matches()
                ? Optional.of(new ByteSize(
                        Double.parseDouble(form.group(1)),
                        form.group(2).isEmpty() ? MEGA : UNITS.indexOf(form.group(2)) + 1))
                : Optional.empty();
    }

    /** The bytes, by units of 1024. */
    public long bytes() {
        return (long) (number * Math.pow(BINARY, power));
    }

    /** The whole megabytes, by units of 1000 or 1024: minishift counts disks and memory differently. */
    public long megabytes(int unit) {
        return (long) (number * Math.pow(unit, power - MEGA));
    }

    /** A number of bytes for people. */
    public static String words(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / Math.pow(BINARY, 3));
    }
}
