/** What the connections to registries and those to clusters have in common. */
@NullMarked
package io.github.cdkmaven.tls;

import org.jspecify.annotations.NullMarked;
