/** What the cluster in the VM of OpenShift Local is told of the company's registries, and how that reaches its node. */
@NullMarked
package io.github.cdkmaven.crc.objects;

import org.jspecify.annotations.NullMarked;
