package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

@DisplayName("report.html in a browser")
@EnabledIf("io.github.cdkmaven.report.Chromium#available")
class ReportInBrowserTest {

    private static final String ODD = "<blink>&amp;\"' % \u001b[31m red \u202e \uD83D\uDE80 ";

    @TempDir
    static Path folder;

    private static Chromium browser;

    @BeforeAll
    static void startBrowser() {
        browser = Chromium.start(folder.resolve("profile"), true);
    }

    @AfterAll
    static void endBrowser() {
        browser.close();
    }

    private static Path written(String name, RunReport report) {
        Path reports = folder.resolve(name);
        ReportFiles.write(report, reports);
        return reports.resolve(ReportFiles.HTML);
    }

    private static RunReport report(String name) {
        return switch (name) {
            case "ok" -> SampleReports.ok();
            case "failed" -> SampleReports.failed();
            case "half-done" -> SampleReports.halfDone();
            default -> SampleReports.hostile(ODD.repeat(10_000 / ODD.length() + 1));
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "failed", "half-done", "hostile"})
    @DisplayName("says nothing in the console, asks for nothing but itself, and keeps nobody out")
    void opens(String name) {
        Path page = written(name, report(name));
        browser.requests();
        browser.console();

        browser.size(1400, 1000).scheme("light").open(page).whole().screenshot(name);

        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        assertThat(browser.driver().findElements(By.tagName("blink"))).isEmpty();
        assertThat(browser.seriousBarriers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "failed"})
    @DisplayName("keeps nobody out in the dark either")
    void dark(String name) {
        browser.size(1400, 1000)
                .scheme("dark")
                .open(written(name, report(name)))
                .whole()
                .screenshot(name + "-dark");

        assertThat(browser.seriousBarriers()).isEmpty();
        browser.scheme("light");
    }

    @Test
    @DisplayName("finds tags by words and by outcome")
    void searches() {
        browser.size(1400, 1000).open(written("searched", SampleReports.failed()));
        assertThat(shown()).isEqualTo("4 tags in 2 ImageStreams");

        browser.driver().findElement(By.id("query")).sendKeys("ruby 2.4");
        assertShown("1 tag in 1 ImageStream");
        assertThat(visibleTags()).singleElement().asString().contains("rhscl/ruby-24-rhel7");

        browser.driver().findElement(By.id("query")).clear();
        browser.driver().findElement(By.id("query")).sendKeys(" ");
        browser.driver()
                .findElement(By.cssSelector("label[for=outcome-imported]"))
                .click();
        assertShown("1 tag in 1 ImageStream");
        assertThat(visibleTags()).singleElement().asString().contains("rhscl/ruby-23-rhel7");

        browser.driver().findElement(By.id("query")).sendKeys("no such thing");
        assertShown("No tag matches");
        browser.screenshot("searched");
    }

    @Test
    @DisplayName("stays usable with 1,000 streams")
    void large() {
        browser.console();
        browser.size(1400, 1000).open(written("large", SampleReports.large(1000)));
        assertThat(shown()).isEqualTo("5000 tags in 1000 ImageStreams");

        browser.driver().findElement(By.id("query")).sendKeys("stream-0777:v3");
        assertShown("1 tag in 1 ImageStream");

        browser.screenshot("large-searched");
        assertThat(browser.console()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 800, 2200})
    @DisplayName("fits narrow and wide windows")
    void widths(int width) {
        browser.size(width, 1000)
                .open(written("width", SampleReports.failed()))
                .whole()
                .screenshot("width-" + width);

        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.seriousBarriers()).isEmpty();
        assertThat(browser.driver().findElement(By.tagName("h1")).isDisplayed()).isTrue();
    }

    @Test
    @DisplayName("prints")
    void prints() {
        byte[] pdf = browser.size(1400, 1000)
                .open(written("printed", SampleReports.failed()))
                .print("printed");

        browser.size(900, 1000).paper(true).whole().screenshot("printed");
        browser.paper(false);
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        assertThat(pdf.length).isGreaterThan(10_000);
    }

    @Test
    @DisplayName("shows every fact without JavaScript")
    void withoutScripts() {
        Path page = written("plain", SampleReports.failed());
        browser.size(1400, 1000).open(page);
        List<String> factsWithScripts =
                browser.driver().findElements(By.cssSelector("main h2, main td, main th")).stream()
                        .map(WebElement::getText)
                        .flatMap(String::lines)
                        .toList();
        try (Chromium plain = Chromium.start(folder.resolve("profile-without-scripts"), false)) {
            plain.size(1400, 1000).open(page).screenshot("without-scripts");

            String text = body(plain);
            assertThat(plain.driver().findElement(By.id("filter")).isDisplayed())
                    .isFalse();
            assertThat(text)
                    .contains("rhscl/ruby-24-rhel7:latest", "rhscl/nginx-18-rhel7:latest", "NotFound", "OciOnly")
                    .contains("docker.io/library/nginx:1.25", "registry.tls", "vm.proxyCa", "<failOn>none</failOn>")
                    .contains("Start minishift", SampleReports.REGISTRY);
            assertThat(text).as("with JavaScript there is no further fact").contains(factsWithScripts);
        }
    }

    private static String body(Chromium in) {
        return in.driver().findElement(By.tagName("body")).getText();
    }

    private static String shown() {
        return browser.driver().findElement(By.id("shown")).getText();
    }

    /** The page filters when it is drawn the next time. */
    private static void assertShown(String text) {
        browser.driver()
                .executeAsyncScript(
                        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))");
        assertThat(shown()).isEqualTo(text);
    }

    private static List<String> visibleTags() {
        return browser.driver().findElements(By.cssSelector("#stream-list tbody tr")).stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .toList();
    }
}
