package io.github.cdkmaven.report;

import java.util.Optional;

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
        return moved(tag, from, to, TagOutcome.PLANNED, Optional.empty());
    }

    /** A tag that was moved, and whose image was imported. */
    public static TagResult imported(String tag, String from, String to, String digest) {
        return moved(tag, from, to, TagOutcome.IMPORTED, Optional.of(digest));
    }

    /** A tag that was in place. */
    public static TagResult unchanged(String tag, String to, String digest) {
        return new TagResult(
                tag,
                Optional.empty(),
                Optional.of(to),
                TagOutcome.UNCHANGED,
                Optional.of(digest),
                Optional.empty(),
                Optional.empty());
    }

    /** A tag that was left alone, and why. */
    public static TagResult skipped(String tag, String why) {
        return new TagResult(
                tag,
                Optional.empty(),
                Optional.empty(),
                TagOutcome.SKIPPED,
                Optional.empty(),
                Optional.empty(),
                Optional.of(why));
    }

    /** A tag that could not be moved or imported. */
    public static TagResult failed(String tag, String from, String to, Reason reason, String message) {
        return new TagResult(
                tag,
                Optional.of(from),
                Optional.of(to),
                TagOutcome.FAILED,
                Optional.empty(),
                Optional.of(reason),
                Optional.of(message));
    }

    private static TagResult moved(String tag, String from, String to, TagOutcome outcome, Optional<String> digest) {
        return new TagResult(
                tag, Optional.of(from), Optional.of(to), outcome, digest, Optional.empty(), Optional.empty());
    }
}
