package io.github.cdkmaven.problem;

import java.util.regex.Pattern;

/** Text from elsewhere, made fit to be looked at: nothing in it acts on a terminal, and nothing turns the direction of reading. */
public final class ForeignText {

    /** Colours and cursor moves, and titles of windows, in their seven-bit and their eight-bit form. */
    private static final Pattern SEQUENCE = Pattern.compile(
            "(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]|(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x07\\x1b\\x9c\\n]*(?:\\x07|\\x1b\\\\|\\x9c)");

    private static final int LONGEST = 300;

    private ForeignText() {}

    /** The text in one line of at most 300 characters. */
    public static String line(String text) {
        return line(text, LONGEST);
    }

    /** The text in one line of at most so many characters; the last one is {@code …} if something was left out. */
    public static String line(String text, int longest) {
        // Cut before it is looked at, too: it may be megabytes long.
        String start = text.substring(0, Math.min(text.length(), 4 * longest));
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < start.length(); i = start.offsetByCodePoints(i, 1)) {
            int point = start.codePointAt(i);
            if (isHarmless(point) && point != '\n' && point != '\t') {
                line.appendCodePoint(point);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        String whole = line.toString().strip();
        int length = whole.codePointCount(0, whole.length());
        return length <= longest && start.length() == text.length()
                ? whole
                : whole.substring(0, whole.offsetByCodePoints(0, Math.min(longest - 1, length))) + '…';
    }

    /** The text without all that: what a program writes is meant for a terminal. Line breaks and tabs stay, carriage returns do not. */
    public static String plain(String text) {
        if (isHarmless(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        SEQUENCE.matcher(text)
                .replaceAll("")
                .codePoints()
                .filter(ForeignText::isHarmless)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    /** The text with each such character spelled out, as <code>&#92;u001B</code>. Line breaks and tabs stay. */
    public static String spelledOut(String text) {
        if (isHarmless(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(point -> {
            if (isHarmless(point)) {
                out.appendCodePoint(point);
            } else {
                out.append(spelled(point));
            }
        });
        return out.toString();
    }

    private static String spelled(int point) {
        return point == '\r' ? "\\r" : String.format(Character.isBmpCodePoint(point) ? "\\u%04X" : "\\u{%X}", point);
    }

    private static boolean isHarmless(String text) {
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            if (!isHarmless(text.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Neither control nor format characters (which turn the reading direction), nor what XML or UTF-8 cannot hold. */
    private static boolean isHarmless(int point) {
        if (point == '\n' || point == '\t') {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> (point & 0xFFFE) != 0xFFFE;
        };
    }
}
