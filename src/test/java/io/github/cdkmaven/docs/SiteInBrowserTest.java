package io.github.cdkmaven.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdkmaven.world.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** Left out where {@code mvn site} has not run; {@link BuiltSiteTest} sees to that it has where it must. */
@DisplayName("The site in a browser")
@EnabledIf("io.github.cdkmaven.world.Chromium#available")
class SiteInBrowserTest {

    private static final Path SITE = Path.of("target/site").toAbsolutePath();

    @TempDir
    static Path profile;

    private static Chromium browser;

    @BeforeAll
    static void startBrowser() {
        assumeTrue(Files.exists(SITE.resolve("index.html")), "mvn site has not run");
        browser = Chromium.start(profile, true);
    }

    @AfterAll
    static void endBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 1280})
    @DisplayName("has no page that is broader than the window")
    void fits(int width) throws IOException {
        browser.window(width, 900);
        try (Stream<Path> files = Files.list(SITE)) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".html")).toList();

            assertThat(pages).hasSizeGreaterThan(20).noneMatch(page -> browser.open(page)
                    .scrollsSideways());
        }
        browser.anyWindow();
    }

    @Test
    @DisplayName("breaks no name of a parameter")
    void breaksNoName() {
        browser.window(1280, 900).open(SITE.resolve("start-mojo.html")).screenshot("site-start");

        assertThat((Long) browser.driver().executeScript("return document.querySelectorAll('td > a > code').length"))
                .isGreaterThan(50);
        assertThat(browser.driver().executeScript("""
                        return Array.from(document.querySelectorAll('td > a > code'))
                          .filter(name => name.getClientRects().length > 1)
                          .map(name => name.textContent);""")).isEqualTo(List.of());
        browser.anyWindow();
    }

    @Test
    @DisplayName("has the required parameter of a goal first, and all others in groups")
    void groups() {
        browser.window(1280, 900).open(SITE.resolve("start-mojo.html"));
        List<String> rows = browser.driver().findElements(By.cssSelector("main table tr")).stream()
                .map(row -> row.getText().lines().findFirst().orElse(""))
                .toList();

        assertThat(rows.get(1)).isEqualTo("Registry");
        assertThat(rows.get(2)).startsWith("<registry> required");
        assertThat(rows).contains("Engine", "VM", "Proxy", "Time", "Output");
        assertThat(rows.stream().filter(row -> row.startsWith("<")).map(row -> row.replaceAll("<(\\w+)>.*", "$1")))
                .containsExactlyInAnyOrderElementsOf(Descriptor.parameters().stream()
                        .filter(parameter -> parameter.goal().equals("start"))
                        .map(Descriptor.Parameter::name)
                        .toList());
        browser.anyWindow();
    }

    @Test
    @DisplayName("shows the picture of the flow")
    void flow() {
        browser.window(1280, 900).open(SITE.resolve("index.html")).screenshot("site-index");

        assertThat((Long) browser.driver().executeScript("return document.querySelector('main img').naturalWidth"))
                .isPositive();
        browser.anyWindow();
    }
}
