package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The files of a report")
class ReportFilesTest {

    @TempDir
    Path directory;

    @Test
    @DisplayName("are three, in a directory that is made when missing, with nothing left beside them")
    void areThree() throws IOException {
        Path reports = directory.resolve("target/cdk");

        List<Path> written = ReportFiles.write(SampleReports.failed(), reports);

        assertThat(written)
                .containsExactly(
                        reports.resolve("report.json"),
                        reports.resolve("report.html"),
                        reports.resolve("TEST-cdk.xml"));
        assertThat(files(reports)).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    @DisplayName("are replaced by the next run's")
    void areReplaced() throws IOException {
        ReportFiles.write(SampleReports.failed(), directory);
        ReportFiles.write(SampleReports.ok(), directory);

        assertThat(directory.resolve("report.json")).content().contains("\"outcome\" : \"ok\"");
        assertThat(directory.resolve("report.html")).content().contains("cdk:start passed");
        assertThat(files(directory)).hasSize(3);
    }

    @Test
    @DisplayName("that can be written are written when another cannot, and the problem says which and why")
    void oneFailureHidesNoOther() throws IOException {
        Files.createDirectories(directory.resolve("report.html/occupied"));

        ProblemException failure =
                catchThrowableOfType(ProblemException.class, () -> ReportFiles.write(SampleReports.ok(), directory));

        assertThat(directory.resolve("report.json")).isNotEmptyFile();
        assertThat(directory.resolve("TEST-cdk.xml")).isNotEmptyFile();
        assertThat(failure.problem().what()).isEqualTo("The report could not be written to " + directory + ".");
        assertThat(failure.problem().evidence()).singleElement().asString().contains("report.html");
        assertThat(failure.problem().fix()).contains("<reportDirectory>", "-Dcdk.reportDirectory");
        assertThat(files(directory)).hasSize(3);
    }

    @Test
    @DisplayName("are all tried even if a writer has a defect, and every failure is kept")
    void aDefectHidesNoOther() {
        Map<Path, ReportFiles.Form> forms = new LinkedHashMap<>();
        forms.put(directory.resolve("a"), file -> {
            throw new IllegalStateException("defect");
        });
        forms.put(directory.resolve("b"), file -> {
            throw new IOException("disk full");
        });
        forms.put(directory.resolve("report.json"), file -> JsonReport.write(SampleReports.ok(), file));

        assertThatThrownBy(() -> ReportFiles.write(forms))
                .isInstanceOf(ProblemException.class)
                .hasRootCauseMessage("defect")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("disk full"));
        assertThat(directory.resolve("report.json")).isNotEmptyFile();
    }

    @Test
    @DisplayName("that cannot be written do not leave those of an earlier run in their place")
    void noneIsStale() throws IOException {
        Files.writeString(directory.resolve("report.html"), "passed, some other day");
        Map<Path, ReportFiles.Form> forms = Map.of(directory.resolve("report.html"), file -> {
            throw new IOException("disk full");
        });

        assertThatThrownBy(() -> ReportFiles.write(forms)).isInstanceOf(ProblemException.class);

        assertThat(directory.resolve("report.html")).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("can be read by the same people as any other file of the build")
    void haveOrdinaryPermissions() throws IOException {
        Path ordinary = Files.writeString(directory.resolve("ordinary"), "");
        Path report = ReportFiles.write(SampleReports.ok(), directory).get(0);

        assertThat(Files.getPosixFilePermissions(report))
                .contains(PosixFilePermission.OWNER_READ)
                .isEqualTo(Files.getPosixFilePermissions(ordinary));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
