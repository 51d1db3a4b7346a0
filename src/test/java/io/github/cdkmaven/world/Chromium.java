package io.github.cdkmaven.world;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.print.PrintOptions;

/** A headless Chromium with nothing in its profile and no way to resolve a name, for looking at one file. */
public final class Chromium implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final int HIGHEST = 6000;
    private static final int DECORATION = 150;
    private static final Pattern REQUEST = Pattern.compile("\"request\":\\{.*?\"url\":\"([^\"]*)\"");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Whether browser and driver are there; a build that requires them fails without. */
    public static boolean available() {
        boolean found = onPath("chromium").isPresent() && onPath("chromedriver").isPresent();
        if (!found && "true".equals(System.getenv("CDK_REQUIRE_CHROMIUM"))) {
            throw new IllegalStateException(
                    "chromium and chromedriver are not both on the PATH, and CDK_REQUIRE_CHROMIUM asks for them");
        }
        return found;
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Chromium start(Path profile, boolean scripts) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(onPath("chromium").orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + profile);
        if (!scripts) {
            options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(onPath("chromedriver").orElseThrow().toFile())
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    public ChromeDriver driver() {
        return driver;
    }

    public Chromium open(Path file) {
        driver.get(file.toUri().toString());
        return this;
    }

    /** A window of this size, whatever the browser thinks is the least; until {@link #anyWindow()}. */
    public Chromium window(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    public void anyWindow() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** Makes the window as high as the page, so that the browser lays out all of it, or so much of it as anybody would look at. */
    public Chromium whole() {
        Number height = (Number) driver.executeScript("return document.documentElement.scrollHeight");
        int width = driver.manage().window().getSize().getWidth();
        return size(width, Math.min(height.intValue() + DECORATION, HIGHEST));
    }

    public Chromium size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
        return this;
    }

    /** How the page would look on paper. */
    public Chromium paper(boolean wanted) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", wanted ? "print" : ""));
        return this;
    }

    /** What the user's desktop prefers: {@code light} or {@code dark}. */
    public Chromium scheme(String preferred) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", preferred))));
        return this;
    }

    /** What the console shows, one line each. */
    public List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** The addresses that were asked for since the last call, without those that are contained in the page itself. */
    public List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> message.contains("Network.requestWillBeSent\""))
                .map(REQUEST::matcher)
                .filter(Matcher::find)
                .map(request -> request.group(1))
                .filter(address -> !address.startsWith("data:"))
                .toList();
    }

    /** All that axe finds against the page, best practices included: rule and place of each. */
    public List<String> barriers() {
        driver.executeScript(axe());
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, { resultTypes: ['violations'] }).then(
                  result => done(result.violations
                    .map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary).join(' | '))),
                  error => done(['axe failed: ' + error]));
                """);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    private static String axe() {
        try (InputStream script = Chromium.class.getResourceAsStream(AXE)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the page is broader than the window. */
    public boolean scrollsSideways() {
        return (Boolean) driver.executeScript(
                "return document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    /** Keeps a picture of what the window shows. */
    public Chromium screenshot(String name) {
        return keep(name + ".png", driver.getScreenshotAs(OutputType.BYTES));
    }

    /** How many characters are drawn on each page of a print. */
    public List<Integer> print(String name) {
        byte[] pdf = Base64.getDecoder().decode(driver.print(new PrintOptions()).getContent());
        keep(name + ".pdf", pdf);
        String raw = new String(pdf, StandardCharsets.ISO_8859_1);
        return Pattern.compile("/Type /Page\\b.*?/Contents (\\d+) 0 R", Pattern.DOTALL)
                .matcher(raw)
                .results()
                .map(page -> glyphs(raw, page.group(1)))
                .toList();
    }

    private static int glyphs(String pdf, String object) {
        int begin = pdf.indexOf("stream\n", pdf.indexOf("\n" + object + " 0 obj")) + "stream\n".length();
        byte[] packed = pdf.substring(begin, pdf.indexOf("\nendstream", begin)).getBytes(StandardCharsets.ISO_8859_1);
        try (InputStream content = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return Pattern.compile("<([0-9A-Fa-f]+)> Tj|<([0-9A-Fa-f]+)>[^\\[\\]]*]? ?TJ")
                    .matcher(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .results()
                    .mapToInt(shown -> shown.group().length() / 4)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Chromium keep(String name, byte[] content) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
