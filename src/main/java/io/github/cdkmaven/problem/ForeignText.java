package io.github.cdkmaven.problem;

/** Quotes what servers and programs say, so that it can neither steer a terminal nor fill a log. */
public final class ForeignText {

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
        start.codePoints().forEach(point -> {
            if (isVisible(point)) {
                line.appendCodePoint(point);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        });
        String whole = line.toString().strip();
        return whole.codePointCount(0, whole.length()) <= longest && start.length() == text.length()
                ? whole
                : whole.substring(
                                0,
                                whole.offsetByCodePoints(
                                        0, Math.min(longest - 1, whole.codePointCount(0, whole.length()))))
                        + '…';
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
