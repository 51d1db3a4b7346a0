/** The engine {@code crc}: Red Hat OpenShift Local, an OpenShift 4 in one VM a user. */
@NullMarked
package io.github.cdkmaven.crc;

import org.jspecify.annotations.NullMarked;
