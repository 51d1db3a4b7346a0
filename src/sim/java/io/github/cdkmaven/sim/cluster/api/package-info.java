/** What every answer of the simulated API server is made of: JSON trees, users, and failures as Kubernetes tells them. */
@NullMarked
package io.github.cdkmaven.sim.cluster.api;

import org.jspecify.annotations.NullMarked;
