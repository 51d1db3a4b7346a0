package io.github.cdkmaven.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Looks at the site as a browser finds it; left out where {@code mvn site} has not run, unless CDK_REQUIRE_SITE is set. */
@DisplayName("The site that was built")
class BuiltSiteTest {

    private static final Path SITE = Path.of("target/site");
    private static final Pattern ADDRESS = Pattern.compile("\\b(?:href|src)=\"([^\"]+)\"");

    @BeforeAll
    static void isThere() {
        boolean built = Files.exists(SITE.resolve("index.html"));
        assumeTrue(built || System.getenv("CDK_REQUIRE_SITE") != null, "mvn site has not run");
        assertThat(built).as("the site is there: mvn site verify").isTrue();
    }

    @Test
    @DisplayName("has no link to a page, picture or heading that is not there")
    void hasNoBrokenLink() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String address : ADDRESS.matcher(Files.readString(page))
                    .results()
                    .map(match -> match.group(1))
                    .toList()) {
                if (isOfThisSite(address) && !leadsSomewhere(page, address)) {
                    broken.add(page.getFileName() + " -> " + address);
                }
            }
        }

        assertThat(pages()).hasSizeGreaterThan(20);
        assertThat(broken).isEmpty();
    }

    @Test
    @DisplayName("loads nothing from elsewhere, so that it can be read without Internet access")
    void loadsNothingFromElsewhere() throws IOException {
        Pattern loaded = Pattern.compile("<(?:script|img|link)\\b[^>]*\\b(?:src|href)=\"(?:https?:)?//[^\"]*\"");
        for (Path page : pages()) {
            assertThat(Files.readString(page)).as(page.toString()).doesNotContainPattern(loaded);
        }
    }

    @Test
    @DisplayName("has a page for each goal, made from its Javadoc")
    void hasThePagesOfTheGoals() {
        assertThat(List.of("start", "stop", "preflight", "imagestreams", "verify", "status", "images", "delete"))
                .allSatisfy(goal -> assertThat(SITE.resolve(goal + "-mojo.html"))
                        .content()
                        .contains("cdk.skip")
                        .contains("Example:"));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(SITE)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }

    private static boolean isOfThisSite(String address) {
        return !address.matches("[a-z]+:.*|//.*") && !address.equals("#");
    }

    private static boolean leadsSomewhere(Path page, String address) throws IOException {
        String file = address.replaceAll("[?#].*", "");
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        int anchor = address.indexOf('#');
        String name = anchor < 0 ? "" : address.substring(anchor + 1);
        return name.isEmpty()
                || name.equals("top")
                || Pattern.compile("\\b(?:id|name)=\"" + Pattern.quote(name) + "\"")
                        .matcher(Files.readString(target))
                        .find();
    }
}
