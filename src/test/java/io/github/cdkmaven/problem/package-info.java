/** How what goes wrong is told. */
@NullMarked
package io.github.cdkmaven.problem;

import org.jspecify.annotations.NullMarked;
