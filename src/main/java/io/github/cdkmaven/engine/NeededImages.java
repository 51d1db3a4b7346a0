package io.github.cdkmaven.engine;

import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.registry.MediaTypes;
import java.util.List;
import java.util.Optional;

/**
 * The images that a start needs.
 *
 * @param openshift the OpenShift that would run
 * @param images its images, one for each use; none where they are not known
 * @param unknown why they are not known
 * @param processor the processor on which they run: {@code amd64}, or {@code arm64}
 */
public record NeededImages(String openshift, List<NeededImage> images, Optional<Problem> unknown, String processor) {

    public NeededImages {
        images = List.copyOf(images);
    }

    /** Images that run on amd64. */
    public NeededImages(String openshift, List<NeededImage> images, Optional<Problem> unknown) {
        this(openshift, images, unknown, MediaTypes.AMD64);
    }
}
