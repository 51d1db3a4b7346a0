/** Kubeconfigs as people have them: which cluster, by which way, as whom. Read without a process and without a call. */
@NullMarked
package io.github.cdkmaven.openshift.kubeconfig;

import org.jspecify.annotations.NullMarked;
