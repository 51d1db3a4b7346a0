package io.github.cdkmaven.report;

import java.util.List;

/** What became of one ImageStream, tag by tag in the stream's own order. */
public record StreamResult(String namespace, String name, List<TagResult> tags) {

    public StreamResult {
        tags = List.copyOf(tags);
    }

    /** Namespace and name as {@code openshift/jenkins}. */
    public String fullName() {
        return namespace + "/" + name;
    }

    /** How many tags came out like this. */
    public long count(TagOutcome outcome) {
        return tags.stream().filter(tag -> tag.outcome() == outcome).count();
    }
}
