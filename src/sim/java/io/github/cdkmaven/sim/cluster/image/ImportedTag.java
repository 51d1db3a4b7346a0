package io.github.cdkmaven.sim.cluster.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import java.util.List;
import java.util.Optional;

/**
 * What came of looking up one image of an import.
 *
 * @param tag the tag that was asked for; empty where a digest was
 * @param image the image as the API shows it, where it was found
 * @param children the images of a list that is kept as a whole, in its order
 * @param failure why it was not found, otherwise
 */
public record ImportedTag(
        String tag, Optional<ObjectNode> image, List<ObjectNode> children, Optional<ApiException> failure) {

    public ImportedTag {
        children = List.copyOf(children);
    }

    /** An image that was found. */
    public static ImportedTag found(String tag, ObjectNode image) {
        return found(tag, image, List.of());
    }

    /** A list that was found, with its images. */
    public static ImportedTag found(String tag, ObjectNode image, List<ObjectNode> children) {
        return new ImportedTag(tag, Optional.of(image), children, Optional.empty());
    }

    /** An image that could not be had. */
    public static ImportedTag failed(String tag, ApiException failure) {
        return new ImportedTag(tag, Optional.empty(), List.of(), Optional.of(failure));
    }
}
