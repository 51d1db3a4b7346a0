package io.github.cdkmaven.streams;

import io.github.cdkmaven.streams.TagPlan.Action;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be done with one ImageStream.
 *
 * @param samples whether the samples operator of an OpenShift 4 makes it
 * @param repository what is to become of {@code spec.dockerImageRepository}, where there is something to do or to tell: it is imported as a whole
 *     where the stream has no tags, rewritten where it has some, or outside
 */
record StreamPlan(String namespace, String name, boolean samples, List<TagPlan> tags, Optional<TagPlan> repository) {

    /** What stands in the place of a tag's name for the whole repository. */
    static final String ALL_TAGS = "*";

    StreamPlan {
        tags = List.copyOf(tags);
    }

    List<TagPlan> tags(Action action) {
        return tags.stream().filter(tag -> tag.action() == action).toList();
    }

    /** The repository that has to move or to be imported. */
    Optional<TagPlan> movedRepository() {
        return repository.filter(whole -> whole.action() != Action.OUTSIDE);
    }

    /** What has to be imported: tags, and the repository of a stream without any. */
    List<TagPlan> imports() {
        return Stream.concat(tags.stream(), repository.stream())
                .filter(tag -> tag.action() == Action.IMPORT)
                .toList();
    }

    /** Whether nothing at all has to be done. */
    boolean isInPlace() {
        return movedRepository().isEmpty()
                && tags(Action.REWRITE).isEmpty()
                && tags(Action.IMPORT).isEmpty();
    }

    /** The same stream, left alone. */
    StreamPlan leftAlone(String why) {
        return new StreamPlan(
                namespace,
                name,
                samples,
                tags.stream().map(tag -> tag.leftAlone(why)).toList(),
                Optional.empty());
    }

    /** By the name: a record's own would walk through all tags each time. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
