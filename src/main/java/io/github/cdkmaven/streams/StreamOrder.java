package io.github.cdkmaven.streams;

import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.registry.RegistryAccess;

/**
 * What is to happen with the ImageStreams, for every goal that moves them.
 *
 * @param registry the company's registry
 * @param access how this machine speaks to it
 * @param policy how the ImageStreams move
 * @param failures which failed tags fail the goal
 */
public record StreamOrder(RegistryName registry, RegistryAccess access, MovePolicy policy, FailurePolicy failures) {

    /**
     * Which failed tags fail the goal.
     *
     * @param any whether any of them does; else they are only reported
     * @param ignored streams and tags that never do
     */
    public record FailurePolicy(boolean any, Globs ignored) {}
}
