package io.github.cdkmaven.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers, times and outcomes in words, the same on the page, the console and for CI servers. */
public final class Wording {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Pattern START = Pattern.compile("[a-z]+[ ,:;-]");
    private static final Pattern PROGRAM = Pattern.compile("(?:minishift|crc|oc|docker|skopeo|mvn|virsh)\\b");

    private static final int LONGEST_HEADLINE = 400;

    private Wording() {}

    /** {@code 1 tag}, {@code 2 tags}. */
    static String count(long number, String noun) {
        return number + " " + (number == 1 ? noun : noun + "s");
    }

    /** A text as a sentence of its own begins; the name of a program keeps its small letter. */
    static String sentence(String text) {
        return START.matcher(text).lookingAt() && !PROGRAM.matcher(text).lookingAt()
                ? Character.toUpperCase(text.charAt(0)) + text.substring(1)
                : text;
    }

    /** {@code 340 ms}, {@code 4.2 s}, {@code 3 min 12 s}, {@code 1 h 2 min}. */
    static String duration(Duration time) {
        long millis = time.toMillis();
        long seconds = Math.round(millis / 1000.0);
        if (millis < 1000) {
            return millis + " ms";
        }
        if (seconds < 60) {
            return seconds(time, 1) + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** Seconds with so many digits behind the point; without a formatter, whose first use costs more than a whole report. */
    public static String seconds(Duration time, int digits) {
        return BigDecimal.valueOf(time.toMillis(), 3)
                .setScale(digits, RoundingMode.HALF_UP)
                .toString();
    }

    /** {@code 2026-11-23 20:42:33 UTC}. */
    static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    /** The run in a sentence or two: what failed, cut if it is very long, or else what was looked at and done. */
    static String headline(RunReport report) {
        if (report.problem().isPresent()) {
            return Text.cut(report.problem().get().what(), LONGEST_HEADLINE);
        }
        String numbers =
                numbers(report).values().stream().map(part -> " " + part + ".").collect(Collectors.joining());
        if (report.outcome() == Outcome.FAILED) {
            return "The goal did not finish." + numbers;
        }
        return numbers.isEmpty() ? "The goal has finished." : numbers.strip();
    }

    /** How many there are of each kind, and how they came out, such as {@code 3 checks: 2 ok, 1 warn}. */
    static Map<String, String> numbers(RunReport report) {
        Map<String, String> numbers = new LinkedHashMap<>();
        if (!report.checks().isEmpty()) {
            String tally = tally(CheckOutcome.values(), CheckOutcome::word, word -> report.checks(word)
                    .size());
            numbers.put("Checks", count(report.checks().size(), "check") + ": " + tally);
        }
        if (!report.imageStreams().isEmpty()) {
            String tally = tally(report.imageStreams());
            String streams = count(report.imageStreams().size(), "stream");
            String tags = count(report.summary().tags(), "tag");
            numbers.put("ImageStreams", streams + ", " + tags + (tally.isEmpty() ? "" : ": " + tally));
        }
        if (!report.images().isEmpty()) {
            String tally = tally(
                    Verdict.values(), Verdict::word, word -> report.images(word).size());
            numbers.put("Images", count(report.images().size(), "image") + ": " + tally);
        }
        return numbers;
    }

    /** How tags came out: {@code 40 imported, 13 skipped}; empty if there are none. */
    static String tally(List<StreamResult> streams) {
        return tally(TagOutcome.values(), TagOutcome::word, outcome -> streams.stream()
                .mapToLong(stream -> stream.count(outcome))
                .sum());
    }

    private static <T> String tally(T[] outcomes, Function<T, String> word, ToLongFunction<T> count) {
        return Arrays.stream(outcomes)
                .filter(outcome -> count.applyAsLong(outcome) > 0)
                .map(outcome -> count.applyAsLong(outcome) + " " + word.apply(outcome))
                .collect(Collectors.joining(", "));
    }
}
