/** Maven's face: parameters in, requests out, exceptions and properties back. The only package that knows Maven. */
@NullMarked
package io.github.cdkmaven.mojo;

import org.jspecify.annotations.NullMarked;
