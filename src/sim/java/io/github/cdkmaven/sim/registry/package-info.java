/** Image registries for tests: one in-process that can misbehave on purpose, and Debian's real {@code docker-registry}. */
@NullMarked
package io.github.cdkmaven.sim.registry;

import org.jspecify.annotations.NullMarked;
