package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The site shows a report as the plugin writes it. After a change of the page: {@code cp -r target/sample src/site/resources}. */
@DisplayName("The sample of a report on the site")
class SampleOnSiteTest {

    private static final Path SITE = Path.of("src", "site", "resources", "sample");
    private static final Path WRITTEN = Path.of("target", "sample");

    @BeforeAll
    static void write() throws IOException {
        ReportFolder folder = new ReportFolder(WRITTEN, "start", "default", SampleReports.START);
        folder.write(SampleReports.ok().unfinished());
        folder.write(SampleReports.ok());
        Files.delete(WRITTEN.resolve(".reports.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.html", "start/report.html", "start/report.json", "start/TEST-cdk.xml"})
    @DisplayName("is what the plugin writes; else: cp -r target/sample src/site/resources")
    void isWhatThePluginWrites(String file) {
        assertThat(SITE.resolve(file)).hasSameTextualContentAs(WRITTEN.resolve(file));
    }
}
