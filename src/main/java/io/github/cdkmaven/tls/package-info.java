/** What the TLS of registries and that of clusters have in common. */
@NullMarked
package io.github.cdkmaven.tls;

import org.jspecify.annotations.NullMarked;
