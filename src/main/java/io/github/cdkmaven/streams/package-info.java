/** The move of the ImageStreams: plan, imports in parallel, verdict, read-back. */
@NullMarked
package io.github.cdkmaven.streams;

import org.jspecify.annotations.NullMarked;
