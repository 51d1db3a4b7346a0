package io.github.cdkmaven.sim;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.minishift.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Verbatim exchanges with the real programs, where the folder with them is there. */
public final class Captures {

    private static final Path FOLDER = Path.of("../shared/captures");

    private Captures() {}

    /** Condition of the tests that read them. */
    public static boolean arePresent() {
        return Files.isDirectory(FOLDER);
    }

    /** What a real program was asked and what it did. */
    public record Exchange(
            String name,
            List<String> arguments,
            Map<String, String> environment,
            String stdin,
            int exit,
            String stdout,
            String stderr) {

        @Override
        public String toString() {
            return name;
        }
    }

    public static Stream<Exchange> of(String set) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(set))) {
            return files
                    .sorted()
                    .map(JsonFile::read)
                    .filter(json -> json.has("argv"))
                    .map(Captures::exchange)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is recorded in a set: each file's name, without its suffix. */
    public static List<String> names(String set) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(set))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A recording as it is. */
    public static String text(String set, String name) throws IOException {
        return Files.readString(FOLDER.resolve(set).resolve(name + ".json"));
    }

    public static Exchange named(String set, String name) {
        return exchange(JsonFile.read(FOLDER.resolve(set).resolve(name + ".json")));
    }

    private static Exchange exchange(JsonNode json) {
        List<String> arguments = new ArrayList<>();
        json.path("argv").forEach(word -> arguments.add(word.asText()));
        Map<String, String> environment = new LinkedHashMap<>();
        json.path("env")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return new Exchange(
                json.path("name").asText(),
                List.copyOf(arguments.subList(1, arguments.size())),
                Map.copyOf(environment),
                json.path("stdin").asText(),
                json.path("exit").asInt(),
                json.path("stdout").asText(),
                json.path("stderr").asText());
    }
}
