/** Proves where the images of a running CDK came from, by what its docker, its pods and its ImageStreams say. */
@NullMarked
package io.github.cdkmaven.verify;

import org.jspecify.annotations.NullMarked;
