/** The minishift command line: versions and what differs between them, arguments, status, files, and the lies that its exit codes tell. */
@NullMarked
package io.github.cdkmaven.minishift;

import org.jspecify.annotations.NullMarked;
