package io.github.cdkmaven.streams;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.openshift.MirrorSets;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import io.github.cdkmaven.report.Wording;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in Maven's log what becomes of the ImageStreams: a line for each that is done, and the plan of a dry run as a diff. Below the last line,
 * a bar shows how far the imports are; it is only for eyes, so only on a real terminal.
 */
final class MoveLog implements ImageStreamMove.Progress, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MoveLog.class);

    private static final String USUAL = "openshift";
    private static final int WIDTH = 30;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Optional<PrintWriter> terminal;

    MoveLog(Optional<PrintWriter> terminal) {
        this.terminal = terminal;
    }

    /** The log of this process, without a bar in a build whose output goes to a file, a pipe or a CI server. */
    static MoveLog here() {
        return new MoveLog(
                isTerminal() ? Optional.ofNullable(System.console()).map(Console::writer) : Optional.empty());
    }

    /** Java 22 to 24 have a console also where there is no terminal (JDK-8308591, taken back by JDK-8351435). */
    private static boolean isTerminal() {
        int java = Runtime.version().feature();
        return (java < 22 || java > 24)
                && System.getenv("CI") == null
                && !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
    }

    boolean hasBar() {
        return terminal.isPresent();
    }

    @Override
    public void finished(StreamResult stream, int done, int all, Duration took) {
        close();
        LOG.info(ForeignText.spelledOut(line(stream, done, all, took)));
        draw(done, all);
    }

    /** Draws the bar, unless all is done. The next line of the log, whosever it is, begins where the bar does and covers it. */
    void draw(int done, int all) {
        if (done < all) {
            int filled = WIDTH * done / all;
            write("[" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + done + "/" + all + "\r");
        }
    }

    /** Makes room for a line of the log. */
    @Override
    public void close() {
        write(CLEAR_LINE);
    }

    private void write(String text) {
        terminal.ifPresent(writer -> {
            writer.print(text);
            writer.flush();
        });
    }

    /** {@code [12/47] jenkins: 2 tags imported, 0.2 s}; a namespace other than the usual one is told. */
    static String line(StreamResult stream, int done, int all, Duration took) {
        long failed = stream.count(TagOutcome.FAILED);
        // A whole repository that would be rewritten is told of as "*", and is no tag.
        long planned = stream.tags().stream()
                .filter(tag -> tag.outcome() == TagOutcome.PLANNED && !tag.tag().equals(StreamPlan.ALL_TAGS))
                .count();
        return "[" + done + "/" + all + "] "
                + (stream.namespace().equals(USUAL) ? stream.name() : stream.fullName())
                + ": "
                + (planned > 0
                        ? tags(planned) + " would be imported"
                        : tags(stream.count(TagOutcome.IMPORTED)) + " imported")
                + (failed > 0 ? ", " + failed + " failed" : "")
                + ", " + Wording.seconds(took, 1) + " s";
    }

    /** What is in place, where nothing had to be done. */
    static Optional<String> unchanged(List<StreamResult> results) {
        Map<TagOutcome, Long> counts = results.stream()
                .flatMap(stream -> stream.tags().stream())
                .collect(Collectors.groupingBy(TagResult::outcome, Collectors.counting()));
        if (!Set.of(TagOutcome.UNCHANGED, TagOutcome.SKIPPED, TagOutcome.OUTSIDE)
                .containsAll(counts.keySet())) {
            return Optional.empty();
        }
        long inPlace = counts.getOrDefault(TagOutcome.UNCHANGED, 0L);
        long outside = counts.getOrDefault(TagOutcome.OUTSIDE, 0L);
        long skipped = counts.getOrDefault(TagOutcome.SKIPPED, 0L);
        String streams = results.size() + (results.size() == 1 ? " ImageStream" : " ImageStreams");
        return Optional.of((inPlace == 0 ? "No tag" : tags(inPlace)) + " of " + streams
                + (inPlace > 1 ? " are" : " is") + " in place"
                + (outside > 0 ? ", " + outside + " outside" : "")
                + (skipped > 0 ? ", " + skipped + " skipped" : "") + "; nothing was changed");
    }

    /** One line for each registry that no mapping is for, with what to do. */
    static List<String> outside(List<StreamResult> results, String registry) {
        Map<String, List<String>> tags = new TreeMap<>();
        results.forEach(stream -> stream.tags().stream()
                .filter(tag -> tag.outcome() == TagOutcome.OUTSIDE)
                .forEach(tag -> tags.computeIfAbsent(tag.source(), source -> new ArrayList<>())
                        .add(stream.fullName() + ":" + tag.tag())));
        return tags.entrySet().stream()
                .map(entry -> tags(entry.getValue().size()) + " outside, at " + entry.getKey()
                        + ", which no mapping covers, such as "
                        + entry.getValue().get(0) + ". Fix: mirror the images, and add <mapping>"
                        + entry.getKey() + "=" + registry
                        + "</mapping> to <mappings> (-Dcdk.mappings), which replaces the default"
                        + " mappings; or leave the streams out with <excludes> (-Dcdk.excludes)")
                .toList();
    }

    /** The streams that belong to the release itself, where there are some, and which mirrors serve them. */
    static Optional<String> payload(List<StreamResult> results, Supplier<MirrorSets> asking) {
        List<StreamResult> payload = results.stream()
                .filter(stream -> stream.tags().stream()
                        .anyMatch(tag ->
                                tag.message().filter(Planner.PAYLOAD::equals).isPresent()))
                .toList();
        List<String> names = payload.stream().map(StreamResult::fullName).toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(names.size() + (names.size() == 1 ? " ImageStream" : " ImageStreams")
                        + " of the release itself, such as " + names.get(0)
                        + ", were left alone: the cluster-version operator owns them. "
                        + served(payload, asking.get()));
    }

    private static String served(List<StreamResult> payload, MirrorSets sets) {
        List<ImageReference> images = payload.stream()
                .flatMap(stream -> stream.tags().stream())
                .flatMap(tag -> tag.from().flatMap(References::parse).stream())
                .toList();
        String sources =
                images.stream().map(ImageReference::name).distinct().sorted().collect(Collectors.joining(", "));
        return images.stream().allMatch(sets::covers)
                ? "A mirror set sends " + sources + " to "
                        + images.stream()
                                .flatMap(image -> sets.targets(image).stream())
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + "."
                : "An ImageDigestMirrorSet can serve them from the registry: the one for " + sources
                        + (sets.known() ? " does not exist." : ", which this user may not see.");
    }

    private static String tags(long count) {
        return count + (count == 1 ? " tag" : " tags");
    }

    /** The plan as a diff: what stands in each stream, and what would, with the image that the server found there. */
    static List<String> plan(List<StreamResult> results) {
        List<String> lines = new ArrayList<>();
        for (StreamResult stream : results) {
            for (TagResult tag : stream.tags()) {
                if (tag.outcome() == TagOutcome.PLANNED || tag.outcome() == TagOutcome.FAILED) {
                    lines.add(stream.fullName() + ":" + tag.tag());
                    lines.add("  - " + tag.from().orElse(""));
                    lines.add("  + " + tag.to().orElse("")
                            + tag.digest().map(digest -> "  " + digest).orElse(""));
                    tag.reason()
                            .ifPresent(reason -> lines.add("    " + reason.word() + ": "
                                    + tag.message().orElse("")));
                }
            }
        }
        return lines;
    }
}
