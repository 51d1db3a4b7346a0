/**
 * The API server of a simulated OpenShift, 3.x as a CDK has it or 4.x with its operators, that other tests and the launchers talk to
 * over HTTPS.
 */
@NullMarked
package io.github.cdkmaven.sim.cluster;

import org.jspecify.annotations.NullMarked;
