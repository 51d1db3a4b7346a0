package io.github.cdkmaven.image;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what docker and the nodes write where an image's name may stand, but also its bare id. */
public final class References {

    /** An image's id: the digest of its configuration, with or without the algorithm, perhaps cut to 12 digits. */
    private static final Pattern ID = Pattern.compile("(?:sha256:)?(?:[0-9a-f]{12}|[0-9a-f]{64})");

    private References() {}

    /** The name; empty for an id, and for what is no name at all. */
    public static Optional<ImageReference> parse(String text) {
        return isId(text) ? Optional.empty() : ImageReference.find(text);
    }

    /** Whether it is an image's id. A repository of 12 hexadecimal letters would look the same; docker takes that for an id, too. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The registry that a name is on, Docker Hub where it names none; empty for what is no name. */
    public static Optional<String> host(String text) {
        return parse(text).map(References::host);
    }

    public static String host(ImageReference reference) {
        return Relocation.fullName(reference).split("/", 2)[0];
    }

    /** A registry's {@code host[:port]} as {@link #host(ImageReference)} spells it, so that the two can be compared. */
    public static String registry(String hostAndPort) {
        return Mapping.canonical(hostAndPort);
    }
}
