package io.github.cdkmaven.report;

import io.github.cdkmaven.problem.ForeignText;

/** Makes text from elsewhere safe to look at: what cannot be seen, or would act on a terminal, is spelled out. */
final class Text {

    private Text() {}

    /** The text with line breaks and tabs as they are, and every other invisible character as <code>&#92;u001B</code>. */
    static String block(String text) {
        return ForeignText.spelledOut(text);
    }

    /** The text as one line: line breaks and tabs are spelled out too. */
    static String line(String text) {
        return block(text).replace("\n", "\\n").replace("\t", "\\t");
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
}
