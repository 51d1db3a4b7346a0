package io.github.cdkmaven.mirror;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.openshift.ClusterImages;

/**
 * An image that an OpenShift needs.
 *
 * @param source its public name, byte for byte as OpenShift or minishift writes it
 * @param use what for; an image with several uses is listed once for each
 * @param optional whether OpenShift runs without it unless somebody turns on what needs it
 */
public record NeededImage(ImageReference source, Purpose use, boolean optional) {

    /** An image that a cluster names. */
    public static NeededImage of(ClusterImages.Named image) {
        Purpose use = image.tag().isPresent()
                ? new Purpose.Stream(image.owner(), image.tag().get())
                : new Purpose.Running(image.owner());
        return new NeededImage(image.reference(), use, false);
    }

    /** An image that is needed in any case. */
    public static NeededImage required(String source, Purpose use) {
        return new NeededImage(ImageReference.parse(source), use, false);
    }
}
