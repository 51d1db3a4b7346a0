package io.github.cdkmaven.preflight;

import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.mirror.Purpose;

/**
 * Which ImageStreams matter, as the goals that move them see it.
 *
 * @param none whether they stay where they are, so that none of their images matters
 * @param includes the streams and tags that are moved; none means all
 * @param excludes the streams and tags that are left alone
 * @param anyFails whether a tag that cannot be imported fails a goal at all
 * @param ignored streams and tags whose failure never does
 * @param platformMayLack whether a start may succeed without the platform's images in the registry
 */
public record StreamChoice(
        boolean none, Globs includes, Globs excludes, boolean anyFails, Globs ignored, boolean platformMayLack) {

    /**
     * The same choice for a start that is about to be made: the catalogue only guesses which streams the cluster will hold, and the import will
     * tell of each one, so none of their images holds the start up. A machine of the generic driver may hold the platform's images already.
     */
    StreamChoice beforeStart(boolean generic) {
        return new StreamChoice(none, includes, excludes, false, ignored, generic);
    }

    /** Whether an image is needed for this use. */
    public boolean wants(Purpose use) {
        return !(use instanceof Purpose.Stream stream)
                || !none
                        && (includes.isEmpty() || includes.matches(stream.stream(), stream.tag()))
                        && !excludes.matches(stream.stream(), stream.tag());
    }

    /** Whether a goal goes on without the image of this use. */
    boolean mayLack(Purpose use) {
        return use instanceof Purpose.Stream stream
                ? !anyFails || ignored.matches(stream.stream(), stream.tag())
                : platformMayLack;
    }
}
