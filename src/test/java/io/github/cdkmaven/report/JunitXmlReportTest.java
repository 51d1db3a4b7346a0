package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@DisplayName("TEST-cdk.xml")
class JunitXmlReportTest {

    @TempDir
    Path directory;

    @Test
    @DisplayName("has a test for the goal, each check, each tag and each image")
    void hasATestForEach() throws Exception {
        Element suite = written(SampleReports.failed());

        assertThat(suite.getAttribute("name")).isEqualTo("cdk:start");
        assertThat(suite.getAttribute("time")).isEqualTo("192.340");
        assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-23T20:42:33Z");
        assertThat(elements(suite, "testcase"))
                .extracting(test -> test.getAttribute("classname"))
                .containsExactly(
                        "cdk",
                        "cdk.checks",
                        "cdk.checks",
                        "cdk.checks",
                        "cdk.checks",
                        "cdk.imagestreams",
                        "cdk.imagestreams",
                        "cdk.imagestreams",
                        "cdk.imagestreams",
                        "cdk.images",
                        "cdk.images");
    }

    @ParameterizedTest
    @MethodSource("io.github.cdkmaven.report.JsonReportTest#samples")
    @DisplayName("announces as many tests, failures, errors and skipped ones as it has")
    void countsRight(RunReport report) throws Exception {
        Element suite = written(report);

        assertThat(suite.getAttribute("tests"))
                .isEqualTo(String.valueOf(elements(suite, "testcase").size()));
        assertThat(suite.getAttribute("failures"))
                .isEqualTo(String.valueOf(elements(suite, "failure").size()));
        assertThat(suite.getAttribute("errors"))
                .isEqualTo(String.valueOf(elements(suite, "error").size()));
        assertThat(suite.getAttribute("skipped"))
                .isEqualTo(String.valueOf(elements(suite, "skipped").size()));
    }

    @Test
    @DisplayName("of a good run has neither failures nor errors")
    void ofAGoodRun() throws Exception {
        Element suite = written(SampleReports.ok());

        assertThat(elements(suite, "failure")).isEmpty();
        assertThat(elements(suite, "error")).isEmpty();
        assertThat(elements(suite, "skipped"))
                .extracting(skipped -> skipped.getAttribute("message"))
                .containsExactly("An alias of tag 2: it follows by itself.");
    }

    @Test
    @DisplayName("tells what ended the goal, why a tag failed, and the fix")
    void tellsWhyAndFix() throws Exception {
        Element suite = written(SampleReports.failed());

        Element error = elements(suite, "error").get(0);
        assertThat(error.getAttribute("message"))
                .isEqualTo("3 tags could not be imported from registry.corp.example:5000.");
        assertThat(error.getTextContent()).contains("openshift/ruby:2.4  NotFound", "Fix: Mirror the images");
        Element tag = test(suite, "openshift/ruby:2.4");
        Element failure = elements(tag, "failure").get(0);
        assertThat(failure.getAttribute("type")).isEqualTo("NotFound");
        assertThat(failure.getTextContent())
                .contains(
                        "before: registry.access.redhat.com/rhscl/ruby-24-rhel7:latest",
                        "after: registry.corp.example:5000/rhscl/ruby-24-rhel7:latest",
                        "Fix: " + Reason.NOT_FOUND.fix());
        Element image = test(suite, "pod shop/web-2-abcde/nginx docker.io/library/nginx:1.25");
        assertThat(elements(image, "failure").get(0).getAttribute("type")).isEqualTo("external");
    }

    @Test
    @DisplayName("warns of what is outside or unproven, without a failure")
    void warns() throws Exception {
        Element suite = written(SampleReports.outside());

        assertThat(elements(suite, "failure")).isEmpty();
        assertThat(elements(suite, "system-out"))
                .extracting(Element::getTextContent)
                .contains("Warning: outside: quay.io/team/tools:2", "Warning: unproven", "bundled");
    }

    @Test
    @DisplayName("stays valid XML 1.0 with any character in any place")
    void staysValid() throws Exception {
        String everything = IntStream.rangeClosed(0, 0xFFFF)
                .collect(StringBuilder::new, (all, c) -> all.append((char) c), StringBuilder::append)
                .append("]]>")
                .toString();

        Element suite = written(SampleReports.hostile(everything));

        Element failure = elements(suite, "failure").get(0);
        assertThat(failure.getAttribute("type")).isEqualTo(Text.line(everything));
        assertThat(failure.getTextContent()).isEqualTo(Text.block(everything + "\nFix: " + everything));
    }

    private Element written(RunReport report) throws Exception {
        Path file = directory.resolve("TEST-cdk.xml");
        JunitXmlReport.write(report, file);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }

    private static Element test(Element suite, String name) {
        return elements(suite, "testcase").stream()
                .filter(test -> test.getAttribute("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
