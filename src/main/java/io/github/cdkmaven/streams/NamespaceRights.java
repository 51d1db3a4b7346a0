package io.github.cdkmaven.streams;

import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.report.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the user may not do in namespaces that a glob chose. A namespace that is called by name has to be one whose streams the user may change;
 * of those that a glob happens to mean, the others are left alone and told.
 */
final class NamespaceRights {

    private NamespaceRights() {}

    /** The first missing permission of each namespace in which one is missing, of those that its work takes. */
    static Map<String, Permission> missing(OpenShiftApi api, List<Permission> needed) {
        Map<String, Permission> missing = new LinkedHashMap<>();
        Permission.missing(api, needed).forEach(permission -> missing.putIfAbsent(permission.namespace(), permission));
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
