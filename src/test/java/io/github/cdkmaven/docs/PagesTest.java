package io.github.cdkmaven.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.process.UserFolder;
import io.github.cdkmaven.streams.RegistrySecret;
import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The pages of the site")
class PagesTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Path SOURCES = Path.of("src/main/java");

    static List<Page> pages() {
        return Page.all();
    }

    static List<Page> pagesAndReadme() {
        return Stream.concat(Page.all().stream(), Stream.of(Page.readme())).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    @DisplayName("link to pages and headings that are there")
    void links(Page page) {
        for (String link : page.links()) {
            String file = link.replaceAll("#.*", "");
            String target = file.replace(".html", "");
            // The pages of the goals are made of their Javadoc; BuiltSiteTest looks at them.
            if (!target.matches("plugin-info|\\w+-mojo") && !Files.isRegularFile(Path.of("src/site/resources", file))) {
                assertThat(Page.all().stream().map(Page::name)).as(link).contains(target);
                if (link.contains("#")) {
                    assertThat(Page.named(target).headings().stream().map(PagesTest::anchor))
                            .as(link)
                            .contains(link.substring(link.indexOf('#') + 1));
                }
            }
        }
    }

    private static String anchor(String heading) {
        return heading.replace(' ', '_'); // as Doxia does
    }

    @Test
    @DisplayName("are all in the menu")
    void menu() throws IOException {
        String site = Files.readString(Path.of("src/site/site.xml"));

        assertThat(pages()).hasSizeGreaterThan(10).allMatch(page -> site.contains("href=\"" + page.name() + ".html\""));
    }

    @Test
    @DisplayName("name tests and projects that are there as the proof of what works on which engine")
    void proofs() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/engines.md"));
        Set<String> tests;
        try (Stream<Path> files = Files.walk(TESTS)) {
            tests = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }

        assertThat(Pattern.compile("`(\\w+Test)`").matcher(page).results().map(found -> found.group(1) + ".java"))
                .hasSizeGreaterThan(10)
                .isSubsetOf(tests);
        assertThat(Pattern.compile("`(it/[\\w.-]+)`").matcher(page).results().map(found -> Path.of(found.group(1))))
                .hasSizeGreaterThan(5)
                .allMatch(Files::isDirectory);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pagesAndReadme")
    @DisplayName("show only POMs that the projects in it/ build")
    void examples(Page page) throws IOException {
        for (Page.Example example : page.examples()) {
            if (page.name().equals("first-start")) {
                // it/first-start is made of that page.
                assertThat(example.source()).isEqualTo("pom.xml");
                assertThat(withoutIndent(example.xml()))
                        .contains(withoutIndent(Page.readme().examples().get(0).xml()));
                continue;
            }
            Path source = Path.of(example.source().isEmpty() ? "it/demo/pom.xml" : example.source());
            if (!page.name().equals("README")) {
                assertThat(example.source())
                        .as("the source of %s", example.xml())
                        .isNotEmpty();
            }
            assertThat(source).startsWith(Path.of("it")).exists();
            assertThat(withoutIndent(Files.readString(source).replace("@project.version@", version())))
                    .as(source.toString())
                    .contains(withoutIndent(example.xml()));
        }
    }

    @Test
    @DisplayName("show examples at all")
    void examplesAreThere() {
        assertThat(Page.all().stream().flatMap(page -> page.examples().stream()))
                .hasSizeGreaterThan(10);
        assertThat(Page.readme().examples()).hasSize(1);
    }

    @Test
    @DisplayName("leave the README one screen")
    void readmeIsShort() {
        assertThat(Page.readme().text().lines()).hasSizeLessThanOrEqualTo(60);
    }

    private static String withoutIndent(String xml) {
        return xml.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static String version() throws IOException {
        return Files.readString(Path.of("pom.xml"))
                .replaceAll("(?s).*?</artifactId>\\s*<version>(.*?)</version>.*", "$1");
    }

    @Test
    @DisplayName("explain messages that the plugin has")
    void messages() throws IOException {
        MessageTexts plugin = MessageTexts.of(SOURCES);
        List<String> messages = Page.named("troubleshooting").headings().stream()
                .filter(heading -> heading.startsWith("`"))
                .map(heading -> heading.replace("`", ""))
                .toList();

        assertThat(messages).hasSizeGreaterThan(20).allMatch(plugin::has);
        assertThat(plugin.has("The program '…' was found on the PATH.")).isFalse();
        assertThat(plugin.has("Parameter 'registry' was not found on the PATH."))
                .isFalse();
    }

    @Test
    @DisplayName("name a test for each security promise, which is there")
    void promises() throws IOException {
        Set<String> tests = new TreeSet<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .forEach(name -> tests.add(name.replace(".java", "")));
        }
        Page security = Page.named("security");
        List<String> rows = security.text()
                .lines()
                .dropWhile(line -> !line.startsWith("| promise"))
                .takeWhile(line -> line.startsWith("|"))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| promise"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(8).allMatch(row -> Pattern.compile("`[^`]+(Test|/[^`]+)` ?[,|]")
                .matcher(row)
                .find());
        assertThat(tests)
                .containsAll(security.quotes().stream()
                        .filter(name -> name.endsWith("Test"))
                        .toList());
        assertThat(security.quotes().stream().filter(name -> name.startsWith("it/")))
                .isNotEmpty()
                .allSatisfy(project -> assertThat(Path.of(project)).isDirectory());
    }

    @Test
    @DisplayName("name what stays behind by the names that it has, each with what removes it")
    void staysBehind() {
        List<String> rows = Page.named("security")
                .text()
                .lines()
                .dropWhile(line -> !line.startsWith("| where"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(8).allMatch(row -> row.matches("(?:\\|[^|]+){4}\\|[^|]*`[^`]+`[^|]*\\|"));
        assertThat(String.join("\n", rows))
                .contains(
                        RegistrySecret.NAME,
                        UserFolder.NAME,
                        OwnershipFiles.FOLDER,
                        "config.before-minishift",
                        "config.unreadable");
    }

    @Test
    @DisplayName("name projects in it/ that are there")
    void projects() {
        assertThat(Page.all().stream()
                        .flatMap(page -> page.quotes().stream())
                        .filter(quote -> quote.matches("it/[\\w.-]+")))
                .hasSizeGreaterThan(6)
                .allSatisfy(project -> assertThat(Path.of(project)).isDirectory());
    }
}
