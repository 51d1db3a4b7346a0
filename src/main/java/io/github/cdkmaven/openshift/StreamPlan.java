package io.github.cdkmaven.openshift;

import io.github.cdkmaven.openshift.TagPlan.Action;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done with one ImageStream.
 *
 * @param newRepository what {@code spec.dockerImageRepository} shall be, where it has to change
 */
record StreamPlan(String namespace, String name, List<TagPlan> tags, Optional<String> newRepository) {

    StreamPlan {
        tags = List.copyOf(tags);
    }

    List<TagPlan> tags(Action action) {
        return tags.stream().filter(tag -> tag.action() == action).toList();
    }

    /** Whether the stream's object itself has to be written, beside the imports. */
    boolean needsRewrite() {
        return newRepository.isPresent() || !tags(Action.REWRITE).isEmpty();
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
