package io.github.cdkmaven.image;

import java.util.List;
import org.codehaus.plexus.util.SelectorUtils;

/**
 * Patterns with {@code *} and {@code ?} that choose streams or single tags.
 *
 * <p>A pattern with a colon is held against {@code stream:tag}, one without against the stream's name alone.
 *
 * @param patterns the patterns as configured; none means that nothing matches
 */
public record Globs(List<String> patterns) {

    public Globs {
        patterns = List.copyOf(patterns);
    }

    /** Whether no pattern was given. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether one of the patterns chooses this tag of this stream. */
    public boolean matches(String stream, String tag) {
        return patterns.stream()
                .anyMatch(pattern ->
                        SelectorUtils.match(pattern.strip(), pattern.contains(":") ? stream + ":" + tag : stream));
    }
}
