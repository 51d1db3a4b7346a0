package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The summary in Maven's log")
class ConsoleSummaryTest {

    @Test
    @DisplayName("of a good run is a table of facts, results and times, and its warnings")
    void ofAGoodRun() {
        assertThat(String.join("\n", ConsoleSummary.lines(SampleReports.ok()))).isEqualTo("""
                        cdk:start passed after 3 min 12 s
                          Registry      registry.corp.example:5000
                          CDK           3.4.0-1
                          OpenShift     v3.9.14
                          VM            192.168.42.7
                          Checks        3 checks: 2 ok, 1 warn
                          ImageStreams  2 streams, 5 tags: 3 imported, 1 unchanged, 1 skipped
                          Images        3 images: 2 internal, 1 allowed
                          Preflight              840 ms
                          Start minishift    2 min 41 s
                          Log in                  1.3 s
                          Move ImageStreams      11.5 s
                          Verify                 17.1 s
                        WARN vm.proxyCa 192.168.42.7: The VM trusts minishift's built-in proxy CA, whose key is public: SHA-256 4F:3A:91:0C.
                          Fix: Use CDK 3.4 or remove the certificate from the VM's trust store.""");
    }

    @Test
    @DisplayName("of a failed run names each failure and its fix, and ends with the problem")
    void ofAFailedRun() {
        List<String> lines = ConsoleSummary.lines(SampleReports.failed());

        assertThat(lines.get(0)).isEqualTo("cdk:start failed after 3 min 12 s");
        assertThat(lines)
                .contains(
                        "FAIL registry.image registry.corp.example:5000/rhscl/ruby-24-rhel7:latest:"
                                + " 404 NAME_UNKNOWN: repository name not known to registry",
                        "  Fix: Mirror the image; cdk:images writes the list.",
                        "FAIL openshift/ruby:2.4 NotFound: dockerimage.image.openshift.io"
                                + " \"registry.corp.example:5000/rhscl/ruby-24-rhel7:latest\" not found",
                        "Fix (OciOnly): " + Reason.OCI_ONLY.fix(),
                        "EXTERNAL pod shop/web-2-abcde/nginx docker.io/library/nginx:1.25:"
                                + " <blockedRegistries> does not name docker.io",
                        "Note: The VM was created with other add-registry values than the POM names.");
        assertThat(lines.subList(lines.size() - 6, lines.size()))
                .startsWith("3 tags could not be imported from registry.corp.example:5000.")
                .contains("Fix: Mirror the images, or set <failOn>none</failOn> (-Dcdk.failOn=none).")
                .last()
                .asString()
                .startsWith("Log: ");
    }

    @Test
    @DisplayName("tells the fix of a reason once, however many tags share it")
    void tellsAFixOnce() {
        assertThat(ConsoleSummary.lines(SampleReports.failed()))
                .filteredOn(line -> line.startsWith("Fix (NotFound)"))
                .hasSize(1);
    }

    @Test
    @DisplayName("tells one cause once, with its count and fix")
    void tellsACauseOnce() {
        List<String> lines = ConsoleSummary.lines(SampleReports.nothingMirrored());

        assertThat(lines)
                .filteredOn(line -> line.startsWith("FAIL "))
                .singleElement()
                .asString()
                .contains("image.missing, 165 times: the registry has no such image");
        assertThat(lines)
                .filteredOn(line -> line.contains("Fix: Mirror the image"))
                .hasSize(1);
    }

    @Test
    @DisplayName("names the registries that no mapping covers")
    void namesWhatIsOutside() {
        assertThat(ConsoleSummary.lines(SampleReports.outside()))
                .contains("  ImageStreams  1 stream, 4 tags: 1 imported, 3 outside")
                .anyMatch(line -> line.startsWith("OUTSIDE quay.io") && line.contains("2 tags"))
                .anyMatch(line -> line.startsWith("OUTSIDE docker.io") && line.contains("openshift/tools:4"));
    }

    @Test
    @DisplayName("counts what it does not list")
    void countsTheRest() {
        List<String> lines = ConsoleSummary.lines(SampleReports.large(1_000));

        assertThat(lines).hasSizeLessThan(50).contains("… and 195 more in report.html");
        assertThat(lines).filteredOn(line -> line.startsWith("FAIL ")).hasSize(20);
    }

    @Test
    @DisplayName("shows no control character and no endless line, whatever a server sends")
    void isSafe() {
        String hostile = "<b>\u001B[2J\r\nERROR faked\0\u202E\uD800 %s ${x} " + "x".repeat(10_000);
        List<String> lines = ConsoleSummary.lines(SampleReports.hostile(hostile));

        Pattern unsafe = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}]");
        assertThat(lines).noneMatch(line -> unsafe.matcher(line).find());
        assertThat(lines).allMatch(line -> line.length() <= ConsoleSummary.LONGEST_LINE);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("FAIL "))
                .isNotEmpty()
                .allMatch(line -> line.length() <= ConsoleSummary.LONGEST_FINDING)
                .allMatch(line -> line.contains("<b>\\u001B[2J\\nERROR faked\\u0000\\u202E\\uD800 %s ${x}"))
                .allMatch(line -> line.endsWith("…"));
    }
}
