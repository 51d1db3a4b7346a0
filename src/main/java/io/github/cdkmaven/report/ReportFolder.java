package io.github.cdkmaven.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The folder in which one execution of a goal writes its reports. The report directory has an index of all that its build ran; what an
 * earlier build left is removed, as far as it is the plugin's.
 *
 * <p>A record beside the index tells which folders are the plugin's, and whose. Without it, no folder is removed.
 */
public final class ReportFolder {

    private static final String RECORD = ".reports.json";

    /** Modules that build at the same time may share a report directory. */
    private static final Object LOCK = new Object();

    private final Path directory;
    private final String goal;
    private final String execution;
    private final String build;
    private String name = "";

    /**
     * The folder of an execution, which takes its name when it is first written to: the goal's, or, where that is taken by this build or
     * one that still runs, the goal's and the execution's.
     *
     * @param execution the execution's id
     * @param buildStarted when the build started, which tells builds of one process apart
     */
    public ReportFolder(Path reportDirectory, String goal, String execution, Instant buildStarted) {
        this.directory = reportDirectory;
        this.goal = goal;
        this.execution = execution;
        this.build = buildStarted.toString();
    }

    /**
     * Writes all forms of the report, and the index.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if any of them could not be written, after all of them were tried
     */
    public void write(RunReport report) {
        synchronized (LOCK) {
            List<ObjectNode> runs = read();
            runs.removeIf(run -> isOver(run) && remove(run));
            if (name.isEmpty()) {
                claim(runs);
            }
            runs.removeIf(run -> folder(run).equals(name));
            runs.add(describe(report));
            ArrayNode record = JsonTree.array().addAll(runs);
            Map<Path, ReportFiles.Form> forms = ReportFiles.forms(report, directory.resolve(name));
            forms.put(
                    directory.resolve(ReportFiles.HTML), file -> AtomicFile.write(file, out -> out.write(index(runs))));
            forms.put(
                    directory.resolve(RECORD),
                    file -> AtomicFile.write(file, out -> out.write(JsonReport.text(record))));
            ReportFiles.write(forms);
        }
    }

    /** The page of this execution, for people. */
    public Path page() {
        return directory.resolve(name).resolve(ReportFiles.HTML);
    }

    private List<ObjectNode> read() {
        List<ObjectNode> runs = new ArrayList<>();
        try {
            for (JsonNode run : JsonTree.read(directory.resolve(RECORD))) {
                if (run instanceof ObjectNode known && isName(folder(known))) {
                    runs.add(known);
                }
            }
        } catch (IOException e) {
            // There is none, or what a person made of it is none.
            runs.clear();
        }
        return runs;
    }

    /** A file that anybody can write to must not lead out of the report directory. */
    private static boolean isName(String folder) {
        return folder.matches("\\w[\\w.-]*");
    }

    private void claim(List<ObjectNode> runs) {
        String second = goal + "-" + execution.replaceAll("[^\\w.-]", "_");
        name = Stream.concat(
                        Stream.of(goal, second),
                        IntStream.iterate(2, i -> i + 1).mapToObj(i -> second + "-" + i))
                .filter(free -> runs.stream()
                        .noneMatch(run -> !isOver(run) && folder(run).equalsIgnoreCase(free)))
                .findFirst()
                .orElseThrow();
    }

    private ObjectNode describe(RunReport report) {
        ProcessHandle process = ProcessHandle.current();
        return Template.values(
                        "folder", name,
                        "goal", goal,
                        "execution", execution,
                        "build", build,
                        "born", born(process),
                        "started", report.started().toString(),
                        "moment", Wording.moment(report.started()),
                        "took", Wording.duration(report.took()),
                        "outcome", report.outcome().word(),
                        "word", HtmlReport.word(report),
                        "headline", Wording.headline(report))
                .put("process", process.pid());
    }

    private static String folder(JsonNode run) {
        return run.path("folder").asText();
    }

    /** Whether the build is another one, which does not run any more. */
    private boolean isOver(JsonNode run) {
        long process = run.path("process").asLong();
        boolean running = process != ProcessHandle.current().pid()
                && ProcessHandle.of(process)
                        .filter(handle -> born(handle).equals(run.path("born").asText()))
                        .isPresent();
        return !running && !run.path("build").asText().equals(build);
    }

    /** Process ids come back; a process of the same id that was born at another time is another one. */
    private static String born(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    private boolean remove(JsonNode run) {
        Path folder = directory.resolve(folder(run));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try {
            for (String file : List.of(ReportFiles.JSON, ReportFiles.HTML, ReportFiles.JUNIT)) {
                if (Files.isRegularFile(folder.resolve(file))) {
                    Files.delete(folder.resolve(file));
                }
            }
            Files.delete(folder);
            return true;
        } catch (DirectoryNotEmptyException e) {
            // It holds other files too, which are not ours.
            return true;
        } catch (IOException e) {
            // Something holds it open; the next build finds it in the record again.
            return false;
        }
    }

    private String index(List<ObjectNode> runs) {
        List<ObjectNode> shown = runs.stream()
                .filter(run -> !isOver(run))
                .sorted(Comparator.comparing((ObjectNode run) ->
                                Instant.parse(run.path("started").asText()))
                        .reversed())
                .toList();
        long failed = shown.stream()
                .filter(run -> !run.path("outcome").asText().equals(Outcome.OK.word()))
                .count();
        ObjectNode page = HtmlReport.head("cdk reports", failed == 0 ? Outcome.OK : Outcome.FAILED);
        page.put(
                "headline",
                Wording.count(shown.size(), "goal") + (failed == 0 ? ", all passed" : ", " + failed + " failed"));
        page.putArray("run").addAll(shown);
        return Template.load("index.html").render(page);
    }
}
