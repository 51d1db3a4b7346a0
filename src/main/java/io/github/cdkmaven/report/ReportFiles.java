package io.github.cdkmaven.report;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes every form of a report into a folder. One that cannot be written keeps none of the others back. */
public final class ReportFiles {

    /** The report for programs. */
    public static final String JSON = "report.json";

    /** The report for people. */
    public static final String HTML = "report.html";

    /** The report for CI servers. */
    public static final String JUNIT = "TEST-cdk.xml";

    private ReportFiles() {}

    /**
     * Writes report.json, report.html and TEST-cdk.xml, each as a whole.
     *
     * @return the files written
     * @throws ProblemException if any of them could not be written, after all of them were tried
     */
    public static List<Path> write(RunReport report, Path folder) {
        return write(forms(report, folder));
    }

    /** How each file of a folder is written. */
    static Map<Path, Form> forms(RunReport report, Path folder) {
        Map<Path, Form> forms = new LinkedHashMap<>();
        forms.put(folder.resolve(JSON), file -> JsonReport.write(report, file));
        forms.put(folder.resolve(HTML), file -> HtmlReport.write(report, file));
        forms.put(folder.resolve(JUNIT), file -> JunitXmlReport.write(report, file));
        return forms;
    }

    static List<Path> write(Map<Path, Form> forms) {
        List<Path> written = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        List<Exception> causes = new ArrayList<>();
        forms.forEach((file, form) -> {
            try {
                form.write(file);
                written.add(file);
            } catch (IOException | RuntimeException e) {
                evidence.add(file + ": " + e);
                causes.add(e);
                dropOld(file, evidence);
            }
        });
        if (!causes.isEmpty()) {
            Path folder = forms.keySet().iterator().next().getParent();
            ProblemException failure = Problem.of(
                            "The report could not be written to " + folder + ".",
                            "Make the directory writable, or name another one in <reportDirectory>"
                                    + " (-Dcdk.reportDirectory).")
                    .with(evidence)
                    .toException(causes.get(0));
            causes.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
        return written;
    }

    /** What an earlier run found must not pass for what this one did. */
    private static void dropOld(Path file, List<String> evidence) {
        try {
            if (Files.isRegularFile(file)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            evidence.add(file + " is still from an earlier run: " + e);
        }
    }

    /** One form of the report. */
    @FunctionalInterface
    interface Form {
        void write(Path file) throws IOException;
    }
}
