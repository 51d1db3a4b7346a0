/** The simulated {@code minishift} executable: its command line, its state below MINISHIFT_HOME, its VM and its lies. */
@NullMarked
package io.github.cdkmaven.sim.minishift;

import org.jspecify.annotations.NullMarked;
