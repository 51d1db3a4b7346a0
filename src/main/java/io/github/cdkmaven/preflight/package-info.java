/** Finds out before a VM boots what would go wrong: settings, tools, this machine, the registry, every image, proxies. */
@NullMarked
package io.github.cdkmaven.preflight;

import org.jspecify.annotations.NullMarked;
