package io.github.cdkmaven.report;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, aligned with spaces. */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private int rightAligned = -1;

    /** Aligns this column, counted from 0, at its right edge. */
    public TextTable right(int column) {
        rightAligned = column;
        return this;
    }

    /** Adds a row. */
    public TextTable row(String... cells) {
        rows.add(cells);
        return this;
    }

    /** The rows, each a line. */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(String... cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.length; column++) {
            String padding = " ".repeat(width(column) - length(cells[column]));
            line.append(column == 0 ? "" : GAP)
                    .append(column == rightAligned ? padding + cells[column] : cells[column] + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .filter(cells -> cells.length > column)
                .mapToInt(cells -> length(cells[column]))
                .max()
                .orElse(0);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
