package io.github.cdkmaven.mirror;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which images the registry has to hold, each once, and from where they come.
 *
 * @param images sorted by their source; those without a login first
 * @param unmapped images that no rule moves, so that they are asked for outside; sorted
 */
public record MirrorPlan(List<MirrorImage> images, List<ImageReference> unmapped) {

    private static final Comparator<ImageReference> SOURCES = Comparator.comparing(
                    (ImageReference source) -> MirrorImage.needsLogin(source))
            .thenComparing(ImageReference::toString);

    public MirrorPlan {
        images = List.copyOf(images);
        unmapped = List.copyOf(unmapped);
    }

    /** Plans where needed images have to lie, by the same rules that OpenShift is started with and that ImageStreams are moved by. */
    public static MirrorPlan of(Collection<NeededImage> needed, RegistryName registry, Relocation relocation) {
        Map<String, List<NeededImage>> byTarget = new TreeMap<>();
        List<ImageReference> unmapped = new ArrayList<>();
        for (NeededImage image : needed) {
            Optional<ImageReference> target = target(image, registry, relocation);
            if (target.isPresent()) {
                byTarget.computeIfAbsent(tagged(target.get()).toString(), name -> new ArrayList<>())
                        .add(image);
            } else {
                unmapped.add(image.source());
            }
        }
        List<MirrorImage> images = new ArrayList<>();
        byTarget.forEach((target, wanted) -> images.add(image(ImageReference.parse(target), wanted)));
        images.sort(Comparator.comparing(MirrorImage::source, SOURCES)
                .thenComparing(image -> image.target().toString()));
        return new MirrorPlan(
                images, unmapped.stream().distinct().sorted(SOURCES).toList());
    }

    /** Where a registry has to hold an image; empty where no rule is for it, so that it is asked for outside. */
    public static Optional<ImageReference> target(NeededImage image, RegistryName registry, Relocation relocation) {
        if (image.use() instanceof Purpose.HardCoded) {
            // Docker finds it by its search over add-registry, which takes a host and knows no prefix.
            return Optional.of(ImageReference.parse(registry.host() + "/"
                    + image.source().path() + image.source().suffix()));
        }
        Optional<ImageReference> moved = relocation.move(image.source());
        if (moved.isPresent()) {
            return moved;
        }
        boolean platform = image.use() instanceof Purpose.Platform || image.use() instanceof Purpose.OcCopy;
        return platform
                ? Optional.of(ImageReference.parse(
                        registry + "/" + image.source().path() + image.source().suffix()))
                : Optional.empty();
    }

    private static MirrorImage image(ImageReference target, List<NeededImage> wanted) {
        List<ImageReference> sources = wanted.stream()
                .map(image -> tagged(ImageReference.parse(
                        Relocation.fullName(image.source()) + image.source().suffix())))
                .distinct()
                .sorted(SOURCES)
                .toList();
        return new MirrorImage(
                sources.get(0),
                target,
                wanted.stream().map(NeededImage::use).toList(),
                wanted.stream().allMatch(NeededImage::optional),
                sources.subList(1, sources.size()));
    }

    private static ImageReference tagged(ImageReference reference) {
        return reference.suffix().isEmpty() ? ImageReference.parse(reference + ":latest") : reference;
    }

    /** The same plan with only some of its images. */
    public MirrorPlan only(Predicate<MirrorImage> which) {
        return new MirrorPlan(images.stream().filter(which).toList(), List.of());
    }

    /** Whether there is nothing to mirror. */
    public boolean isEmpty() {
        return images.isEmpty();
    }
}
