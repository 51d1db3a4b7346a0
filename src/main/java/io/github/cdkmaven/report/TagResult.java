package io.github.cdkmaven.report;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one tag of an ImageStream.
 *
 * @param tag the tag's name
 * @param from the reference before
 * @param to the reference after, or the one that was tried
 * @param outcome what happened
 * @param digest the image that the tag stands for now
 * @param reason why it failed
 * @param message the server's words, or why the tag was left alone
 */
public record TagResult(
        String tag,
        Optional<String> from,
        Optional<String> to,
        TagOutcome outcome,
        Optional<String> digest,
        Optional<Reason> reason,
        Optional<String> message) {

    /** A tag that would be moved, or waits for its turn. */
    public static TagResult planned(String tag, String from, String to) {
        return of(tag, TagOutcome.PLANNED, from, to, null, null, null);
    }

    /** A tag that was moved, and whose image was imported. */
    public static TagResult imported(String tag, String from, String to, String digest) {
        return of(tag, TagOutcome.IMPORTED, from, to, digest, null, null);
    }

    /** A tag that was in place. */
    public static TagResult unchanged(String tag, String to, String digest) {
        return of(tag, TagOutcome.UNCHANGED, null, to, digest, null, null);
    }

    /** A tag that was left alone, and why. */
    public static TagResult skipped(String tag, String why) {
        return of(tag, TagOutcome.SKIPPED, null, null, null, null, why);
    }

    /** A tag that was left alone because no mapping covers its source. */
    public static TagResult outside(String tag, String from) {
        return of(tag, TagOutcome.OUTSIDE, from, null, null, null, null);
    }

    /** A tag that could not be moved or imported. */
    public static TagResult failed(String tag, String from, String to, Reason reason, String message) {
        return of(tag, TagOutcome.FAILED, from, to, null, reason, message);
    }

    private static TagResult of(
            String tag,
            TagOutcome outcome,
            @Nullable String from,
            @Nullable String to,
            @Nullable String digest,
            @Nullable Reason reason,
            @Nullable String message) {
        return new TagResult(
                tag,
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                outcome,
                Optional.ofNullable(digest),
                Optional.ofNullable(reason),
                Optional.ofNullable(message));
    }

    /** The registry that the source names, in lower case; {@code docker.io} if it names none. */
    public String source() {
        String host = from.orElse("").split("/", 2)[0].toLowerCase(Locale.ROOT);
        boolean named = from.orElse("").contains("/") && (host.matches(".*[.:].*") || host.equals("localhost"));
        return named ? host : "docker.io";
    }
}
