/** Image references, registries and what is done with them as pure values: parse, match, move. */
@NullMarked
package io.github.cdkmaven.image;

import org.jspecify.annotations.NullMarked;
