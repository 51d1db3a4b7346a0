package io.github.cdkmaven.report;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes TEST-cdk.xml, so that a CI server shows checks, tags and images as it shows tests. */
public final class JunitXmlReport {

    private final XMLStreamWriter xml;

    private JunitXmlReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Writes the report, replacing the file as a whole. */
    public static void write(RunReport report, Path file) throws IOException {
        AtomicFile.write(file, out -> {
            try {
                // The JDK's own: another implementation on the class path may escape less.
                XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
                new JunitXmlReport(xml).writeSuite(report, out);
            } catch (XMLStreamException e) {
                throw new IOException(e);
            }
        });
    }

    private void writeSuite(RunReport report, Writer out) throws XMLStreamException, IOException {
        xml.writeStartDocument("UTF-8", "1.0");
        newLine();
        xml.writeStartElement("testsuite");
        Counts counts = Counts.of(report);
        attribute("name", "cdk:" + report.goal());
        attribute("tests", String.valueOf(counts.tests()));
        attribute("failures", String.valueOf(counts.failures()));
        attribute("errors", String.valueOf(counts.errors()));
        attribute("skipped", String.valueOf(counts.skipped()));
        attribute("time", seconds(report.took()));
        attribute("timestamp", report.started().toString());
        writeGoal(report);
        for (Check check : report.checks()) {
            writeCheck(check);
        }
        for (StreamResult stream : report.imageStreams()) {
            for (TagResult tag : stream.tags()) {
                writeTag(stream, tag);
            }
        }
        for (ImageFinding image : report.images()) {
            writeImage(image);
        }
        newLine();
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
        out.write('\n');
    }

    private void writeGoal(RunReport report) throws XMLStreamException {
        begin("cdk", "cdk:" + report.goal(), seconds(report.took()));
        if (report.outcome() == Outcome.FAILED) {
            Optional<Problem> problem = report.problem();
            complaint(
                    "error",
                    "failed",
                    Wording.headline(report),
                    problem.map(known -> String.join("\n", known.toLines())).orElse(""));
        }
        end();
    }

    private void writeCheck(Check check) throws XMLStreamException {
        begin("cdk.checks", check.id() + " " + check.subject(), "0");
        String advice =
                check.message() + check.fix().map(fix -> "\nFix: " + fix).orElse("");
        switch (check.outcome()) {
            case FAIL -> complaint("failure", check.id(), check.message(), advice);
            case WARN -> textElement("system-out", "Warning: " + advice);
            case OK -> textElement("system-out", advice);
        }
        end();
    }

    private void writeTag(StreamResult stream, TagResult tag) throws XMLStreamException {
        begin("cdk.imagestreams", stream.fullName() + ":" + tag.tag(), "0");
        switch (tag.outcome()) {
            case FAILED -> {
                Reason reason = tag.reason().orElse(Reason.OTHER);
                complaint("failure", reason.word(), tag.message().orElse(reason.meaning()), story(tag, reason));
            }
            case SKIPPED -> skipped(tag.message().orElse("skipped"));
            case PLANNED -> skipped("planned: " + tag.to().orElse(""));
            case IMPORTED, UNCHANGED ->
                textElement("system-out", tag.outcome().word() + ": " + tag.to().orElse(""));
        }
        end();
    }

    private static String story(TagResult tag, Reason reason) {
        StringBuilder story = new StringBuilder(reason.meaning());
        tag.from().ifPresent(from -> story.append("\nbefore: ").append(from));
        tag.to().ifPresent(to -> story.append("\nafter: ").append(to));
        tag.message().ifPresent(message -> story.append('\n').append(message));
        return story.append("\nFix: ").append(reason.fix()).toString();
    }

    private void writeImage(ImageFinding image) throws XMLStreamException {
        begin("cdk.images", image.location() + " " + image.image(), "0");
        if (image.verdict() == Verdict.EXTERNAL) {
            complaint(
                    "failure",
                    image.verdict().word(),
                    "The image did not come from the registry.",
                    image.detail().orElse(""));
        } else {
            textElement(
                    "system-out",
                    image.verdict().word()
                            + image.detail().map(why -> ": " + why).orElse(""));
        }
        end();
    }

    private void begin(String group, String name, String time) throws XMLStreamException {
        newLine();
        xml.writeStartElement("testcase");
        attribute("classname", group);
        attribute("name", name);
        attribute("time", time);
    }

    private void end() throws XMLStreamException {
        xml.writeEndElement();
    }

    private void complaint(String element, String type, String message, String story) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("type", type);
        attribute("message", message);
        xml.writeCharacters(Text.block(story));
        xml.writeEndElement();
    }

    private void skipped(String why) throws XMLStreamException {
        xml.writeStartElement("skipped");
        attribute("message", why);
        xml.writeEndElement();
    }

    private void textElement(String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeCharacters(Text.block(text));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Text.line(value));
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }

    /** The goal itself is a test too; it alone can be an error. */
    private record Counts(long tests, long failures, long errors, long skipped) {

        static Counts of(RunReport report) {
            Summary numbers = report.summary();
            return new Counts(
                    1L
                            + report.checks().size()
                            + numbers.tags()
                            + report.images().size(),
                    (long) report.checks(CheckOutcome.FAIL).size() + numbers.failed() + numbers.external(),
                    report.outcome() == Outcome.FAILED ? 1 : 0,
                    (long) numbers.skipped() + numbers.planned());
        }
    }
}
