/** Reads and writes JSON. */
@NullMarked
package io.github.cdkmaven.json;

import org.jspecify.annotations.NullMarked;
