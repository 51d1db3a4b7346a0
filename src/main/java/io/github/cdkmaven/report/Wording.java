package io.github.cdkmaven.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers, times and outcomes in words, the same on the page, the console and for CI servers. */
final class Wording {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int LONGEST_HEADLINE = 400;

    private Wording() {}

    /** {@code 1 tag}, {@code 2 tags}. */
    static String count(long number, String noun) {
        return number + " " + (number == 1 ? noun : noun + "s");
    }

    /** {@code 340 ms}, {@code 4.2 s}, {@code 3 min 12 s}, {@code 1 h 2 min}. */
    static String duration(Duration time) {
        long millis = time.toMillis();
        long seconds = Math.round(millis / 1000.0);
        if (millis < 1000) {
            return millis + " ms";
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** {@code 2026-11-23 20:42:33 UTC}. */
    static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    /** The run in a sentence or two: what failed, cut if it is very long, or else what was done. */
    static String headline(RunReport report) {
        if (report.problem().isPresent()) {
            return Text.cut(report.problem().get().what(), LONGEST_HEADLINE);
        }
        List<String> faults = faults(report);
        if (!faults.isEmpty()) {
            return sentence(String.join(", ", faults));
        }
        if (report.outcome() == Outcome.FAILED) {
            return "The goal ended before it was finished.";
        }
        return achievements(report);
    }

    /** How tags came out: {@code 40 imported, 13 skipped}; empty if there are none. */
    static String tally(List<StreamResult> streams) {
        return Arrays.stream(TagOutcome.values())
                .map(outcome -> streams.stream()
                                .mapToLong(stream -> stream.count(outcome))
                                .sum() + " " + outcome.word())
                .filter(part -> !part.startsWith("0 "))
                .collect(Collectors.joining(", "));
    }

    private static List<String> faults(RunReport report) {
        Summary numbers = report.summary();
        List<String> faults = new ArrayList<>();
        int checks = report.checks(CheckOutcome.FAIL).size();
        if (checks > 0) {
            faults.add(count(checks, "check") + " failed");
        }
        if (numbers.failed() > 0) {
            faults.add(count(numbers.failed(), "tag") + " of " + numbers.tags() + " could not be moved or imported");
        }
        if (numbers.external() > 0) {
            faults.add(count(numbers.external(), "image") + " came from outside");
        }
        return faults;
    }

    private static String achievements(RunReport report) {
        Summary numbers = report.summary();
        List<String> done = new ArrayList<>();
        if (!report.checks().isEmpty()) {
            int warnings = report.checks(CheckOutcome.WARN).size();
            String warned = warnings == 0 ? "" : " with " + count(warnings, "warning");
            done.add(count(report.checks().size(), "check") + " passed" + warned + ".");
        }
        if (numbers.tags() > 0) {
            done.add(count(numbers.tags(), "tag") + " in " + count(numbers.streams(), "ImageStream") + ": "
                    + tally(report.imageStreams()) + ".");
        }
        if (!report.images().isEmpty()) {
            int unproven = report.images(Verdict.UNPROVEN).size();
            done.add("No image came from outside"
                    + (unproven == 0 ? "." : "; " + count(unproven, "image") + " unproven."));
        }
        return done.isEmpty() ? "The goal has finished." : String.join(" ", done);
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }
}
