/** A company's site on one machine, for tests: an internal registry that holds what a CDK needs, and a simulated CDK beside it. */
@NullMarked
package io.github.cdkmaven.world;

import org.jspecify.annotations.NullMarked;
