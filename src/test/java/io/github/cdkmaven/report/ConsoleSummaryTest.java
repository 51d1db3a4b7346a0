package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The summary in Maven's log")
class ConsoleSummaryTest {

    private static List<String> texts(RunReport report) {
        return ConsoleSummary.lines(report).stream()
                .map(ConsoleSummary.Line::text)
                .toList();
    }

    private static List<String> texts(RunReport report, CheckOutcome level) {
        return ConsoleSummary.lines(report).stream()
                .filter(line -> line.level() == level)
                .map(ConsoleSummary.Line::text)
                .toList();
    }

    @Test
    @DisplayName("of a good run is a table of facts, results and times, and its warnings, as such")
    void ofAGoodRun() {
        assertThat(String.join("\n", texts(SampleReports.ok(), CheckOutcome.OK)))
                .isEqualTo("""
                        cdk:start passed after 3 min 12 s
                          Registry      registry.corp.example:5000
                          CDK           3.4.0-1
                          OpenShift     v3.9.14
                          VM            192.168.42.7
                          Checks        3 checks: 2 ok, 1 warn
                          ImageStreams  2 streams, 5 tags: 3 imported, 1 unchanged, 1 skipped
                          Images        3 images: 2 internal, 1 allowed
                          allowed: registry.access.redhat.com/openshift3/ose:v3.9.14 in the VM's store: Put there by the seeded cache; its digest is the registry's own.
                          Preflight              840 ms
                          Start minishift    2 min 41 s
                          Log in                  1.3 s
                          Move ImageStreams      11.5 s
                          Verify                 17.1 s""");
        assertThat(texts(SampleReports.ok(), CheckOutcome.WARN))
                .containsExactly(
                        "vm.proxyCa 192.168.42.7: The VM trusts minishift's built-in proxy CA, whose key is public: SHA-256 4F:3A:91:0C.",
                        "  Fix: Use CDK 3.4 or remove the certificate from the VM's trust store.");
        assertThat(texts(SampleReports.ok(), CheckOutcome.FAIL)).isEmpty();
    }

    @Test
    @DisplayName(
            "of a failed run logs each failure as an error with its fix, but for what the exception's message tells")
    void ofAFailedRun() {
        RunReport report = SampleReports.failed();

        assertThat(texts(report, CheckOutcome.OK)).startsWith("cdk:start failed after 3 min 12 s");
        assertThat(texts(report, CheckOutcome.FAIL))
                .containsSubsequence(
                        "registry.image registry.corp.example:5000/rhscl/ruby-24-rhel7:latest:"
                                + " 404 NAME_UNKNOWN: repository name not known to registry",
                        "  Fix: Mirror the image; cdk:images writes the list.")
                .anyMatch(line -> line.contains("pod shop/web-2-abcde/nginx")
                        && line.contains("docker.io/library/nginx:1.25")
                        && line.contains("<blockedRegistries> does not name docker.io"));
        assertThat(texts(report))
                .contains("Note: The VM was created with other add-registry values than the POM names.")
                .noneMatch(line -> line.contains("openshift/ruby:2.4") || line.contains("<failOn>"));
    }

    @Test
    @DisplayName("says how many images the registry has, and which module it is about where several build at a time")
    void ofAModule() {
        RunReport report = SampleReports.builder("preflight")
                .check(Check.ok("image.found", "registry.corp.example", "169 of 169 images are in the registry"))
                .succeeded()
                .build();

        assertThat(ConsoleSummary.lines(report, Optional.of("shop")))
                .extracting(ConsoleSummary.Line::text)
                .anyMatch(line -> line.startsWith("cdk:preflight @ shop passed"))
                .anyMatch(line -> line.contains("169 of 169 images"));
    }

    @Test
    @DisplayName("of a run that lets tags fail warns of each reason once, with a count and the fix")
    void ofAToleratedFailure() {
        RunReport report = SampleReports.builder("imagestreams").stream(new StreamResult(
                        "openshift",
                        "ruby",
                        List.of(
                                SampleReports.failed("2.4", "rhscl/ruby-24-rhel7:latest", Reason.NOT_FOUND),
                                SampleReports.failed("2.5", "rhscl/ruby-25-rhel7:latest", Reason.NOT_FOUND),
                                SampleReports.failed("2.6", "rhscl/ruby-26-rhel7:latest", Reason.OCI_ONLY))))
                .succeeded()
                .build();

        assertThat(texts(report, CheckOutcome.FAIL)).isEmpty();
        assertThat(texts(report, CheckOutcome.WARN))
                .hasSize(4)
                .anyMatch(line -> line.startsWith("NotFound, 2 tags") && line.contains("openshift/ruby:2.4"))
                .anyMatch(line -> line.startsWith("OciOnly, 1 tag: openshift/ruby:2.6"))
                .contains("  Fix: " + Reason.OCI_ONLY.fix(), "  Fix: " + Reason.NOT_FOUND.fix());
    }

    @Test
    @DisplayName("tells one cause once: with its count and fix, or not at all where the exception's message does")
    void tellsACauseOnce() {
        RunReport told = SampleReports.nothingMirrored();
        ReportBuilder builder = SampleReports.builder("preflight").checks(told.checks());

        assertThat(texts(builder.build(), CheckOutcome.FAIL))
                .hasSize(2)
                .satisfiesExactly(
                        cause -> assertThat(cause).contains("image.missing, 165 times: the registry has no such image"),
                        fix -> assertThat(fix).startsWith("  Fix: Mirror the image"));
        assertThat(texts(told)).noneMatch(line -> line.contains("image.missing"));
    }

    @Test
    @DisplayName("names the registries that no mapping covers")
    void namesWhatIsOutside() {
        assertThat(texts(SampleReports.outside())).contains("  ImageStreams  1 stream, 4 tags: 1 imported, 3 outside");
        assertThat(texts(SampleReports.outside(), CheckOutcome.WARN))
                .anyMatch(line -> line.startsWith("2 tags outside, at quay.io"))
                .anyMatch(line -> line.contains("at docker.io") && line.contains("openshift/tools:4"));
    }

    @Test
    @DisplayName("counts what it does not list")
    void countsTheRest() {
        List<String> lines = texts(SampleReports.large(1_000));

        assertThat(lines).hasSizeLessThan(50);
        assertThat(lines)
                .anyMatch(line -> line.matches("\\w+, \\d+ tags, such as .*"))
                .noneMatch(line -> line.length() > ConsoleSummary.LONGEST_LINE);
    }

    @Test
    @DisplayName("shows no control character and no endless line, whatever a server sends")
    void isSafe() {
        String hostile = "<b>\u001B[2J\r\nERROR faked\0\u202E\uD800 %s ${x} " + "x".repeat(10_000);
        RunReport report = SampleReports.hostile(hostile);
        List<String> lines = texts(report);

        Pattern unsafe = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}]");
        assertThat(lines).noneMatch(line -> unsafe.matcher(line).find());
        assertThat(lines).allMatch(line -> line.length() <= ConsoleSummary.LONGEST_LINE);
        assertThat(texts(report, CheckOutcome.FAIL))
                .filteredOn(line -> !line.startsWith("  Fix: "))
                .isNotEmpty()
                .allMatch(line -> line.length() <= ConsoleSummary.LONGEST_FINDING)
                .allMatch(line -> line.contains("<b>\\u001B[2J\\nERROR faked\\u0000\\u202E\\uD800 %s ${x}"))
                .allMatch(line -> line.endsWith("…"));
    }
}
