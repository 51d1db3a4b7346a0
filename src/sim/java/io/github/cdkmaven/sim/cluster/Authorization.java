package io.github.cdkmaven.sim.cluster;

import io.github.cdkmaven.sim.cluster.api.ApiException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may do what: administrators all, everybody reads the streams of {@code openshift}; on OpenShift 3 developer owns one
 * project, on OpenShift 4 editors change the streams and secrets of theirs.
 */
final class Authorization {

    private static final String DEVELOPER = "developer";
    private static final Set<String> READING = Set.of("get", "list", "watch");
    private static final Set<String> REVIEWS = Set.of("selfsubjectaccessreviews", "selfsubjectreviews");
    private static final Set<String> EDITED =
            Set.of("imagestreams", "imagestreamimports", "imagestreamtags", "imagestreamimages", "secrets");

    private final OpenShiftRules version;
    private final Set<String> admins;
    private final Map<String, Set<String>> editors;
    private final Map<String, Set<String>> viewers;
    private final ClusterState state;

    /**
     * @param editors by user, the namespaces whose streams and secrets that user may change
     * @param viewers by user, the namespaces whose streams that user may read
     */
    Authorization(
            OpenShiftRules version,
            Set<String> admins,
            Map<String, Set<String>> editors,
            Map<String, Set<String>> viewers,
            ClusterState state) {
        this.version = version;
        this.admins = admins;
        this.editors = editors;
        this.viewers = viewers;
        this.state = state;
    }

    /** Refuses to let somebody speak for others without the right to. */
    void checkImpersonation(User user, String other, List<String> groups) {
        if (isAdmin(user) || !version.isFour() && DEVELOPER.equals(user.name()) && User.SYSTEM_ADMIN.equals(other)) {
            return;
        }
        boolean byGroup = other.isEmpty() && !groups.isEmpty();
        String resource = byGroup ? "groups" : "users";
        String what = version.isFour() ? "resource \"" + resource + "\" in API group \"\"" : resource;
        throw ApiException.forbidden(
                "",
                resource,
                byGroup ? groups.get(0) : other,
                "User \"" + user.name() + "\" cannot impersonate " + what + " at the cluster scope");
    }

    boolean allows(User user, String verb, ResourcePath path) {
        if (state.faults().namespacesWithoutRights().contains(path.namespace())) {
            return false;
        }
        if (isAdmin(user)) {
            return true;
        }
        if (user.isAnonymous()) {
            return false;
        }
        if (REVIEWS.contains(path.resource())) {
            return "create".equals(verb);
        }
        return switch (path.resource()) {
            case "users" -> "get".equals(verb) && "~".equals(path.name());
            case "projectrequests" -> "create".equals(verb);
            case "projects" -> READING.contains(verb) && (!version.isFour() || "list".equals(verb) || sees(user, path));
            case "namespaces" -> version.isFour() && "get".equals(verb) && sees(user, path);
            case "pods" -> READING.contains(verb) && namespaces(user).contains(path.namespace()) || owns(user, path);
            default ->
                owns(user, path)
                        || isSharedStream(verb, path)
                        || views(user, path.namespace())
                                && EDITED.contains(path.resource())
                                && !"secrets".equals(path.resource())
                                && READING.contains(verb);
        };
    }

    private boolean sees(User user, ResourcePath path) {
        return namespaces(user).contains(path.name()) || views(user, path.name());
    }

    private boolean owns(User user, ResourcePath path) {
        return version.isFour()
                ? namespaces(user).contains(path.namespace()) && EDITED.contains(path.resource())
                : DEVELOPER.equals(user.name()) && "myproject".equals(path.namespace());
    }

    private boolean views(User user, String namespace) {
        return viewers.getOrDefault(user.name(), Set.of()).contains(namespace);
    }

    private Set<String> namespaces(User user) {
        return editors.getOrDefault(user.name(), Set.of());
    }

    private static boolean isSharedStream(String verb, ResourcePath path) {
        return "openshift".equals(path.namespace())
                && path.resource().startsWith("imagestream")
                && READING.contains(verb);
    }

    /** Refuses what is not allowed, in OpenShift's words. */
    void check(User user, String verb, ResourcePath path) {
        if (allows(user, verb, path)) {
            return;
        }
        String scope = path.namespace().isEmpty()
                ? " at the cluster scope"
                : " in the namespace \"" + path.namespace() + "\"";
        String why = version.isFour()
                ? "User \"" + user.name() + "\" cannot " + verb + " resource \"" + path.resource()
                        + "\" in API group \"" + path.group() + "\"" + scope
                : cannot(user, verb, path) + scope + ": " + reason(user, verb, path);
        throw ApiException.forbidden(path.group(), path.resource(), path.name(), why);
    }

    /** Why something is not allowed, as an access review of OpenShift 3 says it; later ones say nothing. */
    String reason(User user, String verb, ResourcePath path) {
        String where =
                path.namespace().isEmpty() ? " at the cluster scope" : " in project \"" + path.namespace() + "\"";
        return version.refusal(cannot(user, verb, path) + where);
    }

    /** Why something is allowed, as an access review says it. */
    String approval(User user, ResourcePath path) {
        if (!version.isFour()) {
            return version.approval();
        }
        if (user.groups().contains("system:cluster-admins")) {
            return version.approval() + " to Group \"system:cluster-admins\"";
        }
        if (isAdmin(user)) {
            // Whoever is of system:masters is let through before any role is looked at.
            return user.groups().contains("system:masters")
                    ? ""
                    : version.approval() + " to User \"" + user.name() + "\"";
        }
        if (owns(user, path)) {
            return "RBAC: allowed by RoleBinding \"editors/" + path.namespace()
                    + "\" of Role \"image-edit\" to User \"" + user.name() + "\"";
        }
        return "RBAC: allowed by ClusterRoleBinding \"basic-users\" of ClusterRole \"basic-user\" to Group"
                + " \"system:authenticated\"";
    }

    private static String cannot(User user, String verb, ResourcePath path) {
        return "User \"" + user.name() + "\" cannot " + verb + " " + path.qualified();
    }

    private boolean isAdmin(User user) {
        return admins.contains(user.name())
                || User.SYSTEM_ADMIN.equals(user.name())
                || user.groups().contains("system:masters")
                || user.groups().contains("system:cluster-admins");
    }
}
