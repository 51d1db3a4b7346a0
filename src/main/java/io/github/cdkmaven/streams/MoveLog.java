package io.github.cdkmaven.streams;

import io.github.cdkmaven.report.StreamResult;
import io.github.cdkmaven.report.TagOutcome;
import io.github.cdkmaven.report.TagResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in Maven's log what becomes of the ImageStreams: a line for each that is done, and the plan of a dry run as a diff. */
final class MoveLog implements ImageStreamMove.Progress {

    private static final Logger LOG = LoggerFactory.getLogger(MoveLog.class);

    private final ProgressBar bar;

    MoveLog(ProgressBar bar) {
        this.bar = bar;
    }

    @Override
    public void finished(StreamResult stream, int done, int all, Duration took) {
        bar.clear();
        LOG.info(line(stream, done, all, took));
        bar.draw(done, all);
    }

    /** {@code [12/47] jenkins: 2 tags imported, 0.2 s}. */
    static String line(StreamResult stream, int done, int all, Duration took) {
        long failed = stream.count(TagOutcome.FAILED);
        // A whole repository that would be rewritten is told of as "*", and is no tag.
        long planned = stream.tags().stream()
                .filter(tag -> tag.outcome() == TagOutcome.PLANNED && !tag.tag().equals("*"))
                .count();
        return String.format(
                Locale.ROOT,
                "[%d/%d] %s: %s%s, %.1f s",
                done,
                all,
                stream.name(),
                planned > 0
                        ? tags(planned) + " would be imported"
                        : tags(stream.count(TagOutcome.IMPORTED)) + " imported",
                failed > 0 ? ", " + failed + " failed" : "",
                took.toMillis() / 1000.0);
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
