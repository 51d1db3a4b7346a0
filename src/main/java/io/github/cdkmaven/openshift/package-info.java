/** OpenShift's API: login, the REST client, and the way of the ImageStreams from plan to verdict. */
@NullMarked
package io.github.cdkmaven.openshift;

import org.jspecify.annotations.NullMarked;
