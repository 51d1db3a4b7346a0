/** The simulated {@code oc} executable: the few commands that tests and minishift itself use, over real HTTPS. */
@NullMarked
package io.github.cdkmaven.sim.oc;

import org.jspecify.annotations.NullMarked;
