package io.github.cdkmaven.registry;

/**
 * One image to ask for.
 *
 * @param repository the path after the host, any prefix included: {@code mirror/openshift3/ose}
 * @param reference a tag or a digest
 */
public record ManifestQuery(String repository, String reference) {

    @Override
    public String toString() {
        return repository + (reference.contains(":") ? "@" : ":") + reference;
    }
}
