package io.github.cdkmaven.mirror;

import io.github.cdkmaven.image.ImageReference;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One image to mirror.
 *
 * @param source its public name in full, with a tag or a digest
 * @param target where the company's registry has to hold it, with the same tag or digest
 * @param uses what it is needed for
 * @param optional whether OpenShift runs without it
 * @param alsoFrom further public names that lead to the same target
 */
public record MirrorImage(
        ImageReference source,
        ImageReference target,
        List<Purpose> uses,
        boolean optional,
        List<ImageReference> alsoFrom) {

    /** The registries that let nobody in without a login; the same images of Red Hat's older one are open to everybody. */
    private static final Set<String> WITH_LOGIN = Set.of("registry.redhat.io", "registry.connect.redhat.com");

    public MirrorImage {
        uses = List.copyOf(uses);
        alsoFrom = List.copyOf(alsoFrom);
    }

    /** Whether the source's registry wants a login. */
    public boolean needsLogin() {
        return needsLogin(source);
    }

    static boolean needsLogin(ImageReference source) {
        return source.registry().filter(WITH_LOGIN::contains).isPresent();
    }

    /** What it is needed for, in words. */
    public String purpose() {
        return uses.stream().map(Purpose::words).distinct().collect(Collectors.joining(", "))
                + (optional ? " (optional)" : "");
    }

    /** What a mirroring tool is to fetch; it takes a tag or a digest, never both, and only the digest says exactly what. */
    String fetched() {
        return source.digest().map(digest -> source.name() + "@" + digest).orElse(source.toString());
    }
}
