package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What is to be done with one tag of a stream.
 *
 * @param tag the tag's name
 * @param action what to do
 * @param from the reference as it stands, empty for an alias
 * @param to the reference as it shall stand; the same as {@code from} where only the import is missing
 * @param digest the image that the tag stands for now, where it is in place
 * @param importPolicy the policy that the import carries, so that the server keeps it
 * @param referencePolicy likewise
 * @param why for a skipped tag
 * @param asRead the tag as it stands in the spec, if it has no source of its own there; it gets none by a move
 */
record TagPlan(
        String tag,
        Action action,
        String from,
        String to,
        Optional<String> digest,
        JsonNode importPolicy,
        JsonNode referencePolicy,
        String why,
        Optional<JsonNode> asRead) {

    /** By the name: a record's own would walk through both policies each time. */
    @Override
    public int hashCode() {
        return tag.hashCode();
    }

    /** The registry, with its port, that the image shall come from. */
    String targetHost() {
        return to.split("/", 2)[0];
    }

    /** The plan for one tag of this repository, which the stream does not name. */
    TagPlan tagOfIt(String name) {
        return new TagPlan(
                name,
                Action.IMPORT,
                from + ":" + name,
                to + ":" + name,
                Optional.empty(),
                importPolicy,
                referencePolicy,
                "",
                Optional.empty());
    }

    /** The same tag, left alone where something would have been done. */
    TagPlan leftAlone(String reason) {
        return action == Action.IMPORT || action == Action.REWRITE
                ? new TagPlan(
                        tag, Action.SKIP, from, from, Optional.empty(), importPolicy, referencePolicy, reason, asRead)
                : this;
    }

    /** Whether it stands for a whole repository. */
    boolean isWhole() {
        return tag.equals(StreamPlan.ALL_TAGS);
    }

    /** Whether this is a tag of a repository, wherever both are. */
    boolean isOf(TagPlan repository) {
        return from.startsWith(repository.from() + ":") || from.startsWith(repository.from() + "@");
    }

    /** What can be done with a tag. */
    enum Action {
        /** Import the new reference; the server rewrites the tag if that succeeds. */
        IMPORT,
        /** Rewrite only: a tag with {@code reference: true} is never imported. */
        REWRITE,
        /** Nothing: it is in place. */
        KEEP,
        /** Nothing: it is not for us. */
        SKIP,
        /** Nothing: no mapping is for its registry. */
        OUTSIDE
    }
}
