/** Running another program: deadline, its whole tree ended, output streamed, secrets masked, standard input closed. */
@NullMarked
package io.github.cdkmaven.process;

import org.jspecify.annotations.NullMarked;
