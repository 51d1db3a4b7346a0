package io.github.cdkmaven.streams;

import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.registry.Parallel;
import io.github.cdkmaven.report.Check;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the user may not do in namespaces that a glob chose. A namespace that is called by name has to be one whose streams the user may change;
 * of those that a glob happens to mean, the others are left alone and told.
 */
final class NamespaceRights {

    /** Each is one more connection to the cluster. */
    private static final int AT_ONCE = 8;

    private final Function<String, List<Permission>> needed;

    /** @param needed what moving the streams of one namespace takes; of all namespaces, where it is empty */
    NamespaceRights(Function<String, List<Permission>> needed) {
        this.needed = needed;
    }

    /**
     * The first missing permission of each namespace in which one is missing; side by side, and with one question for all of them where the user may
     * do everything everywhere.
     */
    Map<String, Permission> missing(OpenShiftApi api, Collection<String> namespaces) {
        if (namespaces.isEmpty()
                || namespaces.size() > 1
                        && Permission.firstMissing(api, needed.apply("")).isEmpty()) {
            return Map.of();
        }
        Map<String, Permission> missing = new LinkedHashMap<>();
        Map<String, Optional<Permission>> asked =
                Parallel.map(namespaces, AT_ONCE, namespace -> Permission.firstMissing(api, needed.apply(namespace)));
        asked.forEach((namespace, permission) -> permission.ifPresent(found -> missing.put(namespace, found)));
        return missing;
    }

    /** What is told of a namespace that is left alone. */
    static Check check(String namespace, Permission missing) {
        return Check.warn(
                "imagestreams.permission",
                "namespace " + namespace,
                "its ImageStreams are left alone, since this user may not change them; missing: " + missing,
                "let an administrator grant it: 'oc adm policy add-role-to-user edit <user> -n " + namespace
                        + "'; or choose other <namespaces> (-Dcdk.namespaces)");
    }
}
