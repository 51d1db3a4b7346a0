package io.github.cdkmaven;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Exchanges with real programs that may lie beside the project: read in place where they are there, and never needed. */
public final class Captures {

    private static final Path FOLDER = Path.of("..", "shared", "captures");

    private Captures() {}

    /** For {@code @EnabledIf}. */
    public static boolean present() {
        return Files.isDirectory(FOLDER);
    }

    /** One exchange, such as {@code minishift-1.34.3/version}. */
    public static JsonNode read(String name) {
        return read(FOLDER.resolve(name + ".json"));
    }

    /** All exchanges of some folders whose file name begins so, as {@code folder/name}. */
    public static List<String> names(String prefix, String... folders) {
        return Stream.of(folders)
                .flatMap(folder -> files(FOLDER.resolve(folder)).stream())
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .map(file -> FOLDER.relativize(file).toString().replaceFirst("\\.json$", ""))
                .sorted()
                .toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
