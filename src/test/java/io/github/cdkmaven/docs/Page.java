package io.github.cdkmaven.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One page in Markdown. */
record Page(String name, String text) {

    /**
     * An example in XML.
     *
     * @param source what the comment before it says: the file that it was taken from; empty if there is no such comment
     */
    record Example(String source, String xml) {}

    private static final Path PAGES = Path.of("src/site/markdown");
    private static final Pattern EXAMPLE = Pattern.compile("(?:<!-- (\\S+) -->\\n)?```xml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    /** The pages of the site. */
    static List<Page> all() {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page named(String name) {
        return read(PAGES.resolve(name + ".md"));
    }

    static Page readme() {
        return read(Path.of("README.md"));
    }

    private static Page read(Path file) {
        try {
            return new Page(file.getFileName().toString().replace(".md", ""), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Example> examples() {
        return EXAMPLE.matcher(text)
                .results()
                .map(match -> new Example(match.group(1) == null ? "" : match.group(1), match.group(2)))
                .toList();
    }

    /** Where its links go, those to other sites left out. */
    List<String> links() {
        return LINK.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    List<String> headings() {
        return HEADING.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** What stands in backticks in one line. */
    List<String> quotes() {
        return Pattern.compile("`([^`\\n]+)`")
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
