/** The port to a local OpenShift: what a goal asks of the program that runs it, and nothing of how that program does it. */
@NullMarked
package io.github.cdkmaven.engine;

import org.jspecify.annotations.NullMarked;
