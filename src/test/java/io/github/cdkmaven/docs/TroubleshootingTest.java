package io.github.cdkmaven.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reads the messages from the sources, where each is the first argument of what makes it, and looks for them on the page. */
@DisplayName("The page on troubleshooting")
class TroubleshootingTest {

    private static final Page PAGE = Page.named("troubleshooting");
    private static final String VALUE = "…";

    /** What makes a problem, and the rows of the tables of what minishift and crc say. */
    private static final Pattern PROBLEM = Pattern.compile("\\bProblem\\.of\\(");

    private static final Pattern ROW = Pattern.compile("\\brow\\(");
    private static final Pattern CHECK = Pattern.compile("\\bCheck\\.(?:fail|warn)\\(");
    private static final Pattern ID = Pattern.compile("(?:[=?:]|\\breturn)\\s*\"([a-z]+\\.[a-z][A-Za-z1]+)\"");

    /** Less than that says nothing by which a message could be found. */
    private static final int LEAST = 12;

    /** Where a message is put together from several texts; what these say is on the page as well. */
    private static final Set<String> COMPOSED = Set.of(
            "ConfigurationApi",
            "CrcStatus",
            "FailedPreflight",
            "FailedTags",
            "KnownFailure",
            "StartFailure",
            "VerificationResult",
            "VmStop");

    private record Source(String name, String code) {

        static List<Source> all() {
            try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
                return files.filter(file -> file.toString().endsWith(".java"))
                        .sorted()
                        .map(Source::read)
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Source read(Path file) {
            try {
                String code = Files.readString(file).replaceAll("(?m)^\\s*(?:/\\*\\*|\\*|//).*$", "");
                return new Source(file.getFileName().toString().replace(".java", ""), code);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** One argument of each call, with … for all that is no literal. */
        List<String> arguments(Pattern call, int index) {
            return call.matcher(code)
                    .results()
                    .map(found -> argument(found.end(), index))
                    .filter(argument -> argument.contains("\""))
                    .map(Source::words)
                    .toList();
        }

        private String argument(int begin, int index) {
            int depth = 0;
            int passed = 0;
            int from = begin;
            boolean quoted = false;
            for (int at = begin; at < code.length(); at++) {
                char c = code.charAt(at);
                if (quoted) {
                    at += c == '\\' ? 1 : 0;
                    quoted = c != '"';
                } else if (c == '"') {
                    quoted = true;
                } else if (c == '(' || c == '{' || c == '[') {
                    depth++;
                } else if ((c == ',' || c == ')') && depth == 0) {
                    if (passed++ == index || c == ')') {
                        return passed > index ? code.substring(from, at) : "";
                    }
                    from = at + 1;
                } else if (c == ')' || c == '}' || c == ']') {
                    depth--;
                }
            }
            return "";
        }

        private static String words(String expression) {
            StringBuilder words = new StringBuilder();
            for (String part : expression.split("(?=\")|(?<=\")")) {
                words.append(part);
            }
            return Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|[^\"]+")
                    .matcher(words)
                    .replaceAll(part -> part.group(1) != null
                            ? part.group(1).replace("$", "\\$")
                            : part.group().replaceAll("[\\s+]", "").isEmpty() ? "" : VALUE)
                    .replace("$1", VALUE)
                    .replaceAll(VALUE + "+", VALUE)
                    .replaceAll("^" + VALUE + "(?=')", "");
        }
    }

    private static List<Pattern> told() {
        return PAGE.quotes().stream()
                .filter(quote -> quote.replace(VALUE, "").length() >= LEAST || quote.contains(" "))
                .map(quote -> Pattern.compile(
                        Stream.of(quote.split(VALUE, -1)).map(Pattern::quote).collect(Collectors.joining(".*"))))
                .toList();
    }

    private static boolean isLong(String message) {
        return message.replace(VALUE, "").length() >= LEAST;
    }

    @Test
    @DisplayName("has every message of the code that ends a goal")
    void problems() {
        List<String> messages = Source.all().stream()
                .flatMap(source ->
                        Stream.concat(source.arguments(PROBLEM, 0).stream(), source.arguments(ROW, 1).stream()))
                .filter(TroubleshootingTest::isLong)
                .distinct()
                .toList();
        List<Pattern> told = told();

        assertThat(messages)
                .hasSizeGreaterThan(200)
                .contains("The program '…' was not found on the PATH.", "The disk is full.");
        assertThat(messages.stream().filter(message -> told.stream()
                        .noneMatch(quote -> quote.matcher(message).matches())))
                .isEmpty();
    }

    @Test
    @DisplayName("has what the code puts together, which is known by its class")
    void composed() {
        Set<String> composed = new TreeSet<>();
        for (Source source : Source.all()) {
            long calls = PROBLEM.matcher(source.code()).results().count();
            long whole = source.arguments(PROBLEM, 0).stream()
                    .filter(TroubleshootingTest::isLong)
                    .count();
            if (calls > whole) {
                composed.add(source.name());
            }
        }

        assertThat(composed).isEqualTo(new TreeSet<>(COMPOSED));
        assertThat(PAGE.quotes())
                .contains("Preflight found …", "could not be imported from …; all others are in place.")
                .contains("… image is not from the registry …", "… check of the running OpenShift failed.");
    }

    @Test
    @DisplayName("has the name of every check that can fail or warn")
    void checks() {
        Set<String> ids = new TreeSet<>();
        for (Source source : Source.all()) {
            ids.addAll(source.arguments(CHECK, 0));
            if (CHECK.matcher(source.code()).find()) {
                ID.matcher(source.code()).results().forEach(found -> ids.add(found.group(1)));
            }
        }
        ids.removeIf(id -> !id.matches("[a-z]+\\.[A-Za-z1]+") || id.matches("(?:os|user|java)\\..*"));

        assertThat(ids).hasSizeGreaterThan(50).contains("registry.tls", "image.ociOnly", "cluster.objects");
        PAGE.quotes().forEach(ids::remove);
        assertThat(ids).isEmpty();
    }

    @Test
    @DisplayName("begins with its contents")
    void contents() {
        List<String> parts = PAGE.text()
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();

        assertThat(parts).hasSizeGreaterThan(8);
        assertThat(PAGE.text().substring(0, PAGE.text().indexOf("\n## ")))
                .contains(parts.stream()
                        .map(part -> "* [" + part + "](troubleshooting.html#" + part.replace(' ', '_') + ")")
                        .collect(Collectors.joining("\n")));
    }
}
