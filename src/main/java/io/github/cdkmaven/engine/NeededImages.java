package io.github.cdkmaven.engine;

import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * The images that a start needs.
 *
 * @param openshift the OpenShift that would run
 * @param images its images, one for each use; none where they are not known
 * @param unknown why they are not known
 */
public record NeededImages(String openshift, List<NeededImage> images, Optional<Problem> unknown) {

    public NeededImages {
        images = List.copyOf(images);
    }
}
