package io.github.cdkmaven.streams;

import io.github.cdkmaven.streams.TagPlan.Action;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done with one ImageStream.
 *
 * @param repository what is to become of {@code spec.dockerImageRepository}, where it has to change; it stands for all tags of it
 */
record StreamPlan(String namespace, String name, List<TagPlan> tags, Optional<TagPlan> repository) {

    /** What stands in the place of a tag's name for the whole repository. */
    static final String ALL_TAGS = "*";

    StreamPlan {
        tags = List.copyOf(tags);
    }

    List<TagPlan> tags(Action action) {
        return tags.stream().filter(tag -> tag.action() == action).toList();
    }

    /** Whether the stream's object itself has to be written, beside the imports. */
    boolean needsRewrite() {
        return repository.isPresent() || !tags(Action.REWRITE).isEmpty();
    }

    /** Whether nothing at all has to be done. */
    boolean isInPlace() {
        return !needsRewrite() && tags(Action.IMPORT).isEmpty();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
