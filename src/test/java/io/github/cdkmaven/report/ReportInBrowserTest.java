package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.world.Chromium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
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
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;

@DisplayName("report.html in a browser")
@EnabledIf("io.github.cdkmaven.world.Chromium#available")
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
        for (String file : List.of("images/missing.txt", "images/missing.skopeo-copy.sh", "debug/pods.txt")) {
            try {
                Files.createDirectories(reports.resolve(file).getParent());
                Files.writeString(reports.resolve(file), "list");
                Files.setLastModifiedTime(reports.resolve(file), FileTime.from(SampleReports.START));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        ReportFolder goal = new ReportFolder(reports, report.goal(), "default", SampleReports.START);
        goal.write(report.unfinished());
        goal.write(report);
        return goal.page();
    }

    private static RunReport report(String name) {
        return switch (name) {
            case "ok" -> SampleReports.ok();
            case "failed" -> SampleReports.failed();
            case "half-done" -> SampleReports.halfDone();
            case "nothing-mirrored" -> SampleReports.nothingMirrored();
            case "evidence" -> SampleReports.evidence();
            case "outside" -> SampleReports.outside();
            default -> SampleReports.hostile(ODD.repeat(10_000 / ODD.length() + 1));
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "failed", "half-done", "nothing-mirrored", "outside", "evidence", "hostile"})
    @DisplayName("says nothing in the console, asks for nothing but itself, and keeps nobody out")
    void opens(String name) {
        Path page = written(name, report(name));
        browser.requests();
        browser.console();

        browser.size(1400, 1000)
                .open(page)
                .whole()
                .screenshot(name)
                .scheme("dark")
                .screenshot(name + "-dark");

        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        assertThat(browser.driver().findElements(By.tagName("blink"))).isEmpty();
        assertThat(barriers()).isEmpty();
    }

    /** What axe finds in the light and in the dark, folded and unfolded. */
    private static List<String> barriers() {
        List<String> all = new ArrayList<>();
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            for (boolean open : List.of(false, true)) {
                browser.driver()
                        .executeScript(
                                "document.querySelectorAll('details').forEach(one => one.open = arguments[0])", open);
                all.addAll(browser.barriers());
            }
        }
        browser.scheme("light");
        return all;
    }

    @Test
    @DisplayName("has in sight what a failed preflight found: outcome, cause, count, fix and the list's place")
    void failedPreflightInSight() {
        openInWindow("nothing-mirrored");

        assertThat(inSight(
                        "h1",
                        ".headline",
                        ".totals .fail",
                        ".evidence",
                        ".files a",
                        ".card.fail h3",
                        ".card.fail .fix"))
                .anyMatch(text -> text.contains("failed"))
                .anyMatch(text -> text.contains("165 of 169 images"))
                .anyMatch(text -> text.contains("165 ×") && text.contains("the registry has no such image"))
                .anyMatch(text -> text.contains("Mirror the image"))
                .contains("images/missing.txt", "165 failed");
        assertThat(browser.driver().findElement(By.cssSelector(".files a")).getDomAttribute("href"))
                .isEqualTo("../images/missing.txt");
        browser.anyWindow();
    }

    @Test
    @DisplayName("has in sight what a good start did: outcome, totals and what was moved")
    void goodStartInSight() {
        openInWindow("ok");

        assertThat(inSight("h1", ".facts div", ".totals li", "#streams h2", "#streams summary"))
                .anyMatch(text -> text.contains("passed"))
                .contains("2 ImageStreams, 5 tags", "3 imported", "0 failed", "0 external")
                .anyMatch(text -> text.contains("openshift/jenkins") && text.contains("2 imported, 1 skipped"));
        browser.anyWindow();
    }

    private static void openInWindow(String name) {
        browser.window(1280, 800);
        browser.open(written("in-sight-" + name, report(name))).screenshot("in-sight-" + name);
    }

    /** The texts of these places, each of which is seen without scrolling, in type of 14 px or more. */
    private static List<String> inSight(String... places) {
        List<String> texts = new ArrayList<>();
        for (String place : places) {
            List<WebElement> found = browser.driver().findElements(By.cssSelector(place));
            assertThat(found).as(place).isNotEmpty();
            for (WebElement one : found) {
                Rectangle seen = one.getRect();
                assertThat(one.isDisplayed()).as(place).isTrue();
                assertThat(seen.x).as(place).isNotNegative();
                assertThat(seen.y).as(place).isNotNegative();
                assertThat(seen.x + seen.width).as(place).isLessThanOrEqualTo(1280);
                assertThat(seen.y + seen.height).as(place).isLessThanOrEqualTo(800);
                assertThat(Double.parseDouble(one.getCssValue("font-size").replace("px", "")))
                        .as(place)
                        .isGreaterThanOrEqualTo(14);
                texts.add(one.getText());
            }
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "failed", "nothing-mirrored"})
    @DisplayName("has no type smaller than 14 px")
    void type(String name) {
        browser.size(1280, 900).open(written("type-" + name, report(name)));

        assertThat(browser.driver().executeScript("""
                        document.querySelectorAll('details').forEach(one => one.open = true);
                        return Array.from(document.querySelectorAll('body *'))
                          .filter(one => parseFloat(getComputedStyle(one).fontSize) < 14)
                          .map(one => one.outerHTML);""")).isEqualTo(List.of());
    }

    @Test
    @DisplayName("has an index whose links lead to the pages, and keeps nobody out of it")
    void index() {
        Path page = written("index", SampleReports.failed());
        Path index = page.resolve("../../report.html").normalize();

        browser.size(1280, 800).open(index).screenshot("index");
        assertThat(barriers()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();

        browser.driver().findElement(By.cssSelector("h2 a")).click();
        assertThat(browser.driver().getTitle()).isEqualTo("cdk:start failed");
        browser.driver().findElement(By.cssSelector("footer a")).click();
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(index.toUri().toString());
    }

    @Test
    @DisplayName("finds tags by words and by outcome, unfolds what matches, and folds it again")
    void searches() {
        browser.size(1400, 1000).open(written("searched", SampleReports.failed()));

        search("streams", "ruby 2.3");
        assertThat(shown("streams")).isEqualTo("1 of 4");
        assertThat(visibleItems("streams")).singleElement().asString().contains("rhscl/ruby-23-rhel7");

        search("streams", "ruby:2.4");
        assertThat(visibleItems("streams")).singleElement().asString().contains("rhscl/ruby-24-rhel7");

        search("streams", "");
        choose("streams", "failed");
        assertThat(shown("streams")).isEqualTo("3 of 4");
        search("streams", "no such thing");
        assertThat(shown("streams")).isEqualTo("0 of 4");
        assertThat(visibleItems("streams")).isEmpty();
        browser.screenshot("searched");

        search("streams", "");
        choose("streams", "all");
        assertThat(shown("streams")).isEmpty();
        assertThat(visibleItems("streams")).hasSize(3);
    }

    @Test
    @DisplayName("finds checks and images in the same way")
    void searchesAll() {
        browser.size(1400, 1000).open(written("searched-all", SampleReports.nothingMirrored()));
        search("checks", "image-77-");
        assertThat(visibleItems("checks")).singleElement().asString().contains("image-77-rhel7");
        choose("checks", "ok");
        assertThat(shown("checks")).isEqualTo("0 of 167");

        browser.open(written("searched-images", SampleReports.failed()));
        choose("images", "external");
        assertThat(visibleItems("images")).singleElement().asString().contains("library/nginx:1.25");
    }

    @Test
    @DisplayName("copies a fix, a command and an image")
    void copies() {
        browser.size(1400, 1000).open(written("copied", SampleReports.nothingMirrored()));

        assertThat(copied(".card [data-copy=fix] + .copy"))
                .isEqualTo("Mirror the image; cdk:images writes the lists for it.");
        assertThat(copied("[data-copy=command] + .copy")).isEqualTo("mvn cdk:preflight");
        browser.driver().findElement(By.cssSelector(".card summary")).click();
        browser.driver()
                .executeAsyncScript(
                        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))");
        assertThat(copied("[data-copy=image] + .copy"))
                .isEqualTo(SampleReports.REGISTRY + "/rhscl/image-0-rhel7:latest");
        assertThat(browser.whole().screenshot("copied").barriers()).isEmpty();
    }

    /** What the page gives to the clipboard, which headless has none of its own. */
    private static String copied(String button) {
        browser.driver().executeScript("""
                window.copied = null;
                document.addEventListener('copy', () => { window.copied = document.activeElement.value; }, { once: true });""");
        browser.driver().findElement(By.cssSelector(button)).click();
        return (String) browser.driver().executeScript("return window.copied");
    }

    @Test
    @DisplayName("stays usable with 1,000 streams")
    void large() {
        browser.console();
        browser.size(1400, 1000).open(written("large", SampleReports.large(1000)));

        search("streams", "stream-0777:v3");
        assertThat(shown("streams")).isEqualTo("1 of 5000");

        browser.screenshot("large-searched");
        assertThat(browser.console()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 800, 2200})
    @DisplayName("fits narrow and wide windows")
    void widths(int width) {
        browser.window(width, 1000);
        for (String name : List.of("ok", "failed", "nothing-mirrored")) {
            browser.open(written("width", report(name))).screenshot("width-" + width + "-" + name);

            assertThat(browser.scrollsSideways()).as(name).isFalse();
            assertThat(browser.barriers()).as(name).isEmpty();
        }
        browser.anyWindow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "failed", "nothing-mirrored", "outside"})
    @DisplayName("prints all of it, unfolded, on pages none of which is empty")
    void prints(String name) {
        browser.size(1400, 1000).open(written("printed", report(name)));
        List<Integer> characters = browser.print("printed-" + name);

        assertThat(characters).isNotEmpty().allMatch(count -> count > 40);
        browser.size(900, 1000).paper(true).whole().screenshot("printed-" + name);
        assertThat(
                        browser.driver()
                                .executeScript(
                                        "return Array.from(document.querySelectorAll('.item')).filter(one => !one.checkVisibility({contentVisibilityAuto: true})).length"))
                .isEqualTo(0L);
        browser.paper(false);
    }

    @Test
    @DisplayName("shows every fact without JavaScript")
    void withoutScripts() {
        Path page = written("plain", SampleReports.failed());
        browser.size(1400, 1000).open(page);
        List<String> factsWithScripts =
                browser.driver().findElements(By.cssSelector("main h2, main h3, main td, main th")).stream()
                        .map(WebElement::getText)
                        .flatMap(String::lines)
                        .toList();
        try (Chromium plain = Chromium.start(folder.resolve("profile-without-scripts"), false)) {
            plain.size(1400, 1000).open(page).screenshot("without-scripts");

            plain.driver().findElements(By.tagName("summary")).forEach(WebElement::click);
            String text = body(plain);
            assertThat(plain.driver().findElement(By.cssSelector("form")).isDisplayed())
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

    private static void search(String section, String words) {
        WebElement query = browser.driver().findElement(By.cssSelector("#" + section + " input[type=search]"));
        query.clear();
        query.sendKeys(words.isEmpty() ? " " : words);
    }

    private static void choose(String section, String outcome) {
        browser.driver()
                .findElement(By.cssSelector("#" + section + " input[value=" + outcome + "]"))
                .click();
    }

    private static String shown(String section) {
        return browser.driver()
                .findElement(By.cssSelector("#" + section + " .shown"))
                .getText();
    }

    private static List<String> visibleItems(String section) {
        return browser.driver().findElements(By.cssSelector("#" + section + " .item")).stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .toList();
    }
}
