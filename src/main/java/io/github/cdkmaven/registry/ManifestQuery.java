package io.github.cdkmaven.registry;

import java.util.regex.Pattern;

/**
 * One image to ask for.
 *
 * @param repository the path after the host, any prefix included: {@code mirror/openshift3/ose}
 * @param reference a tag or a digest
 */
public record ManifestQuery(String repository, String reference) {

    private static final Pattern SAFE = Pattern.compile("[\\w.:/+-]+");

    /** Refuses characters that no image reference has: they would change the address. */
    public ManifestQuery {
        if (!SAFE.matcher(repository).matches() || !SAFE.matcher(reference).matches()) {
            throw new IllegalArgumentException("No image reference: " + repository + ':' + reference);
        }
    }

    /** Whether an image with this digest may be the answer: any, unless a digest was asked for. */
    boolean admits(String digest) {
        return !Sha256.isName(reference) || reference.equals(digest);
    }

    @Override
    public String toString() {
        return repository + (reference.contains(":") ? "@" : ":") + reference;
    }
}
