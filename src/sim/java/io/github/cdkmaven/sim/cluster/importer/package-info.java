/** How OpenShift looks up an image in a registry: ping, challenge, manifest, configuration, pacing. */
@NullMarked
package io.github.cdkmaven.sim.cluster.importer;

import org.jspecify.annotations.NullMarked;
