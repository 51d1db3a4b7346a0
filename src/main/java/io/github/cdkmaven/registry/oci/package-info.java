/** Puts images from the internal registry into minishift's image cache, under the public names that minishift asks for. */
@NullMarked
package io.github.cdkmaven.registry.oci;

import org.jspecify.annotations.NullMarked;
