/** What can go wrong, told so that a user can fix it: what, the evidence, the fix, the log. */
@NullMarked
package io.github.cdkmaven.problem;

import org.jspecify.annotations.NullMarked;
