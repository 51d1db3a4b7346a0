/** What OpenShift does with an ImageStream: defaults, generations, history, conditions, the registry whitelist. */
@NullMarked
package io.github.cdkmaven.sim.cluster.image;

import org.jspecify.annotations.NullMarked;
