/** The engine for a cluster that a kubeconfig reaches: nothing is started there, and nothing is written but ImageStreams and their secret. */
@NullMarked
package io.github.cdkmaven.cluster;

import org.jspecify.annotations.NullMarked;
