/** Start, attach and stop: the order of the steps, who owns the VM, deadlines, and what is undone when a step fails. */
@NullMarked
package io.github.cdkmaven.lifecycle;

import org.jspecify.annotations.NullMarked;
