package io.github.cdkmaven.mirror;

import io.github.cdkmaven.image.ImageReference;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Under which tag each image of a plan is pushed. A tag of the registry is given away once: {@code oc image mirror} refuses a file that names
 * a destination twice, and with {@code skopeo copy} the last one would win. A name that also has a digest gives way, since its image is found by the digest.
 */
final class PushTags {

    private final Map<MirrorImage, String> tags = new LinkedHashMap<>();

    PushTags(MirrorPlan plan) {
        Set<String> given = new LinkedHashSet<>();
        plan.only(image -> image.target().digest().isEmpty()).images().forEach(image -> give(image, given));
        plan.only(image -> image.target().digest().isPresent()).images().forEach(image -> give(image, given));
    }

    private void give(MirrorImage image, Set<String> given) {
        ImageReference target = image.target();
        target.tag().filter(tag -> given.add(target.name() + ":" + tag)).ifPresent(tag -> tags.put(image, tag));
    }

    /** Its own tag; empty if it has none, or another image has it. */
    private Optional<String> own(MirrorImage image) {
        return Optional.ofNullable(tags.get(image));
    }

    /** The destination with a tag in any case: one made of the digest where there is no other, as a destination of oc takes no digest. */
    String tagged(MirrorImage image) {
        return image.target().name() + ":" + own(image).orElseGet(() -> ofDigest(image.target()));
    }

    private static String ofDigest(ImageReference target) {
        String digest = target.digest().orElseThrow().replace(':', '-');
        return target.tag().map(tag -> tag + "-" + digest).orElse(digest);
    }

    /** The destination with its own tag, so that the registry does not clean it up, else with its digest. */
    String taggedOrPinned(MirrorImage image) {
        ImageReference target = image.target();
        return target.name()
                + own(image)
                        .map(tag -> ":" + tag)
                        .orElseGet(() -> "@" + target.digest().orElseThrow());
    }
}
