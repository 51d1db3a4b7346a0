/**
 * What docker and OpenShift's importer have in common when they pull: the client of docker/distribution, which heeds the
 * challenge of {@code /v2/} alone, over plain sockets, with failures in the words of Go's libraries.
 */
@NullMarked
package io.github.cdkmaven.sim.pull;

import org.jspecify.annotations.NullMarked;
