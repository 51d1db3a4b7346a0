package io.github.cdkmaven.minishift.images;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A file of this package with values between tabs; lines that begin with # explain it. */
final class CatalogTable {

    private CatalogTable() {}

    /** The rows of a table, each with the given number of values. */
    static List<List<String>> read(String name, int columns) {
        try (InputStream file = CatalogTable.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the catalogue lacks " + name);
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> row(name, line, columns))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> row(String name, String line, int columns) {
        List<String> values = List.of(line.split("\t", -1));
        if (values.size() != columns) {
            throw new IllegalStateException(name + " has a row without " + columns + " values: " + line);
        }
        return values;
    }
}
