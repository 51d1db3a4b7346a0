/** Speaks to an image registry (API version 2): is it there, does it let us in, which images does it hold; and fetches them. */
@NullMarked
package io.github.cdkmaven.registry;

import org.jspecify.annotations.NullMarked;
