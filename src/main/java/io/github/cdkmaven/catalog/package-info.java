/** Which images an OpenShift needs, known before any of it runs: the platform's own, and what the ImageStreams name. */
@NullMarked
package io.github.cdkmaven.catalog;

import org.jspecify.annotations.NullMarked;
