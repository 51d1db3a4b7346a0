package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.registry.ManifestAnswer;

/** What came of seeding one image. */
public sealed interface SeedResult {

    /**
     * The cache had it, whole.
     *
     * @param digest the digest of its manifest in the cache
     */
    record Present(String digest) implements SeedResult {}

    /**
     * It is in the cache now.
     *
     * @param digest the digest of its manifest in the cache; the registry's own differs where that is not in OCI form
     * @param bytes how much had to be fetched for it; a layer that two images share counts for the first
     */
    record Seeded(String digest, long bytes) implements SeedResult {}

    /**
     * It could not be fetched, and the cache does not have it.
     *
     * @param answer why: not there, not reachable, of another architecture, schema 1
     */
    record Failed(ManifestAnswer answer) implements SeedResult {}
}
