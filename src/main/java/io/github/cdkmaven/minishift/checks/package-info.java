/** What is checked before minishift boots a VM: its programs, its home, this machine. */
@NullMarked
package io.github.cdkmaven.minishift.checks;

import org.jspecify.annotations.NullMarked;
