/** What the registry's team has to mirror: from where, to where, and the files from which its tools do it. */
@NullMarked
package io.github.cdkmaven.mirror;

import org.jspecify.annotations.NullMarked;
