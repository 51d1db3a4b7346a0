/** The API server of a simulated CDK, an OpenShift 3.x that other tests and the launchers talk to over HTTPS. */
@NullMarked
package io.github.cdkmaven.sim.cluster;

import org.jspecify.annotations.NullMarked;
