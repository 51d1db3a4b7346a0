/** Who has started a VM, who uses it, and whose turn it is to change it: what the builds of one machine agree on in the engine's home. */
@NullMarked
package io.github.cdkmaven.ownership;

import org.jspecify.annotations.NullMarked;
