package io.github.cdkmaven.sim.cluster;

import io.github.cdkmaven.sim.cluster.api.ApiException;
import java.util.Set;

/** Who may do what: administrators all, everybody reads the streams of {@code openshift}, developer owns one project. */
final class Authorization {

    private static final String DEVELOPER = "developer";
    private static final Set<String> READING = Set.of("get", "list", "watch");

    private final OpenShiftRules version;
    private final Set<String> admins;
    private final ClusterState state;

    Authorization(OpenShiftRules version, Set<String> admins, ClusterState state) {
        this.version = version;
        this.admins = admins;
        this.state = state;
    }

    boolean mayImpersonate(User user, String other) {
        return isAdmin(user) || DEVELOPER.equals(user.name()) && User.SYSTEM_ADMIN.equals(other);
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
        return switch (path.resource()) {
            case "users" -> "get".equals(verb) && "~".equals(path.name());
            case "selfsubjectaccessreviews" -> "create".equals(verb);
            case "projects" -> READING.contains(verb);
            default ->
                DEVELOPER.equals(user.name()) && "myproject".equals(path.namespace())
                        || "openshift".equals(path.namespace())
                                && path.resource().startsWith("imagestream")
                                && READING.contains(verb);
        };
    }

    /** Refuses what is not allowed, in OpenShift's words. */
    void check(User user, String verb, ResourcePath path) {
        if (!allows(user, verb, path)) {
            String cannot = cannot(user, verb, path);
            String scope = path.namespace().isEmpty() ? "" : " in the namespace \"" + path.namespace() + "\"";
            String cluster = path.namespace().isEmpty() ? " at the cluster scope" : "";
            throw ApiException.forbidden(
                    path.group(),
                    path.resource(),
                    path.name(),
                    cannot + scope + cluster + ": " + reason(user, verb, path));
        }
    }

    /** Why something is not allowed, as an access review says it. */
    String reason(User user, String verb, ResourcePath path) {
        String where =
                path.namespace().isEmpty() ? " at the cluster scope" : " in project \"" + path.namespace() + "\"";
        return version.refusal(cannot(user, verb, path) + where);
    }

    private static String cannot(User user, String verb, ResourcePath path) {
        return "User \"" + user.name() + "\" cannot " + verb + " " + path.qualified();
    }

    private boolean isAdmin(User user) {
        return admins.contains(user.name()) || user.groups().contains("system:masters");
    }
}
