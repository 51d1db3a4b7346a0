package io.github.cdkmaven.sim.minishift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Splits a line the way the VM's login shell does: single quotes keep everything, double quotes keep blanks, and
 * {@code $name} becomes the variable's value, which for {@code ${component}} is nothing.
 */
final class ShellWords {

    private final String line;
    private final Map<String, String> variables;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int position;

    private ShellWords(String line, Map<String, String> variables) {
        this.line = line;
        this.variables = variables;
    }

    static List<String> of(String line, Map<String, String> variables) {
        ShellWords shell = new ShellWords(line, variables);
        while (shell.position < line.length()) {
            shell.step(line.charAt(shell.position));
        }
        shell.endWord();
        return List.copyOf(shell.words);
    }

    private void step(char next) {
        switch (next) {
            case '\'' -> quoted();
            case '"' -> doubleQuoted();
            case '\\' -> {
                append(position + 1 < line.length() ? line.charAt(position + 1) : next);
                position += 2;
            }
            case '$' -> variable();
            case ' ', '\t', '\n' -> {
                endWord();
                position++;
            }
            default -> {
                append(next);
                position++;
            }
        }
    }

    private void append(char next) {
        word.append(next);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }

    private void quoted() {
        int end = line.indexOf('\'', position + 1);
        int stop = end < 0 ? line.length() : end;
        word.append(line, position + 1, stop);
        inWord = true;
        position = stop + 1;
    }

    private void doubleQuoted() {
        inWord = true;
        position++;
        while (position < line.length() && line.charAt(position) != '"') {
            char next = line.charAt(position);
            if (next == '$') {
                variable();
            } else {
                boolean escape = next == '\\'
                        && position + 1 < line.length()
                        && "\"\\$`".indexOf(line.charAt(position + 1)) >= 0;
                position += escape ? 1 : 0;
                append(line.charAt(position));
                position++;
            }
        }
        position++;
    }

    private void variable() {
        int start = position + 1;
        int end = start;
        String name;
        if (start < line.length() && line.charAt(start) == '{') {
            int close = line.indexOf('}', start);
            name = close < 0 ? line.substring(start + 1) : line.substring(start + 1, close);
            end = close < 0 ? line.length() : close + 1;
        } else {
            while (end < line.length() && isNamePart(line.charAt(end), end == start)) {
                end++;
            }
            if (end == start && end < line.length() && line.charAt(end) == '?') {
                end++;
            }
            name = line.substring(start, end);
        }
        if (name.isEmpty()) {
            append('$');
        } else if (!variables.getOrDefault(name, "").isEmpty()) {
            word.append(variables.get(name));
            inWord = true;
        }
        position = end;
    }

    private static boolean isNamePart(char next, boolean first) {
        return next == '_' || (first ? Character.isLetter(next) : Character.isLetterOrDigit(next));
    }
}
