package io.github.cdkmaven.engine;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Three numbers with an order, as minishift, the CDK and OpenShift all have them; a missing patch number is 0. */
public record Version(int major, int minor, int patch) implements Comparable<Version> {

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?:[-+.].*)?");
    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch);

    /** Reads {@code v1.34.3+4b58f895}, {@code 3.10.0-1}, {@code 3.9} and the like; empty if there is no version at the text's start. */
    public static Optional<Version> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        return form.matches()
                ? Optional.of(new Version(
                        Integer.parseInt(form.group(1)),
                        Integer.parseInt(form.group(2)),
                        form.group(3) == null ? 0 : Integer.parseInt(form.group(3))))
                : Optional.empty();
    }

    /** A version that is known to be well-formed, for tables. */
    public static Version of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** Whether this version is the other one or newer. */
    public boolean isAtLeast(Version other) {
        return compareTo(other) >= 0;
    }

    /** Whether this is the same release line: {@code 3.11.141} is in {@code 3.11}. */
    public boolean isIn(int otherMajor, int otherMinor) {
        return major == otherMajor && minor == otherMinor;
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
