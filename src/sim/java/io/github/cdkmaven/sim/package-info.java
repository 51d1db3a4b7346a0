/** A CDK that needs no hypervisor: what tests, invoker projects and the demo start instead of the real one. */
@NullMarked
package io.github.cdkmaven.sim;

import org.jspecify.annotations.NullMarked;
