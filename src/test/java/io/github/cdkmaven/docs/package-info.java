/** What people read, held to what is there: pages, examples, messages, the descriptor. */
@NullMarked
package io.github.cdkmaven.docs;

import org.jspecify.annotations.NullMarked;
