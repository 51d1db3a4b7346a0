package io.github.cdkmaven.report;

/** Makes text from elsewhere safe to look at: what cannot be seen, or would act on a terminal, is spelled out. */
final class Text {

    private Text() {}

    /** The text with line breaks and tabs as they are, and every other invisible character as <code>&#92;u001B</code>. */
    static String block(String text) {
        return spellOut(text.replace("\r\n", "\n"), true);
    }

    /** The text as one line: line breaks and tabs are spelled out too. */
    static String line(String text) {
        return spellOut(text.replace("\r\n", "\n"), false);
    }

    /** The text as one line of at most so many characters, the last one {@code …} if something was left out. */
    static String line(String text, int longest) {
        // Cut before spelling out, too: a message may be megabytes long.
        return cut(line(text.length() > 2 * longest + 2 ? text.substring(0, 2 * longest + 2) : text), longest);
    }

    /** The text of at most so many characters, the last one {@code …} if something was left out. */
    static String cut(String text, int longest) {
        if (text.codePointCount(0, text.length()) <= longest) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    private static String spellOut(String text, boolean keepBreaks) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (keepBreaks && (point == '\n' || point == '\t') || isVisible(point)) {
                out.appendCodePoint(point);
            } else {
                out.append(spelled(point));
            }
        });
        return out.toString();
    }

    private static String spelled(int point) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Character.isBmpCodePoint(point) ? "\\u%04X" : "\\u{%X}", point);
        };
    }

    /** Neither control nor format characters (which turn the reading direction), nor what XML or UTF-8 cannot hold. */
    private static boolean isVisible(int point) {
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
